"""Writes the list on screen to a file: Excel, CSV or, for people, vCard."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.imports import Noun
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Context
from spokesdesk.services import exports
from spokesdesk.services.ports import Desk

_NAMES = {Noun.JOURNALIST: "nha-bao", Noun.OUTLET: "co-quan-bao-chi", Noun.CONTACT: "so-tiep-xuc"}


class Exporter(QObject):
    """Asks where to, then writes on a worker."""

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context, self._screen = context, screen
        self._folder = QDir.homePath()

    def ask(self, noun: Noun, words: str = "") -> QFileDialog:
        """Ask for the file; ``words`` are those the list is searched for."""
        kinds = [_("Bảng Excel (*.xlsx)"), _("Tệp CSV (*.csv)")]
        kinds += [] if noun is Noun.CONTACT else [_("Danh thiếp vCard (*.vcf)")]
        return ask_target(
            self._screen,
            _("Xuất danh sách"),
            f"{_NAMES[noun]}.xlsx",
            partial(self.write, noun, words),
            folder=self._folder,
            kinds=";;".join(kinds),
            ending="xlsx",
        )

    def write(self, noun: Noun, words: str, path: str) -> None:
        """Write the list to a file; its ending says how."""
        desk = self._context.desk()
        if not path or desk is None:
            return
        target = Path(path)
        self._folder = str(target.parent)
        self._context.courier.run(
            partial(_export, desk, noun, target, words),
            owner=self,
            ok=partial(self._written, target),
            fail=self._failed,
            lane="long",
            label=_("Đang xuất {name}…").format(name=target.name),
        )

    def _written(self, target: Path, count: int) -> None:
        self._context.toast(_("Đã xuất {count} dòng vào {name}.").format(count=count, name=target.name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _export(desk: Desk, noun: Noun, target: Path, words: str) -> int:
    if noun is Noun.CONTACT:
        return exports.export_contacts(desk, target, words)
    return exports.export_people(desk, noun, target, words)
