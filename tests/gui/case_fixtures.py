"""What the tests of case files start from: a case, its page shown, files dropped, a picture on the clipboard."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from spokesdesk.domain.cases import Case, CaseDraft, CaseKind
from spokesdesk.gui.cases.page import CasePage
from spokesdesk.gui.cases.screen import CasesScreen
from spokesdesk.services import cases
from spokesdesk.services.ports import Desk
from tests.gui.stage import Stage, settle


def made(desk: Desk, title: str = "Người lạ đòi gặp lãnh đạo") -> Case:
    draft = CaseDraft(
        CaseKind.IMPOSTOR, title, person="Trần Văn Giả", outlet="Báo Ảo", facts="Đến lúc 9 giờ."
    )
    return cases.open_case(desk, draft)[0]


def page_of(stage: Stage, case: Case) -> CasePage:
    stage.window.activateWindow()
    stage.control.navigate("case", case.id)
    settle(stage.courier)
    screen = stage.control.pages.current()
    assert isinstance(screen, CasesScreen)
    assert screen.page.seen is not None
    return screen.page


def drop(page: CasePage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none, left = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    # Anywhere on the page will do, also on a field.
    QApplication.sendEvent(page.adding.note, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
    QApplication.sendEvent(page.adding.note, QDropEvent(QPointF(5, 5), copy, mime, left, none))


def copy_picture() -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b6e75"))
    QGuiApplication.clipboard().setImage(image)
