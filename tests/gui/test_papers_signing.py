"""Signing a paper in its page: leader, number and seal, other ways, stopping, and what the page says afterwards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.sign_ways import SignWay
from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.gui.screen import Context
from spokesdesk.outside.signing.machine import Machine
from spokesdesk.services import papers, sign_images, signing
from spokesdesk.typeset import sign as typeset_sign
from spokesdesk.typeset.form_fields import filled
from tests import pki
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, press, rest, works
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field
from tests.outside import vgca_service
from tests.tokens import PIN, Token

Open = Callable[..., Stage]
LEADER, AGENCY = SignatureKind.LEADER, SignatureKind.AGENCY
SECRET = "mật khẩu tệp khóa"


@pytest.fixture
def approved(office: Office) -> Paper:
    """A paper that the leader may sign."""
    paper = letter(office.drafter, "cung cấp thông tin")
    papers.submit(office.drafter, paper.id)
    return papers.approve(office.leader, paper.id)[0]


@pytest.fixture(autouse=True)
def trusted(tmp_path: Path) -> None:
    """This machine trusts the tests' own authority."""
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "goc.crt").write_bytes(pki.authority().pem)
    bootstrap.machine_settings().put("trust_folder", str(folder))


def begin(stage: Stage, page: PaperPage, way: SignWay, qtbot: QtBot) -> None:
    if page.sign_panel.isHidden():
        page.top.sign_button.click()
    rest(stage, page, qtbot)
    page.sign_panel.form.way.set_value(way)


def sign_with_key(stage: Stage, page: PaperPage, key: Path, qtbot: QtBot, secret: str = SECRET) -> None:
    begin(stage, page, SignWay.PKCS12, qtbot)
    page.sign_panel.form.file.setText(str(key))
    page.sign_panel.form.secret.setText(secret)
    press(page.sign_panel.form.secret, Qt.Key.Key_Return)
    rest(stage, page, qtbot)


def test_leader_then_number_and_seal(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, tmp_path: Path
) -> None:
    sign_images.save_image(office.leader, LEADER, pki.blue_signature())
    sign_images.save_image(office.registry, AGENCY, pki.red_seal())
    opened = stage(office.leader)
    page = open_paper(opened, approved, qtbot)
    assert page.top.sign_button.isVisible()
    plain = papers.preview_pdf(papers.file(office.leader, approved.id, "pdf"))
    assert papers.preview_pdf(signing.to_sign(office.leader, approved.id, LEADER)) == plain, (
        "the place kept for the seal covers nothing"
    )
    sign_with_key(opened, page, pki.leader().p12(tmp_path / "lanh-dao.p12", SECRET), qtbot)
    assert page.sign_panel.isHidden()
    assert page.sign_panel.form.secret.text() == "", "a passphrase is wiped once it was used"
    assert "HỢP LỆ" in page.signed_note.accessibleName()
    assert "chờ cơ quan ký" not in page.signed_note.accessibleName(), "it has no number yet"
    assert "Nguyễn Văn Ổn ký" in page.steps.told()["Duyệt"]
    works(opened, office.registry)
    assert not page.top.sign_button.isVisible(), "the seal comes after the number"
    page.top.buttons[Move.NUMBER].click()
    rest(opened, page, qtbot)
    assert page.moving.panel is not None
    page.moving.panel.button.click()
    rest(opened, page, qtbot)
    assert page.sign_panel.isVisible(), "number, date and seal are one act"
    assert page.sign_panel.form.file.text() == "", "the leader's key is not offered for the seal"
    assert Move.RELEASE not in page.top.buttons
    sign_with_key(opened, page, pki.agency().p12(tmp_path / "co-quan.p12", SECRET), qtbot)
    made = signing.signatures(office.registry, approved.id)
    assert [one.kind for one in made] == [LEADER, AGENCY]
    assert filled(papers.file(office.registry, approved.id, "pdf"))["SoVanBan"] == "01"
    assert Move.RELEASE in page.top.buttons
    assert not page.top.sign_button.isVisible()
    page.signed_note.show_details()
    assert page.signed_note.sheet is not None
    assert len(page.signed_note.sheet.view.cards) == 2
    page.signed_note.sheet.close()


def test_a_wrong_secret_is_said_beside_its_field_and_not_tried_again(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, tmp_path: Path
) -> None:
    opened = stage(office.leader)
    page = open_paper(opened, approved, qtbot)
    key = pki.leader().p12(tmp_path / "lanh-dao.p12", SECRET)
    sign_with_key(opened, page, key, qtbot, "sai")
    field = page.sign_panel.form.fields[3]
    assert "không đúng" in field.error()
    assert page.sign_panel.form.secret.text() == ""
    assert signing.signatures(office.leader, approved.id) == ()
    press(page.sign_panel.form.secret, Qt.Key.Key_Return)
    rest(opened, page, qtbot)
    assert field.error(), "an empty secret signs nothing"
    sign_with_key(opened, page, key, qtbot)
    assert len(signing.signatures(office.leader, approved.id)) == 1


def test_waiting_for_the_service_can_be_stopped(
    stage: Open,
    office: Office,
    qtbot: QtBot,
    approved: Paper,
    tmp_path: Path,
) -> None:
    with vgca_service.running(tmp_path, "silent") as service:
        opened = stage(office.leader)
        machine = Machine(bootstrap.machine_settings(), service.address)
        page = open_paper(opened, approved, qtbot)
        page.sign_panel._context = _with(opened, machine)
        begin(opened, page, SignWay.VGCA, qtbot)
        page.sign_panel.button.click()
        qtbot.waitUntil(service.waiting.is_set, timeout=20_000)
        assert bool(page.sign_panel.is_signing)
        assert page.sign_panel.form.isHidden()
        page.sign_panel.stop_button.click()
        settle(opened.courier)
    assert not bool(page.sign_panel.is_signing)
    assert page.sign_panel.isVisible(), "another way can be chosen"
    assert "Đã dừng việc ký" in opened.window.status_line.said()
    assert signing.signatures(office.leader, approved.id) == ()


def test_what_is_not_there_says_what_to_install(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper
) -> None:
    opened = stage(office.leader)
    page = open_paper(opened, approved, qtbot)
    page.sign_panel._context = _with(opened, Machine(bootstrap.machine_settings(), "wss://127.0.0.1:1"))
    begin(opened, page, SignWay.VGCA, qtbot)
    assert "Hãy cài và mở" in page.sign_panel.form.note.accessibleName()
    assert not page.sign_panel.button.isEnabled()
    offered = [page.sign_panel.form.way.itemText(at) for at in range(page.sign_panel.form.way.count())]
    assert len(offered) == 4, "ink comes after the number"


def test_signed_outside_and_loaded_again(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, tmp_path: Path
) -> None:
    opened = stage(office.leader)
    page = open_paper(opened, approved, qtbot)
    begin(opened, page, SignWay.OUTSIDE, qtbot)
    assert not page.sign_panel.button.isEnabled(), "nothing to load yet"
    page.sign_panel.give_to(str(tmp_path / "cho-ky.pdf"))
    settle(opened.courier)
    ask = SignAsk(LEADER, office.leader.now())
    given = (tmp_path / "cho-ky.pdf").read_bytes()
    (tmp_path / "da-ky.pdf").write_bytes(typeset_sign.sign(given, pki.leader().signing_key(), ask))
    page.sign_panel.form.file.setText(str(tmp_path / "cho-ky.pdf"))
    page.sign_panel.sign()
    rest(opened, page, qtbot)
    assert page.sign_panel.problem.accessibleName(), "the file itself, unsigned, is refused in words"
    page.sign_panel.form.file.setText(str(tmp_path / "da-ky.pdf"))
    page.sign_panel.sign()
    rest(opened, page, qtbot)
    assert signing.signatures(office.leader, approved.id)[0].adapter == "outside"


def test_a_token_offers_its_certificates_and_a_wrong_pin_is_said_once(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, token: Token
) -> None:
    bootstrap.machine_settings().put("pkcs11_library", token.library)
    opened = stage(office.leader)
    page = open_paper(opened, approved, qtbot)
    begin(opened, page, SignWay.PKCS11, qtbot)
    form = page.sign_panel.form
    offered = [form.token.itemText(at) for at in range(form.token.count())]
    mine = next(at for at, text in enumerate(offered) if text.startswith("Nguyễn Văn Ổn, ban-lam-viec, đến"))
    form.token.setCurrentIndex(mine)
    form.secret.setText("111111")
    page.sign_panel.sign()
    rest(opened, page, qtbot)
    assert "không thử lại" in form.fields[3].error()
    assert not any(digit.isdigit() for digit in form.fields[3].error()), (
        "tries that are left are never guessed"
    )
    assert form.secret.text() == ""
    form.secret.setText(PIN)
    page.sign_panel.sign()
    rest(opened, page, qtbot)
    (made,) = signing.signatures(office.leader, approved.id)
    assert (made.adapter, made.signer) == ("pkcs11", "Nguyễn Văn Ổn")


def test_the_registry_is_told_which_ways_fill_in_the_number(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper
) -> None:
    from tests.services.test_signing import leader_signs

    leader_signs(office, approved)
    papers.number(office.registry, approved.id)
    opened = stage(office.registry)
    page = open_paper(opened, approved, qtbot)
    begin(opened, page, SignWay.OUTSIDE, qtbot)
    assert "điền số và ngày" in page.sign_panel.form.note.accessibleName()
    page.sign_panel.form.way.set_value(SignWay.PKCS12)
    assert "điền số và ngày" not in page.sign_panel.form.note.accessibleName()


def test_ink_number_print_scan(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, tmp_path: Path
) -> None:
    papers.number(office.registry, approved.id)
    scan = tmp_path / "quet.pdf"
    scan.write_bytes(papers.file(office.registry, approved.id, "pdf") + b"% scan\n")
    opened = stage(office.registry)
    page = open_paper(opened, approved, qtbot)
    begin(opened, page, SignWay.INK, qtbot)
    page.sign_panel.form.file.setText(str(scan))
    page.sign_panel.sign()
    rest(opened, page, qtbot)
    assert "Bản ký giấy" in page.signed_note.accessibleName()
    assert papers.file(office.registry, approved.id, "pdf") == scan.read_bytes()
    assert papers.release(office.registry, approved.id)[0].state is PaperState.RELEASED


@pytest.mark.parametrize("way", WAYS)
def test_its_fields_take_vietnamese(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, way: str
) -> None:
    opened = stage(office.leader)
    page = open_paper(opened, approved, qtbot)
    begin(opened, page, SignWay.PKCS12, qtbot)
    opened.window.activateWindow()
    form = page.sign_panel.form
    assert [check_field(field, way) for field in (form.file, form.secret)] == ["", ""]


def _with(stage: Stage, machine: Machine) -> Context:
    return replace(stage.control.context, signing=lambda: machine)
