"""Chèn: returning sentences, the law and what was said before, found by words and put in at the cursor."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from spokesdesk.domain.blocks import Table, plain, read_body
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.listpage import FilterChip
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.gui.widgets.offered import ROW_HEIGHT, Offered, OfferedList, OfferPainter
from spokesdesk.services.inserting import Offer, OfferKind

PAUSE_MS = 150
SHOWN, WIDTH, MARGIN = 6, 680, 24
# Of each group, where all are shown: what was said before must not hide behind thirty places in the law.
MOST_TOGETHER = 6
_LONGEST_SHOWN = 600
_GROUPS: tuple[tuple[OfferKind | None, str], ...] = (
    (None, _("Tất cả")),
    (OfferKind.PHRASE, _("Mẫu câu")),
    (OfferKind.RULE, _("Quy định")),
    (OfferKind.SAID, _("Đã nói trước đây")),
)
Ask = Callable[[str, str], Sequence[Offer]]


class InsertPalette(QFrame):
    """Opens over the page; arrows choose, Tab goes to the next group, Enter puts in, Esc goes back to the text.

    Args:
        ask: (words, text before the cursor) → what can be put in; runs on a worker.

    Emits:
        chosen: ``RichEdit`` and ``Offer``.
    """

    chosen = Signal(object, object)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._edit: RichEdit | None = None
        self._asker: Ask | None = None
        self._before = ""
        self._asked = 0
        self._busy = False
        self._offers: Sequence[Offer] = ()
        self._group = 0
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Chèn vào văn bản"))
        self.words = LineEdit(_("Tìm mẫu câu, điều luật, đoạn đã viết (không cần dấu)"), self)
        self.words.setAccessibleName(_("Tìm đoạn để chèn"))
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self._typed)
        self._list = self._made_list()
        self._none = label("", "muted", self, wrap=True)
        self._shown = QLabel(self)
        self._shown.setWordWrap(True)
        self._shown.setTextFormat(Qt.TextFormat.PlainText)
        self._shown.setFont(context.theme.paper_font(15))
        self._shown.setMinimumHeight(70)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._from = label("", "small", self, wrap=True)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.hide()

    def _build(self) -> None:
        groups = QHBoxLayout()
        groups.setSpacing(6)
        theme = self._context.theme
        self._chips = [FilterChip(theme, text, self) for _kind, text in _GROUPS]
        for at, chip in enumerate(self._chips):
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(partial(self._use, at))
            groups.addWidget(chip)
        groups.addStretch(1)
        groups.addWidget(label(_("Tab đổi nhóm · Enter chèn · Esc thôi"), "small", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(groups)
        for part in (self._list, self._none, self._shown, self._from):
            column.addWidget(part)

    @property
    def is_settled(self) -> bool:
        """Whether what is listed is what was last asked for."""
        return not (self._busy or self._pause.isActive())

    def open_for(self, edit: RichEdit, before: str, ask: Ask) -> None:
        """Open for a text; ``before`` is what the paper says up to the cursor."""
        commit_typing()
        self._edit, self._before, self._asker = edit, before, ask
        selected = edit.textCursor().selectedText()
        self.words.setText(selected if len(selected) <= 80 and "\u2029" not in selected else "")
        self._use(0)
        self._place()
        self.show()
        self.raise_()
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)
        self.words.selectAll()
        self._search()

    def offers(self) -> list[Offer]:
        """Give what is listed now."""
        return self._list.values()

    def current(self) -> Offer | None:
        """Give the offer that Enter puts in."""
        found = self._list.current()
        return found if isinstance(found, Offer) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Tab, Enter and Esc work from the search field; leaving it closes the palette."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if event.type() == QEvent.Type.FocusOut and not self.isAncestorOf(
            self.window().focusWidget() or self
        ):
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Tab:
            self._use((self._group + 1) % len(_GROUPS))
        elif key == Qt.Key.Key_Backtab:
            self._use((self._group - 1) % len(_GROUPS))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    @Slot()
    def put(self) -> None:
        """Put in the offer chosen and go back to the text."""
        offer, edit = self.current(), self._edit
        if offer is None or edit is None or edit.isReadOnly():
            return
        self.leave()
        self.chosen.emit(edit, offer)

    @Slot()
    def leave(self) -> None:
        """Close and go back to the text."""
        edit = self._edit
        self.hide()
        if edit is not None:
            edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _made_list(self) -> OfferedList:
        made = OfferedList(OfferPainter, self._context.theme, self)
        made.setAccessibleName(_("Kết quả"))
        made.setFixedHeight(SHOWN * ROW_HEIGHT)
        made.doubleClicked.connect(self.put)
        made.selectionModel().currentChanged.connect(self._look)
        return made

    def _use(self, group: int, _checked: bool = False) -> None:
        self._group = group
        for at, chip in enumerate(self._chips):
            chip.setChecked(at == group)
        self._fill()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        if self._asker is None:
            return
        self._asked += 1
        self._busy = True
        self._context.courier.run(
            partial(self._asker, self.words.text().strip(), self._before),
            owner=self,
            ok=partial(self._found, self._asked),
            fail=self._failed,
            lane="read",
        )

    def _found(self, asked: int, offers: Sequence[Offer]) -> None:
        if asked == self._asked:
            self._busy = False
            self._offers = offers
            self._fill()

    def _failed(self, error: DeskError) -> None:
        self._busy = False
        self._context.status(word(error))

    def _fill(self) -> None:
        wanted, names = _GROUPS[self._group][0], dict(_GROUPS)
        shown: list[Offered] = []
        counts: Counter[OfferKind] = Counter()
        for offer in self._offers:
            counts[offer.kind] += 1
            if wanted is offer.kind or (wanted is None and counts[offer.kind] <= MOST_TOGETHER):
                said = f"{names[offer.kind]}: {offer.title}. {offer.detail}"
                shown.append(Offered(offer.title, offer.detail, names[offer.kind], offer, said))
        self._list.offer(shown)
        some = bool(shown)
        self._list.setVisible(some)
        self._none.setVisible(not some)
        typed = bool(self.words.text().strip())
        self._none.setText(
            _("Không thấy đoạn nào khớp. Thử ít từ hơn; gõ không dấu cũng được.")
            if typed
            else _("Gõ vài từ để tìm trong quy định và trong các văn bản, câu trả lời trước đây.")
        )
        self._look()

    @Slot()
    def _look(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        offer = self.current()
        text = shown_text(offer.text) if offer is not None else ""
        self._shown.setText(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")
        self._from.setText(offer.detail if offer is not None else "")
        self.adjustSize()

    def _place(self) -> None:
        width = min(WIDTH, self._page.width() - 2 * MARGIN)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(QPoint(MARGIN, 40))


def shown_text(markup: str) -> str:
    """Give markup as its words, a line for each paragraph and row."""
    lines = []
    for block in read_body(markup):
        if isinstance(block, Table):
            rows = (block.head, *block.rows) if block.head else block.rows
            lines += ["   ".join(plain(cell) for cell in row) for row in rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
