"""The printed page beside the form: as it is printed, drawn as one types, never in the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.letters import Letter
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.papers.leafview import Pages
from spokesdesk.gui.saying import sentence
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import proofs
from spokesdesk.services.proofs import Shown, Source

DEBOUNCE_MS = 250
Images = Mapping[tuple[object, int], QImage]


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF and the letter it was made of."""

    pdf: bytes
    letter: Letter | None


class Preview(QWidget):
    """Asks for pages a moment after the last key, one request at a time, the latest always last.

    Emits:
        turned: (page from 1, number of pages).
        refused: UserError that names the field whose text cannot be printed; None when all can.
        pointed: (Source, letter) of the words a person pointed to on a page.
    """

    turned = Signal(object)
    refused = Signal(object)
    pointed = Signal(object)

    def __init__(self, courier: Courier, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._wanted: Letter | Printed | None = None
        self._give: Callable[[], Letter | None] | None = None
        self._dirty = self._busy = self._drawing = self._more = False
        self._round = 0
        self._leaves: Sequence[Shown] = ()
        self._memory = proofs.Memory()
        self._followed: tuple[Source, int] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.pages = Pages(theme, self)
        self._note = Note("", "amber", self)
        column.addWidget(self.pages, 1)
        column.addWidget(self._note)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.pages.turned.connect(self.turned)
        self.pages.pointed.connect(self.pointed)
        self._resizing = QTimer(self)
        self._resizing.setSingleShot(True)
        self._resizing.setInterval(DEBOUNCE_MS)
        self._resizing.timeout.connect(self._draw)
        self.pages.resized.connect(self._resizing.start)
        self.pages.lacking.connect(self._draw)

    def show_letter(self, letter: Letter) -> None:
        """Show a letter as it would be printed."""
        self._want(letter)

    def show_soon(self, give: Callable[[], Letter | None]) -> None:
        """Show what is being typed, a moment after the last key; ``give`` is asked for it then, not at every key."""
        self._give, self._dirty = give, True
        self._timer.start()

    def show_pdf(self, pdf: bytes, letter: Letter | None = None) -> None:
        """Show a finished PDF; with its letter, its words lead to the text."""
        self._want(Printed(pdf, letter))

    def follow(self, source: Source, letter: int) -> None:
        """Mark the line where a letter of the text stands, now and whenever the pages change."""
        self._followed = (source, letter)
        if self.is_settled:
            self._mark()

    def forget(self) -> None:
        """Show nothing; what is on its way is dropped."""
        self._timer.stop()
        self._wanted, self._give, self._dirty, self._followed = None, None, False, None
        self._round += 1
        self._leaves = ()
        self.pages.show_leaves((), {})
        self._note.set_text("")

    @property
    def problem(self) -> str:
        """Give the sentence shown under the pages, "" for none."""
        return "" if self._note.isHidden() else self._note.accessibleName()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was last asked for."""
        waits = self._timer.isActive() or self._resizing.isActive()
        return not (self._dirty or self._busy or self._drawing or waits)

    def _want(self, wanted: Letter | Printed) -> None:
        self._wanted, self._give, self._dirty, self._followed = wanted, None, True, None
        self._ask()

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        if self._busy or not self._dirty:
            return
        give, self._give = self._give, None
        if give is not None:
            self._wanted = give() or self._wanted
        if self._wanted is None:
            self._dirty = False
            return
        self._busy, self._dirty = True, False
        pages = self.pages
        sight, known = pages.in_sight(), pages.known()
        work = partial(_laid_out, self._wanted, self._memory, pages.dpi(), sight, known, self._round)
        self._courier.run(work, owner=self, ok=self._came, fail=self._failed, always=self._done, lane="work")

    @Slot()
    def _done(self) -> None:
        self._busy = False
        if self._dirty and not self._timer.isActive():
            self._ask()

    def _came(self, answer: tuple[int, Sequence[Shown], Images]) -> None:
        round_asked, leaves, images = answer
        if round_asked == self._round:
            self._note.set_text("")
            self._leaves = leaves
            self.pages.show_leaves(leaves, images)
            self._mark()
            self.refused.emit(None)

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        if self._wanted is None:
            return
        self._note.set_text(sentence(error))
        self.refused.emit(error if isinstance(error, UserError) else None)

    @Slot()
    def _draw(self) -> None:
        """Draw the pages in sight that have no picture: after scrolling, or when the pane got another width."""
        lacking = self.pages.wanting()
        if self._drawing or not lacking:
            return
        self._drawing = True
        work = partial(_drawn, lacking, self.pages.dpi(), self.pages.known())
        self._courier.run(work, owner=self, ok=self._drew, fail=self._failed, always=self._drawn, lane="work")

    @Slot(object)
    def _drew(self, images: Images) -> None:
        self.pages.take(images)
        self._more = True

    @Slot()
    def _drawn(self) -> None:
        self._drawing, more, self._more = False, self._more, False
        if more:
            self._draw()

    def _mark(self) -> None:
        if self._followed is None:
            return
        for at, leaf in enumerate(self._leaves):
            mark = leaf.place(*self._followed)
            if mark is not None:
                self.pages.show_mark(at, mark)
                return
        self.pages.show_mark(0, None)


def _laid_out(
    wanted: Letter | Printed,
    memory: proofs.Memory,
    dpi: int,
    sight: range,
    known: frozenset[tuple[object, int]],
    asked: int,
) -> tuple[int, Sequence[Shown], Images]:
    """Worker thread: the pages, and pictures of those in sight that look new."""
    leaves: Sequence[Shown] = (
        proofs.printed(wanted.pdf, wanted.letter)
        if isinstance(wanted, Printed)
        else proofs.proof(wanted, memory)
    )
    last = max(len(leaves) - 1, 0)
    return asked, leaves, _drawn([leaves[at] for at in {min(at, last) for at in sight}], dpi, known)


def _drawn(leaves: Sequence[Shown], dpi: int, known: frozenset[tuple[object, int]]) -> Images:
    """Worker thread: QImage is no QObject and may be made anywhere; the bytes are copied once, here."""
    made = {}
    for leaf in leaves:
        if (leaf.key, dpi) not in known:
            page = leaf.image(dpi)
            form = QImage.Format.Format_RGB32
            made[leaf.key, dpi] = QImage(page.bgra, page.width, page.height, page.stride, form).copy()
    return made
