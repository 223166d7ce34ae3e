"""Carrying by hand: what goes onto a stick, what comes from one, and in words what is safe meanwhile."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.words import word
from spokesdesk.gui.pace import PaceBar
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sync.carrywords import read_words, written_words
from spokesdesk.gui.sync.folder import ask_folder
from spokesdesk.gui.sync.vouching import VouchSheet, vouched_words
from spokesdesk.gui.widgets.basic import Button, Card, PageHeader, PrimaryButton, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service
from spokesdesk.services.ports.carrying import CarryTold


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
        self.newcomer = Button(_("Xem yêu cầu trên thẻ…"), self.ask_asks, parent=self)
        self._buttons = (self.out, self.taken, self.newcomer)
        self._may = False
        self.sheet: VouchSheet | None = None
        self._build()

    def show_state(self, member: Member | None, *, by_hand: bool) -> None:
        """Only an administrator lets a desk in, at a desk that the portal knows."""
        self._may = member is not None and Role.ADMIN in member.roles
        self.newcomer.setEnabled(self._may and not self.pace.is_running())
        self._card_newcomer.setVisible(not by_hand)

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
        work = partial(service.carry_out, desk, Path(folder))
        self._begin(_("Đang ghi lên thẻ… Đừng rút thẻ ra."), work, self._written)

    @Slot(str)
    def read(self, folder: str) -> None:
        """Take in what others left."""
        desk = self._context.desk()
        if desk is None or not folder or self.pace.is_running():
            return
        self._folder = folder
        work = partial(service.carry_in, desk, Path(folder))
        self._begin(_("Đang nhận từ thẻ… Đừng rút thẻ ra."), work, self._read)

    @Slot()
    def ask_asks(self) -> QFileDialog | None:
        """Ask for the stick on which desks asked to be let in."""
        return self._ask(_("Chọn thẻ nhớ có yêu cầu vào sổ"), self.look)

    @Slot(str)
    def look(self, folder: str) -> None:
        """Show who asks on a stick to be let in."""
        desk = self._context.desk()
        if desk is None or not folder or self.pace.is_running():
            return
        self._folder = folder
        self.note.set_text("")
        self._context.courier.run(
            partial(service.waiting_asks, desk, Path(folder)),
            owner=self,
            ok=self._asked,
            fail=self._failed,
            lane="long",
        )

    def vouch(self, check: str, code: str) -> None:
        """Let a desk in."""
        desk = self._context.desk()
        if desk is not None and not self.pace.is_running():
            work = partial(service.vouch, desk, Path(self._folder), check, code)
            self._begin(_("Đang đón máy mới: hỏi cổng, ghi sổ chung lên thẻ…"), work, self._vouched)

    def _asked(self, found: tuple[service.WaitingAsk, ...]) -> None:
        self.sheet = VouchSheet(self, found, self.vouch)
        self.sheet.open()

    def _vouched(self, answer: tuple[service.CarriedOut, Changes]) -> None:
        made, _changes = answer
        self._say(vouched_words(made), "amber" if made.left_out else "green")

    def _ask(self, title: str, then: Callable[[str], object]) -> QFileDialog | None:
        if self.pace.is_running():
            return None
        return ask_folder(self, title, self._folder, then)

    def _begin(self, text: str, work: Callable[[CarryTold], Any], ok: Callable[[Any], object]) -> None:
        self.note.set_text("")
        for button in self._buttons:
            button.setEnabled(False)
        pace = self.pace.begin(text)

        def told(done: int, size: int) -> bool:
            pace.tell(done, size)
            return not pace.is_stopped()

        self._context.courier.run(
            partial(work, told),
            owner=self,
            ok=ok,
            fail=self._failed,
            always=self._over,
            lane="long",
            end=pace.stop,
        )

    def _over(self) -> None:
        self.pace.end()
        self.out.setEnabled(True)
        self.taken.setEnabled(True)
        self.newcomer.setEnabled(self._may)

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
        self._card_newcomer = self._card_of_newcomers()
        column.addWidget(self._card_newcomer)
        column.addStretch(1)

    def _card_of_newcomers(self) -> Card:
        return self._card(
            _("Đón máy mới"),
            (
                _(
                    "Máy ở nơi không có mạng xin vào sổ bằng thẻ: xem yêu cầu, so mã đối chiếu với màn hình máy ấy, gõ "
                    "mã ghi danh đã gõ ở đó. Máy này ghi danh giúp tại cổng rồi ghi giấy đón và sổ chung lên thẻ."
                ),
            ),
            self.newcomer,
        )

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
