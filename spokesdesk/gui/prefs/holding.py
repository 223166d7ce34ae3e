"""Who holds each number series: this desk's code, hand over, lend, take, give back; each written into the journal."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.holding import Block, Holding, Span
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.prefs.holdingsheets import GiveSheet, NoteSheet, SenderSheet, ask_holding_file
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, Chip, ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.holdings import Received
from spokesdesk.services.ports import Desk
from spokesdesk.services.series_slips import ENDING, MOST_BYTES, Slip


@dataclass(frozen=True, slots=True)
class Standing:
    """What the card shows: this desk's code, each series with its name in words."""

    code: str
    series: tuple[tuple[str, Holding], ...]


class HoldingCard(Card):
    """Lists the series; registry and administrator act."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Ai giữ sổ số"), _("Nghị định 30/2020/NĐ-CP, Điều 15"), parent)
        self._context = context
        self._folder = QDir.homePath()
        self._data = b""
        hint = _(
            "Mỗi sổ số do một máy giữ. Bàn giao hoặc cho mượn bằng một tệp đã niêm phong, chỉ máy nhận mở được một lần."
        )
        self.add(label(hint, "small", self, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.code = label("", "strong", self)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(label(_("Mã bàn làm việc này"), "", self))
        row.addWidget(self.code)
        row.addWidget(LinkButton(_("Chép"), self.copy_code, self))
        row.addStretch(1)
        row.addWidget(Button(_("Nhận tệp…"), self.choose, parent=self))
        self.body.addLayout(row)
        self.problem, self.done = Note("", "red", self), Note("", "green", self)
        self.add(self.problem)
        self.add(self.done)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.sheet: GiveSheet | SenderSheet | NoteSheet | None = None

    def ask(self) -> None:
        """Ask how the series stand."""
        desk = self._context.desk()
        if desk is not None and desk.actor is not None:
            self._context.courier.run(partial(_standing, desk), owner=self, ok=self._show, lane="read")

    def clear(self) -> None:
        """Show nothing."""
        clear_layout(self._rows)
        self.code.setText("")
        self.problem.set_text("")
        self.done.set_text("")

    @Slot()
    def copy_code(self) -> None:
        """Put this desk's code on the clipboard."""
        QGuiApplication.clipboard().setText(self.code.text())
        self._context.toast(_("Đã chép mã. Gửi mã này cho máy bàn giao hoặc cho mượn số."))

    def choose(self) -> QFileDialog:
        """Ask for a file that came from another desk."""
        kinds = _("Tệp bàn giao số (*.{ending})").format(ending=ENDING)
        dialog = QFileDialog(self.window(), _("Nhận tệp bàn giao số"), self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()
        return dialog

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Look into a file; one from an unknown desk is taken after its code was compared."""
        desk = self._context.desk()
        if desk is None:
            return
        self._folder = str(Path(path).parent)
        self._quiet()
        work = partial(_look, desk, Path(path))
        self._context.courier.run(work, owner=self, ok=self._looked, fail=self._refused, lane="read")

    def give(self, series: str, name: str, *, lend: bool) -> None:
        """Ask to whom a series or a block goes."""
        self._quiet()
        self.sheet = GiveSheet(self._context, series, name, lend, self.window())
        self.sheet.given.connect(self._given)
        self.sheet.open()

    def give_back(self, series: str, block: Block) -> QFileDialog:
        """Ask where to write the file that gives a block back."""
        self._quiet()
        return ask_holding_file(self, "tra-so", partial(self.give_back_to, series, block), self._folder)

    def give_back_to(self, series: str, block: Block, target: str) -> None:
        """Give a block back by this file."""
        desk = self._context.desk()
        if desk is not None:
            work = partial(_back, desk, series, block, Path(target))
            self._context.courier.run(work, owner=self, ok=self._gave_back, fail=self._refused)

    def note(self, series: str, name: str, *, reclaim: bool) -> None:
        """Ask who holds a series elsewhere, or why it is held here again."""
        self._quiet()
        self.sheet = NoteSheet(self._context, series, name, reclaim, self.window())
        self.sheet.noted.connect(self.ask)
        self.sheet.open()

    def _quiet(self) -> None:
        self.problem.set_text("")
        self.done.set_text("")

    def _show(self, found: Standing) -> None:
        self.code.setText(found.code)
        clear_layout(self._rows)
        for name, held in found.series:
            self._rows.addWidget(self._row(name, held))

    def _row(self, name: str, held: Holding) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        chip = (_("Máy này giữ"), "green") if held.holds else (_("Máy khác giữ"), "amber")
        row.addWidget(Chip(*chip, parent=box))
        row.addWidget(label(name, "strong", box))
        row.addWidget(ElidedLabel(_where(held), "muted", box), 1)
        for text, act in self._acts(name, held):
            button = LinkButton(text, act, box)
            button.setAccessibleName(f"{text} {name}")
            row.addWidget(button)
        column.addLayout(row)
        for line in _blocks(held):
            column.addWidget(label(line, "small", box, wrap=True))
        return box

    def _acts(self, name: str, held: Holding) -> list[tuple[str, Callable[[], object]]]:
        series = held.series
        if held.holds:
            return [
                (_("Bàn giao…"), partial(self.give, series, name, lend=False)),
                (_("Cho mượn…"), partial(self.give, series, name, lend=True)),
                (_("Máy khác giữ…"), partial(self.note, series, name, reclaim=False)),
            ]
        back: list[tuple[str, Callable[[], object]]] = [
            (_("Trả số…"), partial(self.give_back, series, block)) for block in held.borrowed
        ]
        return [*back, (_("Giữ lại…"), partial(self.note, series, name, reclaim=True))]

    def _given(self, path: Path) -> None:
        self.done.set_text(
            _(
                "Đã lập {name}. Chuyển tệp này cho máy nhận; máy đó mở Cài đặt › Số văn bản › Nhận tệp."
            ).format(name=path.name)
        )
        self.ask()

    def _gave_back(self, answer: tuple[Path, tuple[Span, ...], Changes]) -> None:
        path, unused, _changes = answer
        said = _("Đã trả số, tệp {name}. Chưa dùng: {unused}.")
        self.done.set_text(said.format(name=path.name, unused=spans(unused) or _("không có")))
        self.ask()

    def _looked(self, answer: tuple[bytes, Slip, bool]) -> None:
        data, slip, is_known = answer
        self._data = data
        if is_known:
            self._take(slip.sender.code)
            return
        self.sheet = SenderSheet(slip, partial(self._take, slip.sender.code), self.window())
        self.sheet.open()

    def _take(self, code: str) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(_take, desk, self._data, code)
            self._context.courier.run(work, owner=self, ok=self._taken, fail=self._refused)

    def _taken(self, answer: tuple[Received, Changes]) -> None:
        received = answer[0]
        self.done.set_text(_received(received))
        self.ask()

    def _refused(self, error: DeskError) -> None:
        self.problem.set_text(words.word(error))


def spans(found: tuple[Span, ...]) -> str:
    """Say spans of numbers: ``03–04, 07``."""
    return ", ".join(
        f"{one.first:02d}" if one.first == one.last else f"{one.first:02d}–{one.last:02d}" for one in found
    )


def _where(held: Holding) -> str:
    if held.holds or not held.holder.name:
        return ""
    since = f", {to_vn(held.since):%d/%m/%Y}" if held.since else ""
    return _("{name}{since}").format(name=held.holder.name, since=since)


def _blocks(held: Holding) -> list[str]:
    lent = [
        _("Cho {name} mượn các số {span}").format(name=one.desk.name, span=spans((one.span,)))
        for one in held.lent
    ]
    borrowed = [
        _("Mượn của {name} các số {span}").format(name=one.desk.name, span=spans((one.span,)))
        for one in held.borrowed
    ]
    unused = [_("Số trả lại chưa dùng: {span}").format(span=spans(held.unused))] if held.unused else []
    return [*lent, *borrowed, *unused]


def _received(received: Received) -> str:
    slip = received.slip
    if slip.span is None:
        return _("Đã nhận sổ số của {name}; từ nay máy này cấp số.").format(name=slip.sender.name)
    if received.standing.holds:
        said = _("Đã nhận lại khối số {span}. Chưa dùng: {unused}.")
        return said.format(span=spans((slip.span,)), unused=spans(received.unused) or _("không có"))
    said = _("Đã mượn các số {span} của {name}.")
    return said.format(span=spans((slip.span,)), name=slip.sender.name)


def _standing(desk: Desk) -> Standing:
    from spokesdesk.services import holdings, papers

    found = holdings.standings(desk)
    return Standing(holdings.own_code(desk), tuple((papers.series_name(one.series), one) for one in found))


def _look(desk: Desk, path: Path) -> tuple[bytes, Slip, bool]:
    from spokesdesk.domain.errors import UserError
    from spokesdesk.services import holdings

    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError as error:
        raise UserError("file_unreadable", field="file", path=str(path)) from error
    slip, is_known = holdings.look_into(desk, data)
    return data, slip, is_known


def _take(desk: Desk, data: bytes, code: str) -> tuple[Received, Changes]:
    from spokesdesk.services import holdings

    return holdings.take(desk, data, code)


def _back(desk: Desk, series: str, block: Block, target: Path) -> tuple[Path, tuple[Span, ...], Changes]:
    from spokesdesk.services import holdings
    from spokesdesk.services.writing import write_whole

    data, unused, changes = holdings.give_back(desk, block, series)
    write_whole(target, data)
    return target, unused, changes
