"""Giving a case out as a bundle: where to, how far it is, and a way to stop."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, LinkButton, label
from spokesdesk.gui.widgets.drop import size_text
from spokesdesk.services import bundle
from spokesdesk.services.bundle import Bundle
from spokesdesk.services.ports import Desk

_LOOK_MS = 100


class _Watch:
    """How far the work is and whether it is to stop; written and read by two threads, one number each way."""

    def __init__(self) -> None:
        self.written = 0
        self.total = 0
        self.is_stopped = False

    def told(self, written: int) -> bool:
        """Worker: take note, and say whether to go on."""
        self.written = written
        return not self.is_stopped


class GiveCard(Card):
    """The bundle being written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Xuất gói chứng cứ"), parent=parent)
        self._context = context
        self._watch: _Watch | None = None
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(_("Đang xuất gói chứng cứ"))
        self._said = label("", "small", self, wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        self._stop_button = LinkButton(_("Dừng"), self.stop, self)
        row.addWidget(self._stop_button)
        self.body.addLayout(row)
        self.add(self._said)
        self._after = QWidget(self)
        after = QHBoxLayout(self._after)
        after.setContentsMargins(0, 0, 0, 0)
        after.addWidget(LinkButton(_("Chép mã của gói"), self._copy, self._after))
        after.addWidget(LinkButton(_("Đóng"), self.hide, self._after))
        after.addStretch(1)
        self.add(self._after)
        self._seal = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether a bundle is being written."""
        return self._watch is not None

    def ask_where(self, case_id: UUID) -> None:
        """Ask for the name of the archive, then write it."""
        desk = self._context.desk()
        if desk is not None and not self.is_running:
            self._context.courier.run(
                partial(bundle.proposed_name, desk, case_id),
                owner=self,
                ok=partial(self._open_dialog, case_id),
                lane="read",
            )

    def write(self, case_id: UUID, target: str) -> None:
        """Write the bundle; a name without an ending makes an archive, since a folder is lost easily on the way."""
        desk = self._context.desk()
        if desk is None or self.is_running:
            return
        path = Path(target)
        if path.suffix.lower() != ".zip":
            path = path.with_name(f"{path.name}.zip")
        self._watch = _Watch()
        self._bar.setRange(0, 0)
        self._said.setText(str(path))
        self._stop_button.setEnabled(True)
        self._show_running(True)
        self.show()
        self._timer.start()
        self._context.courier.run(
            partial(_write, desk, case_id, path, self._watch),
            owner=self,
            ok=self._written,
            fail=self._failed,
            always=self._over,
            lane="work",
        )

    def put_away(self) -> None:
        """Show nothing of a bundle that is finished."""
        if not self.is_running:
            self.hide()

    @Slot()
    def stop(self) -> None:
        """Stop; nothing is left of the bundle."""
        if self._watch is not None:
            self._watch.is_stopped = True
            self._stop_button.setEnabled(False)

    def _open_dialog(self, case_id: UUID, name: str) -> None:
        dialog = QFileDialog(self.window(), _("Xuất gói chứng cứ"), QDir.homePath(), _("Gói nén (*.zip)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # The service refuses to replace anything; the dialog's own question would promise the opposite.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(f"{name}.zip")
        dialog.fileSelected.connect(partial(self.write, case_id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _look(self) -> None:
        watch = self._watch
        if watch is not None and watch.total:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(1000, watch.written * 1000 // watch.total))

    def _over(self) -> None:
        self._timer.stop()
        self._watch = None
        self.hide()

    def _show_running(self, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self._stop_button.setVisible(is_running)
        self._after.setVisible(not is_running)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._seal)
        self._context.toast(_("Đã chép mã của gói; ghi mã này vào biên bản bàn giao."))

    def _written(self, answer: tuple[Bundle, Changes]) -> None:
        made = answer[0]
        self._seal = made.seal
        said = _("{path}\nMã của gói (SHA-256), để ghi vào biên bản bàn giao: {seal}")
        halves = " ".join(made.seal[at : at + 16] for at in range(0, 64, 16))
        self._said.setText(said.format(path=made.path, seal=halves))
        self._show_running(False)
        self.show()
        said = _("Đã xuất {name} ({size}, {n} chứng cứ).")
        self._context.toast(said.format(name=made.path.name, size=size_text(made.size), n=made.items))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _write(desk: Desk, case_id: UUID, path: Path, watch: _Watch) -> tuple[Bundle, Changes]:
    """Worker."""
    watch.total = bundle.size_of(desk, case_id)
    return bundle.export(desk, case_id, path, watch.told)
