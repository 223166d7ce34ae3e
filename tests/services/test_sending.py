"""Released papers go out, and every sending stands in the journal."""

import hashlib
import json
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk import assets
from spokesdesk.domain.errors import AccessError, ConflictError, OutsideError, UserError
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.sending import MailServer, Result, Way
from spokesdesk.services import papers, sending
from spokesdesk.services.ports import Desk
from spokesdesk.services.sending import Organ
from tests.desks import Office
from tests.mailserver import post_office

TO = ("a@bao.example.vn", "b@bao.example.vn")
RELEASE = papers.read_letter(assets.read_text("samples", "thong-cao-bao-chi.toml"))
LETTER = papers.read_letter(assets.read_text("samples", "cong-van-cai-chinh.toml"))


def released(office: Office, letter: Letter = RELEASE) -> UUID:
    made, _changes = papers.create(office.drafter, letter)
    papers.submit(office.drafter, made.id)
    papers.approve(office.leader, made.id)
    papers.number(office.registry, made.id)
    papers.release(office.registry, made.id)
    return made.id


def set_server(office: Office, port: int, password: str | None = None) -> None:
    user = "vp" if password else ""
    server = MailServer("127.0.0.1", port, user, "vp@coquan.example.vn")
    sending.save_mail_server(office.spokesperson, server, password)


def faults(desk: Desk) -> list[object]:
    with desk.read() as unit:
        return list(unit.chain.body_faults())


def test_a_paper_goes_out_with_both_files_and_is_written_down(office: Office, tmp_path: Path) -> None:
    paper_id = released(office)
    with post_office(tmp_path / "box", users={"vp": "bí mật"}) as post:
        set_server(office, post.port, "bí mật")
        made, _changes = sending.send_mail(
            office.registry, paper_id, ["; ".join(TO)], text="Kính gửi Quý báo."
        )
        (got,) = post.received()
    assert (got.sender, got.to, got.user) == ("vp@coquan.example.vn", list(TO), "vp")
    assert got.mail["Message-ID"] == made.message_id
    assert got.mail["Subject"].startswith("Thông cáo báo chí số 01/")
    assert "Sở Thông tin và Truyền thông" in str(got.mail["From"])
    body = got.mail.get_body()
    assert body is not None
    assert body.get_content().strip() == "Kính gửi Quý báo."
    sent = {part.get_filename(): part.get_content() for part in got.mail.iter_attachments()}
    assert sorted(sent.values()) == sorted(
        papers.file(office.registry, paper_id, form) for form in ("pdf", "docx")
    )
    assert {(name, hashlib.sha256(data).hexdigest()) for name, data in sent.items()} == set(made.files)
    assert sending.sendings(office.leader, paper_id) == (made,)
    assert (made.result, made.by.name, made.to) == (Result.SENT, "Phạm Thị Ấn", TO)
    assert faults(office.leader) == []


def test_refused_and_failed_sendings_are_written_down_too(office: Office, tmp_path: Path) -> None:
    paper_id = released(office)
    with post_office(tmp_path / "box", refuse=[TO[1]]) as post:
        set_server(office, post.port)
        assert sending.send_mail(office.registry, paper_id, TO)[0].result is Result.PARTIAL
        with pytest.raises(OutsideError, match="mail_refused"):
            sending.send_mail(office.registry, paper_id, TO[1:])
    with pytest.raises(OutsideError, match="mail_unreachable"):
        sending.send_mail(office.registry, paper_id, TO)
    found = sending.sendings(office.registry, paper_id)
    assert [item.result for item in found] == [Result.PARTIAL, Result.FAILED, Result.FAILED]
    assert TO[1] in found[0].detail
    assert "550" in found[1].detail


def test_the_password_is_in_no_file(office: Office) -> None:
    secret = "mat-khau-hop-thu-93115"
    set_server(office, 2525, secret)
    for file in office.folder.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes(), file
    with office.leader.read() as unit:
        assert secret not in json.dumps(unit.settings.get(sending.MAIL))


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ([], "text_required"),
        (["a@b"], "mail_address_form"),
        (["a@bao.example.vn\r\nBcc: x@y.example.vn"], "mail_address_form"),
        (["Tòa soạn <a@bao.example.vn>"], "mail_address_form"),
        ([f"a{n}@bao.example.vn" for n in range(101)], "mail_too_many"),
    ],
)
def test_wrong_addresses_are_named(office: Office, to: list[str], code: str) -> None:
    paper_id = released(office)
    with pytest.raises(UserError, match=code):
        sending.send_mail(office.registry, paper_id, to)
    assert sending.sendings(office.registry, paper_id) == ()


def test_a_subject_of_two_lines_makes_no_header_of_its_own(office: Office) -> None:
    paper_id = released(office)
    data = sending.mail_draft(office.registry, paper_id, TO, "Một\r\nBcc: x@y.example.vn")
    mail = message_from_bytes(data, policy=policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Một Bcc: x@y.example.vn"


def test_only_released_papers_leave(office: Office, tmp_path: Path) -> None:
    made, _changes = papers.create(office.drafter, RELEASE)
    set_server(office, 2525)
    sending.save_organ_id(office.spokesperson, "H35.11")
    for leave in (
        lambda: sending.send_mail(office.registry, made.id, TO),
        lambda: sending.mail_draft(office.registry, made.id),
        lambda: sending.zalo_text(office.registry, made.id),
        lambda: sending.export_edxml(office.registry, made.id, [Organ("H35")], tmp_path / "x"),
    ):
        with pytest.raises(ConflictError, match="sending_not_released"):
            leave()
    assert not (tmp_path / "x").exists()


def test_without_a_server_a_draft_can_still_be_made(office: Office) -> None:
    paper_id = released(office, LETTER)
    with pytest.raises(UserError, match="mail_not_set"):
        sending.send_mail(office.registry, paper_id, TO)
    mail = message_from_bytes(sending.mail_draft(office.registry, paper_id), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["X-Unsent"] == "1"
    assert mail["Message-ID"] is None
    assert len(list(mail.iter_attachments())) == 2


def test_only_an_admin_sets_the_server_and_the_code(office: Office) -> None:
    with pytest.raises(AccessError):
        sending.save_mail_server(office.registry, MailServer("a.vn", 25, "", "x@a.vn"))
    with pytest.raises(AccessError):
        sending.save_organ_id(office.registry, "H35")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"host": "http://x"}, "mail_host"), ({"port": 0}, "mail_port"), ({"sender": "vp"}, "mail_sender")],
)
def test_wrong_settings_name_their_field(office: Office, change: dict[str, object], field: str) -> None:
    right = MailServer("mail.coquan.gov.vn", 587, "", "vp@coquan.gov.vn")
    with pytest.raises(UserError) as caught:
        sending.save_mail_server(office.spokesperson, replace(right, **change))  # type: ignore[arg-type]
    assert caught.value.field == field
    assert sending.mail_server(office.spokesperson) is None


def test_a_press_release_for_zalo_is_its_text_and_a_letter_is_not(office: Office) -> None:
    text = sending.zalo_text(office.registry, released(office))
    assert text.startswith("Thông cáo báo chí số 01/")
    assert "Hội Luật gia tỉnh Long An đã rà soát" in text
    assert "**" not in text
    letter = sending.zalo_text(office.registry, released(office, LETTER))
    assert LETTER.subject in letter
    assert LETTER.body[:40] not in letter


def test_what_was_given_to_a_group_is_noted(office: Office) -> None:
    paper_id = released(office)
    made, _changes = sending.note_zalo(office.registry, paper_id, "Nhóm báo chí tỉnh")
    assert sending.sendings(office.registry, paper_id) == (made,)
    assert made.way is Way.ZALO


def test_a_package_holds_the_paper_and_its_files(office: Office, tmp_path: Path) -> None:
    paper_id = released(office, replace(LETTER, copies=5))
    target = tmp_path / "goi.edxml"
    with pytest.raises(UserError, match="organ_id_missing"):
        sending.export_edxml(office.registry, paper_id, [Organ("H35")], target)
    sending.save_organ_id(office.spokesperson, "H35.11")
    made, _changes = sending.export_edxml(office.registry, paper_id, [Organ("h35", "UBND tỉnh")], target)
    found, paper = sending.read_edxml(target.read_bytes()), papers.paper(office.registry, paper_id)
    assert paper.numbered_on is not None
    day = f"{paper.numbered_on:%Y/%m/%d}"
    assert made.message_id == found.document_id == f"H35.11,{day},01/{LETTER.symbol}"
    assert (found.type_code, found.type_name, found.subject) == (18, "Công văn", LETTER.subject)
    assert (found.signer, found.copies) == (LETTER.signers[0].name, 5)
    assert found.receivers == (Organ("H35", "UBND tỉnh"),)
    kept = [papers.file(office.registry, paper_id, form) for form in ("pdf", "docx")]
    assert [file.data for file in found.files] == kept
    assert sending.sendings(office.registry, paper_id) == (made,)
    with pytest.raises(UserError, match="organ_id_old"):
        sending.export_edxml(office.registry, paper_id, [Organ("000.00.00.H49")], target)
    with pytest.raises(OutsideError, match="file_unwritable"):
        sending.export_edxml(office.registry, paper_id, [Organ("H35")], tmp_path / "no" / "x")
