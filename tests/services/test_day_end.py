"""The end of the day: nothing open without a holder; the list is kept, printed on paper, mailed."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.requests import Request, RequestDraft
from spokesdesk.domain.sending import MailServer
from spokesdesk.domain.words import word
from spokesdesk.services import day_end, dayreport, requests, sending
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.judges import judge
from tests.mailserver import post_office


def asked(desk: Desk, topic: str, **changed: object) -> Request:
    draft = RequestDraft(Channel.PHONE, desk.now(), topic, outlet="Báo Tuổi Trẻ")
    return requests.open_request(desk, replace(draft, **changed))[0]  # type: ignore[arg-type]


def printed(pdf: bytes, folder: Path) -> str:
    file = folder / "list.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([judge("pdftotext"), "-layout", str(file), "-"], check=True, capture_output=True)
    return " ".join(done.stdout.decode().split())


def test_the_day_does_not_end_while_somebody_is_unnamed(desk: Desk) -> None:
    named = asked(desk, "Giá đất", owner_id=desk.member.id)
    unnamed = asked(desk, "Nước sạch")
    assert [item.holder for item in day_end.open_items(desk)] == ["Trần Minh Khuê", ""]
    with pytest.raises(WaitError) as caught:
        day_end.finish(desk)
    assert "Nước sạch" in word(caught.value)
    assert day_end.latest(desk) is None
    with pytest.raises(WaitError):
        day_end.finish(desk, {unnamed.id: "  "})
    made, _changes = day_end.finish(desk, {unnamed.id: "Phòng Tài nguyên nước", named.id: "Trần Minh Khuê"})
    assert [(item.request_id, item.holder) for item in made.items] == [
        (named.id, "Trần Minh Khuê"),
        (unnamed.id, "Phòng Tài nguyên nước"),
    ]
    assert day_end.latest(desk) == made
    assert day_end.finish(desk)[0] == made, "finished twice without a change, it is one list"
    assert requests.request(desk, unnamed.id).holder == "Phòng Tài nguyên nước"
    assert len(requests.request(desk, named.id).steps) == 1, "who was named already is not named again"
    assert requests.names(desk, "phong tai")[0] == "Phòng Tài nguyên nước"
    with desk.read() as unit:
        assert unit.chain.body_faults() == []


def test_a_day_with_nothing_open_ends_too(desk: Desk) -> None:
    made, _changes = day_end.finish(desk)
    assert made.items == ()
    assert day_end.pdf(desk, made.id).startswith(b"%PDF")


def test_the_printed_list_says_what_who_until_when_and_is_the_same_later(desk: Desk, tmp_path: Path) -> None:
    late = asked(
        desk,
        "Xử lý bãi rác ở Đức Huệ – chỗ ẤỖỄ <b>&",
        received_at=desk.now() - timedelta(days=3),
        wanted_at=desk.now() - timedelta(days=2, hours=1),
        holder="Phòng Môi trường",
    )
    made, _changes = day_end.finish(desk)
    pdf = day_end.pdf(desk, made.id)
    text = printed(pdf, tmp_path)
    for part in (
        "DANH SÁCH YÊU CẦU",
        "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        "ẤỖỄ",
        "quá hạn 2 ngày",
        "Phòng Môi trường",
    ):
        assert part in text
    requests.withdraw(desk, late.id, "Báo rút")
    assert day_end.pdf(desk, made.id) == pdf


def test_the_list_goes_out_by_mail_and_every_try_is_noted(office: Office, tmp_path: Path) -> None:
    desk = office.spokesperson
    asked(desk, "Giá đất", holder="Lãnh đạo Sở")
    wanted = datetime(2026, 11, 2, 10, tzinfo=UTC)
    asked(desk, "Nước sạch", received_at=wanted - timedelta(days=1), wanted_at=wanted, holder="Phòng Nước")
    made, _changes = day_end.finish(desk)
    with pytest.raises(UserError, match="mail_not_set"):
        day_end.mail_list(desk, made.id, ["lanhdao@coquan.example.vn"])
    with post_office(tmp_path / "box") as post:
        server = MailServer("127.0.0.1", post.port, "", "vp@coquan.example.vn")
        sending.save_mail_server(desk, server)
        day_end.mail_list(desk, made.id, ["lanhdao@coquan.example.vn"])
        (got,) = post.received()
    (attached,) = got.mail.iter_attachments()
    assert attached.get_content() == day_end.pdf(desk, made.id)
    body = got.mail.get_body()
    assert body is not None
    assert "Giá đất" in body.get_content()
    assert "Lãnh đạo Sở" in body.get_content()
    assert "quá hạn từ 17:00 02/11/2026" in body.get_content()
    assert "không ấn định thời hạn" in body.get_content()
    with pytest.raises(OutsideError):
        day_end.mail_list(desk, made.id, ["lanhdao@coquan.example.vn"])
    assert [note.result for note in day_end.sent(desk, made.id)] == ["sent", "failed"]
    assert day_end.mailed_before(desk) == ("lanhdao@coquan.example.vn",)
    with desk.read() as unit:
        assert unit.chain.body_faults() == []


def test_the_report_of_the_day_names_every_request_nobody_has_answered(desk: Desk) -> None:
    open_one = asked(desk, "Giá đất", holder="Lãnh đạo Sở")
    closed = asked(desk, "Nước sạch", holder="Phòng Nước")
    requests.withdraw(desk, closed.id, "Báo rút")
    (item,) = dayreport.report(desk).open_items
    assert item.what == open_one.topic
    assert "Lãnh đạo Sở" in item.who
    assert not item.is_late
