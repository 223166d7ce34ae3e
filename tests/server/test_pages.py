"""What the public sees: each release exactly once, nothing that is not published, nothing that runs."""

import secrets
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

import defusedxml.ElementTree  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.server import database, tables
from tests.server.running import FIELDS, Device, Postgres, RunningPortal

ATOM = "{http://www.w3.org/2005/Atom}"
VOID = {"meta", "link", "img", "input", "br", "hr"}


class Page(HTMLParser):
    """Reads a page and fails when its elements are not properly nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.headings: list[int] = []
        assert html.startswith("<!doctype html>")
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def page(portal: RunningPortal, path: str = "/", status: int = 200) -> Page:
    answer = portal.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def entries(portal: RunningPortal) -> list[dict[str, str]]:
    answer = portal.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = defusedxml.ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    return [
        {part.tag.removeprefix(ATOM): part.text or "" for part in item} for item in feed.iter(f"{ATOM}entry")
    ]


def link_to(portal: RunningPortal, title: str) -> str:
    found = Page(portal.get("/").text)
    links = [a["href"] or "" for a in found.all("a") if (a["href"] or "").startswith("/thong-cao/")]
    for link in links:
        if title in portal.get(link).text.partition("</title>")[0]:
            return link
    raise AssertionError(title)


def test_a_published_release_stands_on_page_and_feed_exactly_once(
    portal: RunningPortal, device: Device
) -> None:
    title = f"Về thông tin báo chí nêu {secrets.token_hex(4)}"
    signed = device.publish(title, number=7)
    device.push(signed)
    front = page(portal)
    assert front.text.count(title) == 1
    assert device.place.agency in front.text
    assert "07/TCBC-STTTT" in front.text
    assert "12/3/2018" in front.text
    assert [entry["title"] for entry in entries(portal)].count(title) == 1
    [status] = device.client.releases(device.token, device.journal, [signed.op.rec]).releases
    assert (status.state, status.missing) == ("public", [])
    assert urlsplit(status.url).path == link_to(portal, title)


def test_a_release_page_reads_as_an_article(portal: RunningPortal, device: Device) -> None:
    title = f"Về việc đọc được {secrets.token_hex(4)}"
    device.publish(title, text=["Đoạn một.", "Đoạn hai, dài hơn."])
    found = page(portal, link_to(portal, title))
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert found.all("html") == [{"lang": "vi"}]
    assert "Đoạn một. Đoạn hai, dài hơn." in found.text
    assert {"main", "article", "header", "footer", "nav"} <= {tag for tag, _ in found.tags}
    assert found.all("script") == []
    assert all(
        "style" not in attrs and not any(name.startswith("on") for name in attrs) for _, attrs in found.tags
    )


def test_the_files_come_as_they_were_sent(portal: RunningPortal, device: Device) -> None:
    title = f"Về việc tải tệp {secrets.token_hex(4)}"
    device.publish(title)
    link = link_to(portal, title)
    pdf, docx = portal.get(f"{link}/van-ban.pdf"), portal.get(f"{link}/van-ban.docx")
    assert pdf.content == f"%PDF {title}".encode()
    assert docx.content == f"PK {title}".encode()
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"].startswith(
        "attachment; filename*=utf-8''th%C3%B4ng%20c%C3%A1o.pdf"
    )
    assert "sandbox" in pdf.headers["content-security-policy"]
    assert portal.get(f"{link}/van-ban.exe").status_code == 404


def test_a_release_without_its_files_is_nowhere(portal: RunningPortal, device: Device) -> None:
    title = f"Về việc thiếu tệp {secrets.token_hex(4)}"
    device.push(device.release(title))
    device.upload(f"%PDF {title}".encode())
    assert title not in page(portal).text
    assert title not in str(entries(portal))
    device.upload(f"PK {title}".encode())
    assert page(portal).text.count(title) == 1


def test_files_may_come_before_the_release(portal: RunningPortal, device: Device) -> None:
    title = f"Về việc tệp đến trước {secrets.token_hex(4)}"
    device.upload(f"%PDF {title}".encode())
    device.upload(f"PK {title}".encode())
    device.push(device.release(title))
    assert page(portal).text.count(title) == 1


def test_a_withdrawn_release_is_nowhere(portal: RunningPortal, device: Device) -> None:
    title = f"Về việc thu hồi {secrets.token_hex(4)}"
    signed = device.publish(title)
    link = link_to(portal, title)
    [told] = device.push(wire.sign(device.seed, device.op("withdraw", signed.op.rec)))
    assert told.outcome == "applied"
    assert title not in page(portal).text
    assert title not in str(entries(portal))
    gone = page(portal, link, 410).text
    assert title not in gone
    assert f"{device.place.agency} đã thu hồi thông cáo số 05/TCBC-STTTT ngày 12/3/2018" in gone
    assert portal.get(f"{link}/van-ban.pdf").status_code == 404
    [status] = device.client.releases(device.token, device.journal, [signed.op.rec]).releases
    assert (status.state, status.url) == ("withdrawn", "")


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raw %}",
        "]]><!--</title></feed>",
        "&lt;script&gt; &amp; '",
    ],
)
def test_a_title_or_text_cannot_become_markup(portal: RunningPortal, device: Device, evil: str) -> None:
    mark = f"7{secrets.token_hex(4)}"
    device.publish(f"{mark} {evil}", text=[f"{mark} {evil}"], symbol=evil[:30], agency=evil)
    front = page(portal, f"/?tim={mark}")
    assert f"{mark} {evil}" in front.text
    link = next(a["href"] for a in front.all("a") if (a["href"] or "").startswith("/thong-cao/"))
    for found in (front, page(portal, str(link))):
        assert found.all("script") == []
        assert not any(name.startswith("on") for _, attrs in found.tags for name in attrs)
    [entry] = [entry for entry in entries(portal) if entry["title"].startswith(mark)]
    assert entry["title"] == f"{mark} {evil}"
    inside = Page(f"<!doctype html>{entry['content']}")
    assert [tag for tag, _ in inside.tags] == ["p"]
    assert inside.text == " ".join(f"{mark} {evil}".split())


def test_a_search_text_cannot_become_markup(embedded_portal: RunningPortal) -> None:
    found = page(embedded_portal, "/?tim=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert found.all("script") == []
    assert found.all("input")[0]["value"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "words", ["thuy loi", "Thủy Lợi", "THUY LOI 2018", "so 09", "dak lak", "%", "_", "'"]
)
def test_search_needs_no_accents_and_takes_no_patterns(portal: RunningPortal, words: str) -> None:
    device = portal.device(f"Sở Tìm Kiếm {secrets.token_hex(4)}")
    title = f"Về công trình thủy lợi năm 2018 tại Đắk Lắk {secrets.token_hex(4)}"
    device.publish(title, text=["Số 09 trong thân văn bản."])
    found = page(portal, f"/?tim={words.replace('%', '%25')}")
    assert (title in found.text) or words in {"%", "_", "'"}
    nothing = page(portal, "/?tim=khongcogi123")
    assert "Không có thông cáo nào khớp" in nothing.text
    assert "<article>" not in portal.get("/?tim=khongcogi123").text


def test_the_list_goes_on_over_pages(own_portal: RunningPortal) -> None:
    own_portal.start()
    device = own_portal.device()
    titles = [f"Về việc số {n:02d}" for n in range(30)]
    for title in titles:
        device.publish(title)
    seen: list[str] = []
    path = "/"
    while path:
        found = page(own_portal, path)
        seen += [title for title in titles if title in found.text]
        links = [a["href"] or "" for a in found.all("a") if a.get("rel") == "next"]
        path = links[0] if links else ""
    assert sorted(seen) == titles
    middle = [a["href"] for a in page(own_portal, "/?trang=2").all("a")]
    assert (middle.count("/"), middle.count("/?trang=3")) == (4, 2), "one page on, and to both ends"
    assert page(own_portal, "/?trang=999").text == page(own_portal, "/?trang=3").text
    for odd in ("0", "-1", "x", "9" * 40, ""):
        assert page(own_portal, f"/?trang={odd}").headings[0] == 1


def test_an_empty_portal_says_what_will_be_here(own_portal: RunningPortal) -> None:
    own_portal.start()
    assert "Chưa có thông cáo nào" in page(own_portal).text
    assert entries(own_portal) == []


@pytest.mark.parametrize(
    "path", ["/khong-co", "/thong-cao/x", f"/thong-cao/{UUID(int=5)}", "/static/..%2fviews.py"]
)
def test_what_is_not_there_is_said_in_vietnamese(embedded_portal: RunningPortal, path: str) -> None:
    assert "Không tìm thấy trang" in page(embedded_portal, path, 404).text


def test_the_feed_is_atom(portal: RunningPortal, device: Device) -> None:
    title = f"Về nguồn tin {secrets.token_hex(4)}"
    device.publish(title)
    feed = defusedxml.ElementTree.fromstring(portal.get("/feed.atom").content)
    again = defusedxml.ElementTree.fromstring(portal.get("/feed.atom").content)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for needed in ("id", "title", "updated"):
            [part] = element.findall(f"{ATOM}{needed}")
            assert part.text
    ids = [part.text for part in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert ids == [part.text for part in again.iter(f"{ATOM}id")]
    links = [part.attrib["href"] for part in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(portal.url) for link in links)
    [own] = [part for part in feed.findall(f"{ATOM}link") if part.attrib["rel"] == "self"]
    assert own.attrib["href"] == f"{portal.url}/feed.atom"
    [entry] = [e for e in feed.iter(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == title]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == device.place.agency
    for link in entry.findall(f"{ATOM}link"):
        assert portal.get(link.attrib["href"].removeprefix(portal.url)).status_code == 200


def test_the_public_address_is_the_one_that_was_configured(own_portal: RunningPortal) -> None:
    own_portal.options = ("--url", "https://baochi.longan.gov.vn/", "--title", "Cổng báo chí <Long An>")
    own_portal.data.mkdir(parents=True)
    own_portal.port = 0
    own_portal.start()
    own_portal.url = f"http://127.0.0.1:{own_portal.port}"
    device = own_portal.device()
    signed = device.publish("về việc địa chỉ")
    [status] = device.client.releases(device.token, device.journal, [signed.op.rec]).releases
    assert status.url.startswith("https://baochi.longan.gov.vn/thong-cao/")
    assert "https://baochi.longan.gov.vn/feed.atom" in own_portal.get("/feed.atom").text
    assert "Cổng báo chí <Long An>" in page(own_portal).text


def test_a_public_id_gives_no_time_away(portal: RunningPortal, device: Device) -> None:
    title = f"Về việc mã ngẫu nhiên {secrets.token_hex(4)}"
    device.publish(title)
    assert UUID(link_to(portal, title).rsplit("/", 1)[1]).version == 4


def test_every_answer_carries_the_security_headers(embedded_portal: RunningPortal) -> None:
    for path in ("/", "/feed.atom", "/khong-co", "/static/style.css", "/hello"):
        headers = embedded_portal.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


def test_what_a_page_needs_comes_from_the_portal_itself(embedded_portal: RunningPortal) -> None:
    found = page(embedded_portal)
    wanted = [a["href"] or "" for a in found.all("link")] + [a["src"] or "" for a in found.all("img")]
    style = embedded_portal.get("/static/style.css").text
    wanted += [part.split('"')[0] for part in style.split('url("')[1:]]
    assert len(wanted) >= 5
    for address in wanted:
        assert address.startswith("/")
        assert embedded_portal.get(address).status_code == 200
    assert "http:" not in style
    assert "https:" not in style


def test_a_fault_inside_is_told_in_vietnamese_and_says_nothing_of_it(own_portal: RunningPortal) -> None:
    own_portal.start()
    with database.writing(own_portal.engine) as connection:
        connection.execute(sa.delete(tables.portal))
    answer = own_portal.get("/feed.atom")
    assert answer.status_code == 500
    assert "Cổng đang gặp sự cố" in Page(answer.text).text
    assert "NoResultFound" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert own_portal.get("/").status_code == 200


def test_a_database_that_does_not_answer_is_a_matter_of_time(
    own_portal: RunningPortal, postgres: Postgres
) -> None:
    own_portal.database = postgres.new_database()
    own_portal.start()
    device = own_portal.device()
    postgres.close_database(own_portal.database)
    assert "thử lại sau ít phút" in page(own_portal, "/", 503).text
    with pytest.raises(WaitError, match="portal_busy"):
        device.client.hello(device.token)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_are_readable_by_wcag_aa(embedded_portal: RunningPortal) -> None:
    """Contrast of at least 4.5:1 for every text on its ground, in both palettes (WCAG 2.2, 1.4.3)."""
    style = embedded_portal.get("/static/style.css").text
    palettes = [block.split("}")[0] for block in style.split(":root {")[1:]]
    assert len(palettes) == 2
    pairs = [
        ("text", "ground"), ("text", "card"), ("text", "tint"), ("muted", "ground"), ("muted", "card"),
        ("accent", "ground"), ("accent", "card"), ("accent", "tint"), ("accent-deep", "card"), ("bar-text", "bar"),
        ("on-accent", "accent"), ("on-accent", "accent-deep"),
    ]  # fmt: skip
    for block in palettes:
        tokens = dict(
            (part.split(":")[0].strip().removeprefix("--"), part.split(":")[1].strip())
            for part in block.split(";")
            if part.strip().startswith("--")
        )
        for front, back in pairs:
            light, dark = sorted((luminance(tokens[front]), luminance(tokens[back])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (front, back, block)


def test_the_text_of_a_release_is_shown_as_it_was_signed(device: Device, portal: RunningPortal) -> None:
    title = f"Về việc giữ nguyên {secrets.token_hex(4)}"
    text = ["Giảm 7,2 % còn 1.200.500 người.", "“Trích dẫn” – ông V.H.T., 5 < 6 & 7 > 3."]
    device.publish(title, text=text)
    assert " ".join(text) in page(portal, link_to(portal, title)).text
    assert FIELDS["text"] != text
