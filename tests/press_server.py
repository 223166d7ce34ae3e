"""A web server of a press that is not always well: feeds and pages, whole, broken, endless, gone.

Run as a process of its own (``Press``); it prints its port and ends with its parent's pipe.
"""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

ITEM = "<item><title>{title}</title><link>{link}</link><description>{text}</description>{more}</item>"
LONG = (
    "Sáng nay, đại diện Sở Thông tin và Truyền thông cho biết dự án chuyển đổi số của tỉnh đã hoàn thành giai đoạn "
    "một, phục vụ hơn hai trăm nghìn lượt người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ đợi so với năm "
    "trước; giai đoạn hai sẽ bắt đầu vào quý một năm sau với kinh phí từ ngân sách tỉnh và nguồn xã hội hóa."
)


def feed(*items: str) -> str:
    """Give an RSS feed of some items."""
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Thử</title>'
    return f"{head}{''.join(items)}</channel></rss>"


def item(title: str, link: str, text: str = LONG, more: str = "") -> str:
    """Give one item."""
    return ITEM.format(title=title, link=link, text=text, more=more)


PAGE = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Dự án số hoàn thành</title>
<meta name="author" content="Trần Ký"></head><body><nav>Trang chủ Thời sự</nav><article><h1>Dự án số hoàn thành</h1>
<p>{LONG}</p><p>Người dân phản ánh còn một số điểm nghẽn ở khâu trả kết quả, cần được khắc phục sớm trong năm nay.</p>
</article><footer>Bản quyền</footer></body></html>"""

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(1, 12))
    + '<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>b</title>'
    + item("Tin &a11; &f;", "/bomb-1")
    + item("Tin sau", "/bomb-2")
    + "</channel></rss>"
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].strip("/").replace("-", "_").replace(".", "_") or "home"
        getattr(self, f"give_{name}", self.give_missing)()

    def _answer(self, body: bytes, kind: str = "application/xml", status: int = 200, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for header, value in more.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def give_rss(self) -> None:
        """A whole feed that knows conditional requests; a second item after the state file says so."""
        state = Path(os.environ["PRESS_STATE"])
        more = state.exists()
        tag = '"v2"' if more else '"v1"'
        if self.headers.get("If-None-Match") == tag:
            self._answer(b"", status=304, ETag=tag)
            return
        when = "<pubDate>Fri, 27 Nov 2026 10:00:00 +0700</pubDate>"
        items = [item("Sở Thông tin và Truyền thông công bố dự án số", "/bai-1?utm_source=rss", more=when)]
        items += [item("Giá rau tăng nhẹ", "/bai-2", "Giá rau ở chợ đầu mối tăng nhẹ.", when)]
        items += [item("Tin mới: người dân nói gì", "/bai-3", "Tin ngắn.", when)] if more else []
        self._answer(feed(*items).encode(), ETag=tag, Last_Modified="Fri, 27 Nov 2026 03:00:00 GMT")

    def give_other(self) -> None:
        """Another outlet that repeats the text."""
        copied = item("Hoàn thành chuyển đổi số giai đoạn một", "/khac-1", LONG + " (Theo Báo Thử)")
        self._answer(feed(copied).encode())

    def give_broken_xml(self) -> None:
        body = feed(
            item("Tin thứ nhất", "/h1"), "<item><title>Hở <b>ngoặc</title", item("Tin thứ hai", "/h2")
        )
        self._answer(body.encode()[:-20])

    def give_wrong_charset(self) -> None:
        self._answer(feed(item("Tiếng Việt đủ dấu", "/w1")).encode(), "application/xml; charset=iso-8859-1")

    def give_tcvn3(self) -> None:
        body = feed(item("Së Th«ng tin vµ TruyÒn th«ng häp b¸o", "/t1", "Cuéc häp b¸o th­êng kú cña tØnh"))
        self._answer(body.replace("utf-8", "windows-1252").encode("cp1252", "replace"))

    def give_atom(self) -> None:
        self._answer(
            b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title type="html">T&amp;amp;t</title>'
            b'<link rel="self" href="/no"/><link href="/a1"/><updated>2026-11-27T02:00:00Z</updated>'
            b"<author><name>Ng\xc6\xb0\xe1\xbb\x9di vi\xe1\xba\xbft</name></author><summary>s</summary></entry></feed>"
        )

    def give_rdf(self) -> None:
        self._answer(
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>R</title></channel><item><title>r1</title>'
            b"<link>/r1</link><dc:date>2026-11-27T09:30:00+07:00</dc:date></item></rdf:RDF>"
        )

    def give_bomb(self) -> None:
        self._answer(BOMB.encode())

    def give_zip_bomb(self) -> None:
        head = feed(item("Trước khi phình", "/z1")).removesuffix("</channel></rss>").encode()
        self._answer(gzip.compress(head + b" " * 60_000_000), Content_Encoding="gzip")

    def give_huge_item(self) -> None:
        """A first item, then one of 50 MB."""
        head = feed(item("Tin trước tin khổng lồ", "/g1")).removesuffix("</channel></rss>").encode()
        self._endless(head + b"<item><title>G</title><description>", b"x" * 65_536, 800)

    def give_endless(self) -> None:
        self._endless(PAGE.encode().partition(b"</article>")[0], b"<p>more</p>" * 6_000, 10**9)

    def give_dripping(self) -> None:
        """A letter now and then, without an end."""
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.end_headers()
        for letter in feed(item("Nhỏ giọt", "/n1")).encode():
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            threading.Event().wait(0.05)

    def _endless(self, head: bytes, piece: bytes, times: int) -> None:
        self.send_response(200)
        self.send_header(
            "Content-Type", "text/html; charset=utf-8" if b"<html" in head else "application/xml"
        )
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(head)
            for _n in range(times):
                self.wfile.write(piece)
        except OSError:
            return

    def give_busy(self) -> None:
        self._answer(b"", status=429, Retry_After="7200")

    def give_gone(self) -> None:
        self._answer(b"<html>410</html>", "text/html", 410)

    def give_missing(self) -> None:
        self._answer(b"<html>404</html>", "text/html", 404)

    def give_to_loopback(self) -> None:
        self._answer(b"", status=302, Location="http://127.0.0.1:1/secret")

    def give_to_metadata(self) -> None:
        self._answer(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def give_to_file(self) -> None:
        self._answer(b"", status=302, Location="file:///etc/passwd")

    def give_round(self) -> None:
        self._answer(b"", status=302, Location="/round")

    def give_moved(self) -> None:
        self._answer(b"", status=301, Location="/bai-1")

    def give_removed(self) -> None:
        """An article that was taken down: the outlet leads to its front page."""
        self._answer(b"", status=302, Location="/")

    def give_home(self) -> None:
        self._answer(b"<html><title>H</title></html>", "text/html")

    def give_bai_1(self) -> None:
        self._answer(gzip.compress(PAGE.encode()), "text/html; charset=utf-8", Content_Encoding="gzip")

    def give_page_with_feed(self) -> None:
        body = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
        self._answer(body, "text/html")

    def give_marked(self) -> None:
        """One entry bears a mark of secrecy."""
        self._answer(
            feed(item("Công văn TỐI MẬT bị lộ", "/m1", "TỐI MẬT"), item("Tin thường", "/m2")).encode()
        )


class Press:
    """The server as a process, ended with the block."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "more"
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        environment = {
            **os.environ,
            "PRESS_STATE": str(self.state),
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.communicate(timeout=20)

    def url(self, path: str) -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.port}/{path}"


def main() -> None:
    """Serve until the pipe from the parent is closed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
