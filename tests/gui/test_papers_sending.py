"""Sending a released paper from its page."""

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from spokesdesk.domain.papers import Paper
from spokesdesk.domain.sending import MailServer, Result
from spokesdesk.services import papers, sending
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, rest
from tests.gui.stage import Stage, settle
from tests.mailserver import post_office

Open = Callable[..., Stage]


@pytest.fixture
def released(office: Office) -> Paper:
    """A paper that has gone out."""
    paper = letter(office.drafter, "Đề nghị cải chính")
    papers.submit(office.drafter, paper.id)
    papers.approve(office.leader, paper.id)
    papers.number(office.registry, paper.id, 12)
    return papers.release(office.registry, paper.id)[0]


def test_the_menu_is_there_once_a_paper_is_released(
    stage: Open, office: Office, qtbot: QtBot, released: Paper
) -> None:
    opened = stage(office.registry)
    draft = letter(office.drafter, "Bản đang soạn")
    assert open_paper(opened, draft, qtbot).sending.button.isHidden()
    page = open_paper(opened, released, qtbot)
    assert not page.sending.button.isHidden()
    menu = page.sending.menu()
    assert [action.text() for action in menu.actions()] == ["Thư điện tử…", "Chép cho Zalo", "Gói tin edXML…"]


def test_a_mail_goes_out_and_the_panel_tells_what_went_before(
    stage: Open, office: Office, qtbot: QtBot, released: Paper, tmp_path: Path
) -> None:
    opened = stage(office.registry)
    page = open_paper(opened, released, qtbot)
    panel = page.sending.mail
    page.sending.open_mail()
    settle(opened.courier)
    assert panel.send_button.isHidden()
    assert "Chưa khai máy chủ" in panel.note.text()
    page.print()
    rest(opened, page, qtbot)
    assert (page.print_panel.isVisible(), panel.isVisible()) == (True, False), "there is room for one panel"
    with post_office(tmp_path / "box") as post:
        server = MailServer("127.0.0.1", post.port, "", "vp@coquan.example.vn")
        sending.save_mail_server(office.spokesperson, server)
        page.sending.open_mail()
        settle(opened.courier)
        assert (page.print_panel.isVisible(), panel.isVisible()) == (False, True)
        assert panel.subject.text().startswith("Công văn số 12/")
        panel.to.setText("không phải địa chỉ")
        page.sending.send()
        settle(opened.courier)
        assert panel.to.property("wrong")
        assert panel.isVisible()
        panel.to.setText("a@bao.example.vn, b@bao.example.vn")
        page.sending.send()
        settle(opened.courier)
        (got,) = post.received()
    assert got.to == ["a@bao.example.vn", "b@bao.example.vn"]
    assert panel.isHidden()
    (made,) = sending.sendings(office.registry, released.id)
    assert made.result is Result.SENT
    page.sending.open_mail()
    settle(opened.courier)
    assert "a@bao.example.vn" in panel.note.text()
    panel.to.setText("c@bao.example.vn")
    page.sending.send()
    settle(opened.courier)
    assert "Không nối được với máy chủ thư" in opened.window.status_line.said()
    assert panel.to.text() == "c@bao.example.vn", "what was typed stays for another try"


def test_a_draft_and_a_package_are_written(
    stage: Open, office: Office, qtbot: QtBot, released: Paper, tmp_path: Path
) -> None:
    opened = stage(office.spokesperson)
    page = open_paper(opened, released, qtbot)
    page.sending.open_mail()
    settle(opened.courier)
    page.sending.write_draft(str(tmp_path / "a.eml"))
    settle(opened.courier)
    assert message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=policy.default)["X-Unsent"] == "1"
    page.sending.open_package()
    settle(opened.courier)
    page.sending.organs.own.setText("H35.11")
    page.sending.organs.to.setText("H35; sai")
    page.sending.write_package(str(tmp_path / "a.edxml"))
    settle(opened.courier)
    assert page.sending.organs.to.property("wrong")
    assert not (tmp_path / "a.edxml").exists()
    page.sending.organs.to.setText("H35; G01.2")
    page.sending.write_package(str(tmp_path / "a.edxml"))
    settle(opened.courier)
    found = sending.read_edxml((tmp_path / "a.edxml").read_bytes())
    assert [one.organ_id for one in found.receivers] == ["H35", "G01.2"]


def test_words_for_zalo_come_to_the_clipboard(
    stage: Open, office: Office, qtbot: QtBot, released: Paper
) -> None:
    opened = stage(office.registry)
    page = open_paper(opened, released, qtbot)
    page.sending.copy_for_zalo()
    settle(opened.courier)
    assert QGuiApplication.clipboard().text().startswith("Công văn số 12/")
