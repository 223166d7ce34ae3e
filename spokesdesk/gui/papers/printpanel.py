"""Choice of printer and number of copies, in the page; Enter prints."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk

MOST = 99


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers found; ``by_qt`` when the system has no print service and Qt prints."""

    names: tuple[str, ...]
    by_qt: bool


class PrintPanel(Card):
    """Prints the PDF itself, page by page.

    Emits:
        sent: str, the print job's name.
    """

    sent = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("In văn bản"), parent=parent)
        self._context = context
        self._paper: Paper | None = None
        self._printers = Printers((), by_qt=False)
        self.printer: ComboBox[str] = ComboBox(parent=self)
        self.copies = LineEdit(parent=self)
        self.copies.setFixedWidth(72)
        self.duplex = CheckBox(_("In hai mặt"), self)
        self._none = label(_("Chưa thấy máy in nào. Có thể xuất PDF rồi in ở máy khác."), "", self, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._fields = [
            Field(_("Máy in"), self.printer, "printer", parent=self),
            Field(_("Số bản"), self.copies, "copies", parent=self),
        ]
        row.addWidget(self._fields[0], 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._fields[1], 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.add(self.duplex)
        self.add(self._none)
        self.problem = Note("", "red", self)
        self.add(self.problem)
        actions = QHBoxLayout()
        actions.addStretch(1)
        actions.addWidget(Button(_("Thôi"), self.hide, parent=self))
        self.button = PrimaryButton(_("In"), self.send, parent=self)
        actions.addWidget(self.button)
        self.body.addLayout(actions)
        self.copies.returnPressed.connect(self.send)
        self.hide()

    def open_for(self, paper: Paper) -> None:
        """Ask for the printer; the number of copies is the one the paper names."""
        desk = self._context.desk()
        if desk is None:
            return
        self._paper = paper
        self.copies.setText(str(min(paper.letter.copies or 1, MOST)))
        show_error(self._fields, None)
        self.problem.set_text("")
        self.show()
        self.button.setFocus()
        self._context.courier.run(partial(_found, desk), owner=self, ok=self._take, lane="read")

    @Slot()
    def send(self) -> None:
        """Print."""
        desk, paper = self._context.desk(), self._paper
        if desk is None or paper is None or not self._printers.names:
            return
        try:
            copies = self._copies()
        except UserError as error:
            show_error(self._fields, error)
            return
        show_error(self._fields, None)
        self.problem.set_text("")
        self.button.setEnabled(False)
        name, duplex = self.printer.value(), self.duplex.isChecked()
        if self._printers.by_qt:
            work = partial(service.file, desk, paper.id, "pdf")
            ok = partial(self._print_by_qt, name, copies, duplex)
            self._context.courier.run(work, owner=self, ok=ok, fail=self._failed, lane="work")
            return
        self._context.courier.run(
            partial(service.print_paper, desk, paper.id, name, copies, duplex=duplex),
            owner=self,
            ok=self._sent,
            fail=self._failed,
            lane="work",
            label=_("Đang gửi tới máy in…"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter prints."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)

    def _copies(self) -> int:
        typed = self.copies.text().strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= MOST):
            raise UserError("copies_form", field="copies", limit=MOST)
        return int(typed)

    def _take(self, found: Printers) -> None:
        if not found.names:
            from spokesdesk.gui.printing import printer_names

            found = Printers(printer_names(), by_qt=True)
        self._printers = found
        chosen = self.printer.value() if self.printer.count() else ""
        self.printer.set_choices([(name, name) for name in found.names])
        self.printer.set_value(chosen)
        self._none.setVisible(not found.names)
        for field in (*self._fields, self.duplex):
            field.setVisible(bool(found.names))
        self.button.setEnabled(bool(found.names))

    def _print_by_qt(self, name: str, copies: int, duplex: bool, pdf: bytes) -> None:
        from spokesdesk.gui.printing import PdfPrinting, printer_named

        assert self._paper is not None
        job = PdfPrinting(self._context.courier, self)
        job.done.connect(self._sent)
        job.failed.connect(self._failed)
        job.done.connect(job.deleteLater)
        job.start(pdf, printer_named(name), self._paper.title, copies, duplex=duplex)

    @Slot(object)
    def _sent(self, job: str) -> None:
        self.hide()
        self.button.setEnabled(True)
        self.sent.emit(job)
        self._context.toast(_("Đã gửi tới máy in."))

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        """Say why nothing was printed; what was chosen stays, another printer may be there."""
        from spokesdesk.domain.words import word

        self.problem.set_text(word(error))
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(_found, desk), owner=self, ok=self._take, lane="read")


def _found(desk: Desk) -> Printers:
    return Printers(service.printers(desk), by_qt=False)
