"""The real case of March 2018 on a test desk, and what tests of papers wait for."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.coverage import Article, ArticleDraft, Claim, Verdict
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.coverage.screen import CoverageScreen
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.gui.papers.screen import PapersScreen
from spokesdesk.services import coverage, papers, rebuttals
from spokesdesk.services.ports import Desk
from tests.gui.stage import Stage, settle

TEXT = (
    "Ngày 28/2, một phụ huynh buộc cô giáo quỳ gối xin lỗi.\n\n"
    "Theo tìm hiểu, ông V.H.T. là Thư ký Hội Luật gia của một huyện thuộc tỉnh Long An."
)
QUOTE = "ông V.H.T. là Thư ký Hội Luật gia của một huyện"


def article(desk: Desk, *, marked: bool = True) -> Article:
    """Give the article of the case, with its first claim when ``marked``."""
    claim = Claim(
        uuid4(),
        QUOTE,
        "Ông V.H.T. không phải là hội viên Hội Luật gia",
        "Công văn của Hội Luật gia tỉnh Long An",
        verdict=Verdict.FALSE,
    )
    found, _changes = coverage.add_article(
        desk,
        ArticleDraft(
            outlet="Báo Tuổi Trẻ",
            title="Cô giáo bị bắt quỳ: Thư ký Hội Luật gia là ai?",
            published_at=datetime(2018, 3, 6, 2, 0, tzinfo=UTC),
            text=TEXT,
            claims=(claim,) if marked else (),
        ),
    )
    return found


def rebuttal(desk: Desk) -> Paper:
    """Give the draft of the letter to the outlet."""
    return rebuttals.open_rebuttal(desk, article(desk).id)[0]


def letter(desk: Desk, subject: str, body: str = "Nội dung.") -> Paper:
    """Give a draft công văn."""
    blank = papers.blank(desk, LetterKind.CONG_VAN)
    made = replace(blank, subject=subject, addressees=("Báo Tuổi Trẻ",), body=body)
    return papers.create(desk, made)[0]


def open_paper(stage: Stage, found: Paper, qtbot: QtBot) -> PaperPage:
    """Show a paper and wait for its printed page."""
    stage.control.navigate("paper", found.id)
    screen = stage.control.pages.screen("papers")
    assert isinstance(screen, PapersScreen)
    rest(stage, screen.page, qtbot)
    return screen.page


def rest(stage: Stage, page: PaperPage, qtbot: QtBot) -> None:
    """Wait until everything asked for has come and the printed page is true."""
    settle(stage.courier)
    qtbot.waitUntil(lambda: page.preview.is_settled and stage.courier.is_at_rest, timeout=20_000)
    settle(stage.courier)


def papers_screen(stage: Stage) -> PapersScreen:
    """Show the papers."""
    screen = stage.show("papers")
    assert isinstance(screen, PapersScreen)
    return screen


def coverage_screen(stage: Stage) -> CoverageScreen:
    """Show the coverage."""
    screen = stage.show("coverage")
    assert isinstance(screen, CoverageScreen)
    return screen


def works(stage: Stage, desk: Desk) -> None:
    """Let another member work, as after the PIN."""
    stage.session._take_switched(desk)
    settle(stage.courier)


def type_text(field: QWidget, text: str) -> None:
    """Type as a Vietnamese typing tool does: each letter a key event without a known key."""
    field.setFocus()
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_Return if char == "\n" else Qt.Key.Key_unknown
            sent = "\r" if char == "\n" else char
            QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sent))


def press(field: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    """Press one key."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(field, key, held)
