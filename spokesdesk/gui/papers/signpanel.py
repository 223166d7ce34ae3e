"""Signing a paper in its page: choose a way, sign on a worker of its own, stop at any moment."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, WaitError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.sign_ways import SignWay
from spokesdesk.domain.signing import PaperSignature, SignatureKind
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.signform import LOADED, SignForm
from spokesdesk.gui.papers.signways import KINDS, busy
from spokesdesk.gui.papers.signwork import Chosen, GiveOut, Look, Ready, SignNow
from spokesdesk.gui.papers.words import stamp_of
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import papers as service
from spokesdesk.services.stop import Stop


class SignPanel(Card):
    """Asks how to sign and signs; closing it ends what is under way, and nothing of the paper changes.

    Emits:
        signed: ``PaperSignature`` that was kept.
    """

    signed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._paper: Paper | None = None
        self.kind = SignatureKind.LEADER
        self._stop: Stop | None = None
        self._said = label("", "", self, wrap=True)
        self.form = SignForm(self)
        self.problem = Note("", "red", self)
        self.add(self._said)
        self.add(self.form)
        self.add(self.problem)
        self._build_busy()
        row = QHBoxLayout()
        self.give = Button(_("Xuất tệp để ký…"), self.ask_target, parent=self)
        row.addWidget(self.give)
        row.addStretch(1)
        self._away = Button(_("Thôi"), self.close_panel, parent=self)
        row.addWidget(self._away)
        self.button = PrimaryButton(_("Ký"), self.sign, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.form.changed.connect(self._show_buttons)
        self.form.submitted.connect(self.sign)
        self.form.look_asked.connect(self.look)
        self.hide()

    @property
    def is_signing(self) -> bool:
        """Whether a device, a program or a person is waited for."""
        return self._stop is not None

    def open_for(self, paper: Paper, kind: SignatureKind, *, fills: bool = False) -> None:
        """Begin a signature; what is there is looked at now.

        Args:
            paper: approved or numbered.
            kind: whose signature.
            fills: the leader signed before the number, so that number and date are filled in with this one.
        """
        self.close_panel()
        self._paper, self.kind = paper, kind
        self.set_title(KINDS[kind])
        self._said.setText(_sentence(paper, kind, fills=fills))
        self.problem.set_text("")
        self.form.begin(paper.state, kind, fills=fills)
        self._show_busy("")
        self._show_buttons()
        self.show()
        self.look()

    def close_panel(self) -> None:
        """Put the panel away; what is under way is stopped."""
        self.stop()
        self.form.secret.clear()
        self.hide()

    @Slot()
    def look(self) -> None:
        """Look at what is there."""
        desk = self._context.desk()
        if desk is not None:
            work = Look(desk, self._context.signing, self.kind)
            self._context.courier.run(work, owner=self, ok=self._found, fail=self._failed, lane="sign")

    @Slot()
    def sign(self) -> None:
        """Sign in the way chosen."""
        desk, paper, found = self._context.desk(), self._paper, self.form.found()
        if desk is None or paper is None or found is None or not found.is_there or self.is_signing:
            return
        self.problem.set_text("")
        try:
            chosen: Chosen = self.form.take()
        except DeskError as error:
            self._failed(error)
            return
        self._stop = Stop()
        self._show_busy(busy(chosen.way))
        self._context.courier.run(
            SignNow(desk, self._context.signing, paper.id, self.kind, chosen, self._stop),
            owner=self,
            ok=self._signed,
            fail=self._failed,
            always=partial(self._ended, self._stop),
            lane="sign",
            end=self._stop.set,
        )

    @Slot()
    def stop(self) -> None:
        """Stop waiting; the paper stays as it was."""
        if self._stop is not None:
            self._stop.set()
            self._busy_words.setText(_("Đang dừng…"))

    def ask_target(self) -> QFileDialog:
        """Ask where to write the file to be signed with another program."""
        assert self._paper is not None
        return ask_pdf(self, _("Xuất tệp để ký"), service.file_name(self._paper, "pdf"), self.give_to)

    @Slot(str)
    def give_to(self, target: str) -> None:
        """Write the file to be signed with another program."""
        desk, paper = self._context.desk(), self._paper
        if desk is not None and paper is not None and target:
            work = GiveOut(desk, paper.id, self.kind, self.form.image(), Path(target))
            self._context.courier.run(work, owner=self, ok=self._given, fail=self._failed, lane="work")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops, or closes; Enter signs."""
        if event.key() == Qt.Key.Key_Escape:
            if self.is_signing:
                self.stop()
            else:
                self.close_panel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sign()
        else:
            super().keyPressEvent(event)

    def _build_busy(self) -> None:
        self._busy = QWidget(self)
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        bar = QProgressBar(self._busy)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(90, 6)
        bar.setAccessibleName(_("Đang ký"))
        self._busy_words = label("", "", self._busy, wrap=True)
        row.addWidget(bar)
        row.addWidget(self._busy_words, 1)
        self.stop_button = Button(_("Dừng"), self.stop, parent=self._busy)
        row.addWidget(self.stop_button)
        self.add(self._busy)

    def _show_busy(self, said: str) -> None:
        self._busy_words.setText(said)
        self._busy.setVisible(bool(said))
        self.form.setVisible(not said)
        self._away.setVisible(not said)
        if said:
            self.stop_button.setFocus()
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        found = self.form.found()
        way = found.way if found is not None else None
        words = {SignWay.OUTSIDE: _("Nạp tệp đã ký"), SignWay.INK: _("Nạp bản quét")}
        self.button.set_text(words.get(way, KINDS[self.kind]) if way else KINDS[self.kind])
        loaded = way in LOADED and not self.form.file.text().strip()
        self.button.setEnabled(found is not None and found.is_there and not self.is_signing and not loaded)
        self.button.setVisible(not self.is_signing)
        self.give.setVisible(way is SignWay.OUTSIDE and not self.is_signing)

    def _found(self, ready: Ready) -> None:
        self.form.show_ready(ready)
        self.form.focus_first()

    def _given(self, target: Path) -> None:
        self._context.toast(_("Đã xuất {name}; ký xong hãy nạp lại tại đây.").format(name=target.name))

    def _ended(self, stop: Stop) -> None:
        if self._stop is stop:
            self._stop = None
            self._show_busy("")

    def _signed(self, answer: tuple[PaperSignature, Changes]) -> None:
        made, _changes = answer
        self.close_panel()
        self._context.toast(_("Đã ký: {signer}").format(signer=made.signer))
        self.signed.emit(made)

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, WaitError) and error.code == "sign_cancelled":
            self._context.status(word(error))
            self.form.focus_first()
        elif not self.form.show_problem(error):
            self.problem.set_text(word(error))


def _sentence(paper: Paper, kind: SignatureKind, *, fills: bool) -> str:
    if paper.number is None or paper.numbered_on is None:
        return _("Chữ ký của lãnh đạo; chỗ số và ngày để trống cho văn thư điền trong lần ký phát hành.")
    stamp, day = stamp_of(paper.number, paper.letter.symbol), f"{paper.numbered_on:%d/%m/%Y}"
    if not fills:
        return _("Văn bản đã có số {stamp}, ngày {day}.").format(stamp=stamp, day=day)
    said = _("Số {stamp}, ngày {day} và chữ ký số kèm dấu của cơ quan được ghi trong cùng một lần.")
    return said.format(stamp=stamp, day=day)
