"""What is fetched from the web: within limits, from public addresses only, kept as it was served."""

import gzip
import hashlib
import io
from collections.abc import Iterator

import pytest
from warcio.archiveiterator import ArchiveIterator

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.monitoring_web import Feed
from spokesdesk.outside.fetching import Fetcher
from spokesdesk.outside.publicaddress import is_public
from spokesdesk.outside.web import Web
from tests.press_server import LONG, PAGE, Press


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    with Press(tmp_path_factory.mktemp("press")) as running:
        yield running


@pytest.fixture
def web(press: Press) -> Web:
    return Web(Fetcher(loopback_ports={press.port}, pace_s=0, patience_s=8))


def read(web: Web, press: Press, path: str) -> Feed:
    return web.feed(web.get(press.url(path)))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1"),
        *("::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1"),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "2001:db8::1",
            "fe80::1%eth0",
        ),
        *("", "example.com", "1.2.3"),
    ],
)
def test_an_address_of_an_inner_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "113.160.1.1", "2405:4800::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_public_network_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:{port}/rss", "http://localhost:{port}/rss", "http://[::1]:{port}/rss"),
        *("http://0.0.0.0:{port}/rss",),
    ],
)
def test_this_machine_is_never_asked_unless_the_program_itself_allows_it(press: Press, url: str) -> None:
    with pytest.raises(UserError) as caught:
        Fetcher(pace_s=0).get(url.format(port=press.port))
    assert caught.value.code == "web_private"


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a/b", "gopher://a", "http://", "https://user:pass@a.vn/", "khong phai", ""],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(UserError) as caught:
        Fetcher(pace_s=0).get(url)
    assert caught.value.code == "url_form"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("to-loopback", "web_private"),
        ("to-metadata", "web_private"),
        ("to-file", "url_form"),
        ("round", "web_redirects"),
    ],
)
def test_a_redirect_is_checked_like_the_address_itself(web: Web, press: Press, path: str, code: str) -> None:
    with pytest.raises((UserError, OutsideError)) as caught:
        web.get(press.url(path))
    assert caught.value.code == code


def test_a_port_nobody_listens_at_is_said_to_be_unreachable() -> None:
    with pytest.raises(OutsideError) as caught:
        Fetcher(loopback_ports={1}, pace_s=0).get("http://127.0.0.1:1/")
    assert caught.value.code == "web_unreachable"


def test_a_feed_gives_its_entries_as_plain_text(web: Web, press: Press) -> None:
    found = read(web, press, "rss")
    first = found.entries[0]
    assert (found.title, found.is_whole, len(found.entries)) == ("Báo Thử", True, 2)
    assert first.url == press.url("bai-1?utm_source=rss")
    assert first.text == LONG
    assert first.published_at is not None
    assert first.published_at.isoformat() == "2026-11-27T03:00:00+00:00"


def test_the_server_need_not_answer_again_what_we_hold(web: Web, press: Press) -> None:
    etag = web.get(press.url("rss")).headers["etag"]
    again = web.get(press.url("rss"), etag=etag)
    assert (again.status, again.body) == (304, b"")


def test_atom_and_rdf_are_read_too(web: Web, press: Press) -> None:
    atom, rdf = read(web, press, "atom").entries[0], read(web, press, "rdf").entries[0]
    assert (atom.title, atom.url, atom.byline) == ("T&t", press.url("a1"), "Người viết")
    assert (rdf.title, rdf.url) == ("r1", press.url("r1"))
    assert rdf.published_at is not None
    assert rdf.published_at.hour == 2


def test_of_broken_xml_what_can_be_read_is_taken_and_the_rest_is_said(web: Web, press: Press) -> None:
    found = read(web, press, "broken.xml")
    assert "Tin thứ nhất" in [entry.title for entry in found.entries]
    assert not found.is_whole


def test_a_wrong_charset_does_not_break_the_letters(web: Web, press: Press) -> None:
    assert read(web, press, "wrong-charset").entries[0].title == "Tiếng Việt đủ dấu"


def test_an_old_encoding_becomes_unicode(web: Web, press: Press) -> None:
    assert read(web, press, "tcvn3").entries[0].title == "Sở Thông tin và Truyền thông họp báo"


def test_an_entity_bomb_neither_grows_nor_reads_files(web: Web, press: Press) -> None:
    found = read(web, press, "bomb")
    assert [entry.url for entry in found.entries] == [press.url("bomb-1"), press.url("bomb-2")]
    assert all(len(entry.title) < 40 and "root:" not in entry.title for entry in found.entries)


@pytest.mark.parametrize(
    ("path", "title"), [("huge-item", "Tin trước tin khổng lồ"), ("zip-bomb", "Trước khi phình")]
)
def test_what_is_too_long_is_cut_and_what_came_before_is_taken(
    web: Web, press: Press, path: str, title: str
) -> None:
    fetched = web.get(press.url(path))
    found = web.feed(fetched)
    assert fetched.cut == "length"
    assert len(fetched.body) <= 10 * 1024 * 1024
    assert [entry.title for entry in found.entries][:1] == [title]
    assert not found.is_whole


def test_what_never_ends_is_left_when_the_time_is_over(press: Press) -> None:
    fetched = Web(Fetcher(loopback_ports={press.port}, pace_s=0, patience_s=1)).get(press.url("dripping"))
    assert fetched.cut == "time"
    assert fetched.body.startswith(b"<?xml")


def test_a_page_is_no_feed_but_may_name_one(web: Web, press: Press) -> None:
    with pytest.raises(OutsideError) as caught:
        read(web, press, "page-with-feed")
    assert (caught.value.code, caught.value.params["found"]) == ("feed_is_page", press.url("rss"))
    with pytest.raises(OutsideError) as caught:
        read(web, press, "bai-1")
    assert caught.value.code == "feed_unreadable"


def test_a_page_is_kept_byte_by_byte_with_its_requests(web: Web, press: Press) -> None:
    page = web.page(web.get(press.url("moved")))
    kept = []
    for record in ArchiveIterator(io.BytesIO(page.warc), check_digests="raise"):
        url = record.rec_headers.get_header("WARC-Target-URI")
        kept.append((record.rec_type, url, record.http_headers and record.http_headers.get_statuscode()))
        if record.rec_type == "response" and str(url).endswith("bai-1"):
            # As it was served: still compressed, the server's own headers.
            assert record.http_headers.get_header("Content-Encoding") == "gzip"
            assert gzip.decompress(record.raw_stream.read()).decode() == PAGE
    assert [(kind, str(url).rpartition("/")[2]) for kind, url, _status in kept if url] == [
        *(("response", "moved"), ("request", "moved")),
        *(("response", "bai-1"), ("request", "bai-1")),
    ]
    assert kept[1][2] == "301"


def test_each_record_of_the_kept_page_stands_by_itself_as_the_standard_asks(web: Web, press: Press) -> None:
    """ISO 28500: records of gzip members, each with version, type, date, id, length and two line ends behind it."""
    whole = gzip.decompress(web.page(web.get(press.url("bai-1"))).warc)
    at, kinds = 0, []
    while at < len(whole):
        head, _gap, rest = whole[at:].partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        fields = dict(line.split(": ", 1) for line in lines[1:])
        assert lines[0] == "WARC/1.1"
        assert {"WARC-Type", "WARC-Date", "WARC-Record-ID", "Content-Length"} <= set(fields)
        length = int(fields["Content-Length"])
        assert rest[length : length + 4] == b"\r\n\r\n"
        kinds.append(fields["WARC-Type"])
        at += len(head) + 4 + length + 4
    assert kinds == ["warcinfo", "response", "request"]


def test_the_readable_text_is_the_article_alone(web: Web, press: Press) -> None:
    page = web.page(web.get(press.url("bai-1")))
    assert LONG in page.text
    assert "điểm nghẽn" in page.text
    assert "Bản quyền" not in page.text
    assert (page.title, page.byline) == ("Dự án số hoàn thành", "Trần Ký")


def test_a_page_without_an_end_is_kept_as_far_as_it_came(web: Web, press: Press) -> None:
    page = web.page(web.get(press.url("endless")))
    last = [
        record.rec_headers
        for record in ArchiveIterator(io.BytesIO(page.warc))
        if record.rec_type == "response"
    ][-1]
    assert (page.cut, last.get_header("WARC-Truncated")) == ("length", "length")
    assert LONG in page.text
    assert hashlib.sha256(page.warc).digest()
