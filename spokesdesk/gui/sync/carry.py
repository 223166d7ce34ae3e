"""Carrying by hand: what goes onto a stick, what comes from one, and in words what is safe meanwhile."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.pace import Pace, PaceBar
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PageHeader, PrimaryButton, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service


class CarryPage(QWidget):
    """Mang đi – Nhận về.

    Emits:
        left: None, back to the ledger.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = QDir.homePath()
        self.pace = PaceBar(self)
        self.note = Note("", "teal", self)
        self.out = PrimaryButton(_("Ghi để mang đi…"), self.ask_out, parent=self)
        self.taken = Button(_("Nhận từ thẻ…"), self.ask_in, parent=self)
        self._build()

    def clear(self) -> None:
        """Show nothing of the desk."""
        self.pace.stop()
        self.note.set_text("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the ledger."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def ask_out(self) -> QFileDialog | None:
        """Ask for the folder to write to."""
        return self._ask(_("Chọn thẻ nhớ hoặc thư mục dùng chung để ghi"), self.write)

    @Slot()
    def ask_in(self) -> QFileDialog | None:
        """Ask for the folder to read from."""
        return self._ask(_("Chọn thẻ nhớ hoặc thư mục dùng chung để nhận"), self.read)

    @Slot(str)
    def write(self, folder: str) -> None:
        """Write what is to be carried."""
        desk = self._context.desk()
        if desk is None or not folder or self.pace.is_running():
            return
        self._folder = folder
        pace = self._begin(_("Đang ghi lên thẻ… Đừng rút thẻ ra."))

        def told(done: int, size: int) -> bool:
            pace.tell(done, size)
            return not pace.is_stopped()

        self._context.courier.run(
            partial(service.carry_out, desk, Path(folder), told),
            owner=self,
            ok=self._written,
            fail=self._failed,
            always=self._over,
            lane="long",
            end=pace.stop,
        )

    @Slot(str)
    def read(self, folder: str) -> None:
        """Take in what others left."""
        desk = self._context.desk()
        if desk is None or not folder or self.pace.is_running():
            return
        self._folder = folder
        pace = self._begin(_("Đang nhận từ thẻ… Đừng rút thẻ ra."))

        def told(done: int, size: int) -> bool:
            pace.tell(done, size)
            return not pace.is_stopped()

        self._context.courier.run(
            partial(service.carry_in, desk, Path(folder), told),
            owner=self,
            ok=self._read,
            fail=self._failed,
            always=self._over,
            lane="long",
            end=pace.stop,
        )

    def _ask(self, title: str, then: Callable[[str], object]) -> QFileDialog | None:
        if self.pace.is_running():
            return None
        dialog = QFileDialog(self.window(), title, self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _begin(self, text: str) -> Pace:
        self.note.set_text("")
        self.out.setEnabled(False)
        self.taken.setEnabled(False)
        return self.pace.begin(text)

    def _over(self) -> None:
        self.pace.end()
        self.out.setEnabled(True)
        self.taken.setEnabled(True)

    def _written(self, answer: tuple[service.CarriedOut, Changes]) -> None:
        made, _changes = answer
        self._say(written_words(made), "amber" if made.left_out or made.fault else "green")

    def _read(self, answer: tuple[tuple[service.CarriedFrom, ...], Changes]) -> None:
        found, _changes = answer
        self._say(read_words(found), "amber" if any(one.fault for one in found) else "green")

    def _failed(self, error: DeskError) -> None:
        self._say(word(error), "amber")

    def _say(self, text: str, tone: str) -> None:
        self.note.set_tone(tone)
        self.note.set_text(text)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = PageHeader(_("Mang đi – Nhận về"), _("không cần mạng"), self)
        head.add_button(Button(_("‹ Đồng bộ"), self.left.emit, parent=self))
        column.addWidget(head)
        column.addWidget(
            label(
                _(
                    "Máy không có mạng vẫn dùng chung sổ với cơ quan: ghi những gì chưa gửi lên thẻ nhớ, "
                    "mang tới một máy khác của cơ quan, máy ấy gửi lên cổng rồi ghi sổ chung và biên nhận để mang về."
                ),
                "muted",
                self,
                wrap=True,
            )
        )
        column.addWidget(self.pace)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in (self._card_out(), self._card_in()):
            row.addWidget(card, 1)
        column.addLayout(row)
        column.addStretch(1)

    def _card_out(self) -> Card:
        return self._card(
            _("Mang đi"),
            (
                _("Ghi thay đổi chưa có trong sổ chung, sổ chung cho máy đang chờ, biên nhận và tệp."),
                _("Nội dung được khóa: chỉ các máy của cơ quan mở được. Thẻ rơi mất thì không ai đọc được."),
                _(
                    "Không có gì rời hàng chờ của máy này cho tới khi thấy nó trong sổ chung mang về. "
                    "Ghi lại bao nhiêu lần cũng được."
                ),
            ),
            self.out,
        )

    def _card_in(self) -> Card:
        return self._card(
            _("Nhận về"),
            (
                _("Nhận tất cả những gì các máy khác của cơ quan đã ghi trên thẻ hay thư mục dùng chung."),
                _(
                    "Nhận hai lần, nhận muộn hay qua hai người mang đều không sao: mỗi thay đổi chỉ vào sổ một lần."
                ),
                _("Máy có mạng tự gửi tiếp lên cổng; sau đó bấm “Ghi để mang đi” để mang biên nhận về."),
            ),
            self.taken,
        )

    def _card(self, title: str, lines: tuple[str, ...], button: Button) -> Card:
        card = Card(title, parent=self)
        for line in lines:
            card.add(label(line, "", card, wrap=True))
        card.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card


def written_words(made: service.CarriedOut) -> str:
    """Say what lies on the stick now."""
    said = [
        _(
            "Đã ghi {own} thay đổi của máy này, {others} của máy khác, {entries} mục sổ chung, {files} tệp."
        ).format(own=made.own, others=made.others, entries=made.entries, files=made.files),
        _("Máy đọc được: {names}.").format(names=", ".join(made.readers)),
    ]
    if made.left_out:
        said.append(
            _("Còn {n} tệp chưa ghi được vì thẻ hết chỗ; phần đã ghi dùng được ngay.").format(n=made.left_out)
        )
    if made.fault is not None:
        why = word(made.fault)
        said.append(_("{names} cần nhận lại toàn bộ sổ: {why}").format(names=", ".join(made.behind), why=why))
    return " ".join(said)


def read_words(found: tuple[service.CarriedFrom, ...]) -> str:
    """Say what came, a line a desk."""
    return "\n".join(_read_line(one) for one in found)


def _read_line(one: service.CarriedFrom) -> str:
    name = one.name or _("Máy chưa rõ tên")
    at = f"{to_vn(one.at):%H:%M %d/%m/%Y}" if one.at else ""
    parts = [
        _("{n} thay đổi để gửi tiếp lên cổng").format(n=one.taken) if one.taken else "",
        _("{n} mục sổ chung").format(n=one.received) if one.received else "",
        _("{n} tệp").format(n=one.files) if one.files else "",
        _("{n} thay đổi của máy này đã vào sổ chung").format(n=one.echoed) if one.echoed else "",
        _("{n} thay đổi cổng chưa nhận, xem lý do ở trang Đồng bộ").format(n=one.refused)
        if one.refused
        else "",
    ]
    said = " · ".join(part for part in parts if part) or _("không có gì mới")
    head = _("{name}, ghi lúc {at}").format(name=name, at=at) if at else name
    return f"{head}: {said}." + (f" {word(one.fault)}" if one.fault is not None else "")
