"""Archive, agencies, lists, feeds and the check of signatures on the public side."""

import json
import secrets
from pathlib import Path
from typing import Any

import defusedxml.ElementTree  # type: ignore[import-untyped]
import httpx
import pytest

from spokesdesk import wire
from spokesdesk.domain.clock import vn_day
from spokesdesk.server import lists, portal
from tests import pki
from tests.server.running import Device, RunningPortal, posting
from tests.server.test_pages import Page, link_to, page
from tests.typeset.signed import by_leader


def key_of(device: Device) -> str:
    return lists.Agency(device.journal, device.place.agency).key


def test_releases_are_found_by_agency_and_month(embedded_portal: RunningPortal) -> None:
    ours, theirs = embedded_portal.device(), embedded_portal.device()
    mark = secrets.token_hex(4)
    ours.publish(f"về việc của ta {mark}")
    theirs.publish(f"về việc của họ {mark}")
    month = f"{vn_day(portal.utc_now()):%Y-%m}"
    found = page(embedded_portal, f"/?co-quan={key_of(ours)}&thang={month}&tim={mark}")
    assert "về việc của ta" in found.text.lower()
    assert "về việc của họ" not in found.text.lower()
    assert "Không có thông cáo nào" in page(embedded_portal, f"/?tim={mark}&thang=1999-01").text
    assert "Không tìm thấy" in page(embedded_portal, "/?thang=2026-13", 404).text
    kept = page(embedded_portal, "/luu-tru")
    assert {f"/?thang={month}", f"/?co-quan={key_of(ours)}"} <= {a["href"] for a in kept.all("a")}


def test_the_public_sees_the_list_that_was_posted_last(portal: RunningPortal, device: Device) -> None:
    name = f"Trần Thị {secrets.token_hex(3)}"
    rows = [["1", "Lê Văn Cũ", "", ""]]
    device.push(posting(device, rows=rows))
    [told] = device.push(posting(device, rows=[["1", name, "0272 3826 123", "an@longan.gov.vn"]]))
    assert told.outcome == "applied"
    shown = page(portal, f"/co-quan/{key_of(device)}")
    assert name in shown.text
    assert "Lê Văn Cũ" not in shown.text
    assert {"tel:02723826123", "mailto:an@longan.gov.vn"} <= {a["href"] for a in shown.all("a")}
    assert name in page(portal, f"/nguoi-phat-ngon?tim={name.rsplit(' ', 1)[1]}").text
    assert name not in page(portal, "/phong-vien-thuong-tru").text
    assert name not in page(portal, "/nguoi-phat-ngon?tim=khongcoai").text


@pytest.mark.parametrize(
    "changed",
    [
        {"which": "journalists"},
        {"on": "2026-02-31"},
        {"title": ""},
        {"rows": [["1", "thiếu cột"]]},
        {"rows": [["1", "a\u202eb", "", ""]]},
        {"columns": "TT"},
        {"rows": [["1", "x" * 1001, "", ""]]},
    ],
)
def test_a_list_of_another_form_is_refused(embedded_portal: RunningPortal, changed: dict[str, Any]) -> None:
    device = embedded_portal.device()
    [told] = device.push(posting(device, **changed))
    assert (told.outcome, told.reason) == ("quarantined", "fields_wrong")
    assert "Danh sách người phát ngôn" not in page(embedded_portal, f"/co-quan/{key_of(device)}").text


def test_a_journals_id_stands_on_no_page(embedded_portal: RunningPortal) -> None:
    device = embedded_portal.device()
    device.push(posting(device))
    device.publish("về việc mã sổ")
    for path in ("/", "/co-quan", f"/co-quan/{key_of(device)}", "/feed.json", "/sitemap.xml"):
        text = embedded_portal.get(path).text
        assert str(device.journal) not in text
        assert device.journal.hex not in text


def test_each_agency_has_feeds_of_its_own(embedded_portal: RunningPortal) -> None:
    ours, theirs = embedded_portal.device(), embedded_portal.device()
    title, other = f"Về tin {secrets.token_hex(4)}", f"Về tin {secrets.token_hex(4)}"
    ours.publish(title)
    theirs.publish(other)
    place = f"/co-quan/{key_of(ours)}"
    feed = json.loads(embedded_portal.get(f"{place}/feed.json").text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{embedded_portal.url}{place}/feed.json"
    [item] = feed["items"]
    assert item["title"] == title
    assert httpx.get(item["url"], trust_env=False, timeout=60).status_code == 200
    assert (
        httpx.get(item["attachments"][0]["url"], trust_env=False, timeout=60).content
        == f"%PDF {title}".encode()
    )
    atom = embedded_portal.get(f"{place}/feed.atom").text
    assert title in atom
    assert other not in atom
    everything = json.loads(embedded_portal.get("/feed.json").text)["items"]
    assert {title, other} <= {one["title"] for one in everything}
    assert item["id"] in {one["id"] for one in everything}
    assert embedded_portal.get("/co-quan/khong-co/feed.json").status_code == 404


def test_the_map_of_the_site_leads_to_every_page(embedded_portal: RunningPortal) -> None:
    device = embedded_portal.device()
    title = f"Về bản đồ {secrets.token_hex(4)}"
    device.publish(title)
    told = defusedxml.ElementTree.fromstring(embedded_portal.get("/sitemap.xml").content)
    places = [node.text for node in told.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    link = link_to(embedded_portal, title)
    assert {f"{embedded_portal.url}{p}" for p in ("/", link, f"/co-quan/{key_of(device)}")} <= set(places)
    assert f"Sitemap: {embedded_portal.url}/sitemap.xml" in embedded_portal.get("/robots.txt").text


def test_what_a_reader_has_is_not_sent_again(embedded_portal: RunningPortal) -> None:
    first = embedded_portal.get("/luu-tru")
    known = {"if-none-match": first.headers["etag"]}
    again = httpx.get(f"{embedded_portal.url}/luu-tru", headers=known, trust_env=False, timeout=60)
    assert (again.status_code, again.content) == (304, b"")
    embedded_portal.device().publish(f"về việc mới {secrets.token_hex(4)}")
    assert (
        httpx.get(f"{embedded_portal.url}/luu-tru", headers=known, trust_env=False, timeout=60).status_code
        == 200
    )


def test_a_corrected_release_leads_to_the_one_that_holds(portal: RunningPortal, device: Device) -> None:
    mark = secrets.token_hex(4)
    old = device.publish(f"Bản sai {mark}")
    device.publish(f"Bản đúng {mark}", corrects=str(old.op.rec))
    wrong, right = link_to(portal, f"Bản sai {mark}"), link_to(portal, f"Bản đúng {mark}")
    told = page(portal, wrong)
    assert "đã được đính chính" in told.text
    assert right in [a["href"] for a in told.all("a")]
    assert wrong in [a["href"] for a in page(portal, right).all("a")]
    stranger = portal.device()
    stranger.publish(f"Bản lạ {mark}", corrects=str(old.op.rec))
    assert "Bản lạ" not in page(portal, wrong).text


def publish_pdf(device: Device, title: str, pdf: bytes) -> None:
    docx = f"PK {title}".encode()
    device.push(device.release(title, pdf, docx))
    device.upload(pdf)
    device.upload(docx)


def test_the_portal_says_what_a_signature_is_worth(own_portal: RunningPortal) -> None:
    pdf = by_leader()
    (own_portal.data / "trust").mkdir(parents=True)
    (own_portal.data / "trust" / "goc.pem").write_bytes(pki.authority().pem)
    own_portal.start()
    device = own_portal.device()
    at = pdf.index(b"stream") + 40
    publish_pdf(device, "Bản ký đúng", pdf)
    publish_pdf(device, "Bản bị sửa", pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :])
    publish_pdf(device, "Bản hỏng", b"%PDF-1.4 /ByteRange not readable")
    publish_pdf(device, "Bản không ký", b"%PDF-1.4 nothing")
    good = page(own_portal, link_to(own_portal, "Bản ký đúng")).text
    assert "HỢP LỆ: Nguyễn Văn Ổn đã ký" in good
    assert "KHÔNG HỢP LỆ" not in good
    assert "KHÔNG HỢP LỆ: tệp đã bị sửa" in page(own_portal, link_to(own_portal, "Bản bị sửa")).text
    assert "chưa đọc được chữ ký" in page(own_portal, link_to(own_portal, "Bản hỏng")).text
    assert "không có chữ ký số" in page(own_portal, link_to(own_portal, "Bản không ký")).text


def test_a_corrected_release_says_so_wherever_it_is_listed(portal: RunningPortal, device: Device) -> None:
    mark = secrets.token_hex(4)
    old = device.publish(f"Bản sai {mark}")
    [before] = json.loads(portal.get(f"/co-quan/{key_of(device)}/feed.json").text)["items"]
    device.publish(f"Bản đúng {mark}", corrects=str(old.op.rec))
    for path in (f"/co-quan/{key_of(device)}", f"/?tim={mark}"):
        shown = page(portal, path).text
        assert shown.count("Đã được đính chính, thay thế") == 1
    feed = json.loads(portal.get(f"/co-quan/{key_of(device)}/feed.json").text)["items"]
    [right, wrong] = feed
    assert (right["title"], wrong["title"]) == (f"Bản đúng {mark}", f"[Đã được đính chính] Bản sai {mark}")
    assert wrong["id"] == before["id"]
    assert wrong["date_modified"] == right["date_published"] >= before["date_modified"]
    assert f"[Đã được đính chính] Bản sai {mark}" in portal.get("/feed.atom").text


def test_a_correction_that_was_taken_back_corrects_nothing(
    embedded_portal: RunningPortal,
) -> None:
    device = embedded_portal.device()
    old = device.publish(f"Bản đầu {secrets.token_hex(4)}")
    new = device.publish(f"Bản sau {secrets.token_hex(4)}", corrects=str(old.op.rec))
    device.push(wire.sign(device.seed, device.op("withdraw", new.op.rec)))
    assert "Đã được đính chính" not in page(embedded_portal, f"/co-quan/{key_of(device)}").text


def test_a_column_in_which_nobody_wrote_is_left_out(embedded_portal: RunningPortal) -> None:
    device = embedded_portal.device()
    rows = [["1", "Nguyễn Văn An", "", "an@longan.gov.vn"], ["2", "Trần Thị Bé", "", ""]]
    device.push(posting(device, rows=rows))
    shown = page(embedded_portal, f"/co-quan/{key_of(device)}").text
    assert "Thư điện tử" in shown
    assert "Điện thoại" not in shown


def test_a_link_to_a_release_shows_what_it_is_before_it_is_opened(embedded_portal: RunningPortal) -> None:
    title = f"Về việc xem trước {secrets.token_hex(4)}"
    embedded_portal.device().publish(title, text=["Đoạn một của bản tin."])
    link = link_to(embedded_portal, title)
    found = page(embedded_portal, link)
    told = {one.get("property"): one["content"] for one in found.all("meta") if "property" in one}
    assert (told["og:title"], told["og:description"]) == (title, "Đoạn một của bản tin.")
    [own] = [one["href"] for one in found.all("link") if one.get("rel") == "canonical"]
    assert own == told["og:url"] == f"{embedded_portal.url}{link}"


@pytest.mark.parametrize("path", ["/", "/luu-tru", "/co-quan", "/nguoi-phat-ngon", "/dung-han", "/nha-bao"])
def test_the_navigation_says_where_one_is(embedded_portal: RunningPortal, path: str) -> None:
    at = [a["href"] for a in page(embedded_portal, path).all("a") if a.get("aria-current")]
    assert at == [path]


def test_the_foot_says_who_looks_after_the_portal(tmp_path: Path) -> None:
    contact = "Sở Văn hóa <Lâm Đồng>, 0263 3822 999"
    running = RunningPortal(tmp_path, options=("--contact", contact)).start()
    try:
        for path in ("/", "/khong-co", "/nha-bao/dang-nhap"):
            assert contact in Page(running.get(path).text).text
    finally:
        running.stop()
