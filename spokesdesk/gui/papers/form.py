"""The form of a paper: fields in the order in which a letter is written, and the Letter they make."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LIMITS, Letter, LetterKind, Signer
from spokesdesk.domain.text import nfc
from spokesdesk.gui.editor.box import EditorBox
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.papers import annexes, footline
from spokesdesk.gui.papers.annexes import AnnexesCard
from spokesdesk.gui.papers.footline import FootCard
from spokesdesk.gui.papers.heading import HeadingCard
from spokesdesk.gui.papers.pointing import Pointing
from spokesdesk.gui.papers.typed import annexes_in, bare, fill, flat, raw
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.fields import Field, LineEdit, TextEdit

ADDRESSED = frozenset({LetterKind.CONG_VAN, LetterKind.TO_TRINH, LetterKind.BAO_CAO})


class LetterForm(QWidget):
    """Everything of a paper that a person types.

    Emits:
        edited: something was changed by a person.
        kind_chosen: ``LetterKind``, another kind of paper was chosen.
        insert_wanted: something is to be put into a text.
        boxed: ``EditorBox``, an annex was added.
        pointed: (Source, letter) where the cursor is in a text, a moment after it came there.
    """

    edited = Signal()
    kind_chosen = Signal(object)
    insert_wanted = Signal()
    boxed = Signal(object)
    pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = Letter(LetterKind.CONG_VAN)
        self._filling = False
        self._texts: dict[str, LineEdit | TextEdit] = {}
        self.heading, self.annexes, self.foot = (
            HeadingCard(theme, self),
            AnnexesCard(theme, self),
            FootCard(self),
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._own: list[Field] = []
        self._body = EditorBox(theme, _("Nội dung văn bản; Enter sang đoạn mới"), self)
        self._build()
        self.text.textChanged.connect(self._changed)
        self._pointing = Pointing(self)
        self._pointing.pointed.connect(self.pointed)
        self._pointing.watch(self.text)
        self._body.insert_wanted.connect(self.insert_wanted)
        self.annexes.made.connect(self._annex_made)
        self.annexes.edited.connect(self._changed)
        self.foot.edited.connect(self._changed)
        parts: list[QWidget] = [*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)]
        parts += self.findChildren(QComboBox)
        for part in parts:
            self._watch(part)
        self.heading.kind.currentIndexChanged.connect(self._kind_picked)

    @property
    def fields(self) -> list[Field]:
        """Every labelled input of the paper."""
        return [*self._own, *self.annexes.fields, *self.foot.fields, *self.heading.fields]

    def boxes(self) -> dict[str, EditorBox]:
        """Give the editors of the paper by their fields in a letter file: its own and those of its annexes."""
        return {"body": self._body} | {
            f"annexes.{at}.body": box.body for at, box in enumerate(self.annexes.boxes, 1)
        }

    def editors(self) -> dict[str, RichEdit]:
        """Give the texts of the paper by their fields in a letter file."""
        return {field: box.edit for field, box in self.boxes().items()}

    def _build(self) -> None:
        card = Card(parent=self)
        self._addressees = self._many("addressees", _("Kính gửi (mỗi nơi một dòng)"), 1)
        for field in (self._one("subject", _("Trích yếu")), self._addressees):
            card.add(field)
        body = Field(_("Nội dung"), self._body, "body", parent=self)
        self._body.edit.refused.connect(self._refused)
        self._own.append(body)
        card.add(body, 1)
        self._column.addWidget(card, 1)
        foot = Card(_("Căn cứ, nơi nhận và người ký"), parent=self)
        foot.add(self._many("legal_bases", _("Căn cứ ban hành (mỗi căn cứ một dòng)"), 1))
        archive = self._pair(self._one("archive", _("Lưu")), self._one("drafter", _("Người soạn (ký hiệu)")))
        foot.add(self._many("recipients", _("Nơi nhận (mỗi nơi một dòng, không kể dòng Lưu)"), 2))
        foot.body.addLayout(archive)
        signer = [self._signer(1), self._signer(2)]
        foot.body.addLayout(signer[0])
        self._second = QWidget(self)
        signer[1].setContentsMargins(0, 0, 0, 0)
        self._second.setLayout(signer[1])
        foot.add(self._second)
        self._column.addWidget(foot)
        for part in (self.annexes, self.foot, self.heading):
            self._column.addWidget(part)
        self._order()

    def _order(self) -> None:
        """Let Tab go down the page; inputs were made in another order."""
        foot = ["legal_bases", "recipients", "archive", "drafter"]
        foot += [f"signers.{at}.{part}" for at in (1, 2) for part in ("authority", "name")]
        parts: list[QWidget] = [self._texts["subject"], self._texts["addressees"], self._body.edit]
        parts += [self._texts[name] for name in foot]
        for part in (self.annexes, self.foot, self.heading):
            inner: list[QWidget] = [*part.findChildren(QWidget)]
            parts += [one for one in inner if one.window() is self.window() and _is_reached(one)]
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _signer(self, at: int) -> QHBoxLayout:
        which = _(" (thứ hai)") if at == 2 else ""
        authority = self._many(f"signers.{at}.authority", _("Quyền hạn, chức vụ người ký") + which, 2)
        return self._pair(authority, self._one(f"signers.{at}.name", _("Họ tên người ký") + which))

    def _one(self, name: str, text: str) -> Field:
        return self._field(name, text, LineEdit(parent=self))

    def _many(self, name: str, text: str, rows: int) -> Field:
        edit = TextEdit(rows=rows, parent=self)
        edit.setFixedHeight(edit.sizeHint().height() if rows > 1 else 46)
        return self._field(name, text, edit)

    def _field(self, name: str, text: str, edit: LineEdit | TextEdit) -> Field:
        self._texts[name] = edit
        made = Field(text, edit, name, parent=self)
        self._own.append(made)
        return made

    @staticmethod
    def _pair(left: Field, right: Field) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in (left, right):
            box = QVBoxLayout()
            box.addWidget(field)
            box.addStretch(1)
            row.addLayout(box, 1)
        return row

    def _watch(self, edit: QWidget) -> None:
        if self.foot.isAncestorOf(edit):
            return
        if isinstance(edit, QLineEdit | QPlainTextEdit):
            edit.textChanged.connect(self._changed)
        elif isinstance(edit, QComboBox):
            edit.currentIndexChanged.connect(self._changed)

    @Slot(object)
    def _refused(self, sentence: str) -> None:
        body = next(field for field in self.fields if field.name == "body")
        body.set_error(_("{field}: {sentence}").format(field=LIMITS["body"].label, sentence=sentence))

    @Slot(object)
    def _annex_made(self, box: EditorBox) -> None:
        self._pointing.watch(box.edit)
        box.insert_wanted.connect(self.insert_wanted)
        self.boxed.emit(box)

    @Slot()
    def _changed(self) -> None:
        if not self._filling:
            self._pointing.name(self.editors())
            self.edited.emit()

    @Slot()
    def _kind_picked(self) -> None:
        self._show_kind()
        if not self._filling:
            self.kind_chosen.emit(self.heading.kind.value())

    def _show_kind(self) -> None:
        kind = self.heading.kind.value()
        self._addressees.setVisible(kind in ADDRESSED)
        self._second.setVisible(kind is LetterKind.BIEN_BAN)

    def set_letter(self, letter: Letter) -> None:
        """Fill the form; the cursor and the undo history start anew."""
        values: dict[str, object] = {
            "subject": letter.subject,
            "addressees": "\n".join(letter.addressees),
            "legal_bases": "\n".join(letter.legal_bases),
            "recipients": "\n".join(letter.recipients),
            "archive": letter.archive,
            "drafter": letter.drafter,
            "body": letter.body.strip("\n"),
            "annexes": annexes.values_of(letter.annexes),
            "contact": footline.values_of(letter.contact),
        }
        for at in (1, 2):
            signer = letter.signers[at - 1] if len(letter.signers) >= at else Signer()
            values[f"signers.{at}.authority"] = "\n".join(signer.authority)
            values[f"signers.{at}.name"] = signer.name
        self._base = letter
        self.set_values(values | self.heading.values_of(letter))

    def fill_in(self, letter: Letter) -> None:
        """Fill what is still empty; what was typed stays."""
        typed = self.values()
        self.set_letter(letter)
        offered = self.values()
        kept = {name: typed[name] or offered[name] for name in typed}
        if not any(self._typed_foot(typed)):
            kept["contact"] = offered["contact"]
        if kept != offered:
            self.set_values(kept)

    def letter(self) -> Letter:
        """Give the letter as typed; raises UserError when a number cannot be read."""
        count = 2 if self.heading.kind.value() is LetterKind.BIEN_BAN else 1
        made = replace(
            self._base,
            subject=self._line("subject"),
            addressees=self._items("addressees") if not self._addressees.isHidden() else (),
            legal_bases=self._items("legal_bases"),
            recipients=self._items("recipients"),
            archive=bare(self._line("archive")),
            drafter=self._line("drafter"),
            body=self.text.text(),
            signers=tuple(self._signer_typed(at) for at in range(1, count + 1)),
            annexes=self.annexes.annexes(),
            contact=self.foot.contact(),
        )
        return self.heading.applied(made)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed, for the draft."""
        typed: dict[str, object] = {name: raw(edit) for name, edit in self._texts.items()}
        typed["body"] = self.text.text()
        typed |= {"annexes": self.annexes.values(), "contact": self.foot.values()}
        return typed | self.heading.values()

    def set_values(self, values: Mapping[str, object]) -> None:
        """Fill the form with what was typed before."""
        self._filling = True
        for name, edit in self._texts.items():
            fill(edit, str(values.get(name, "")))
        fill(self.text, str(values.get("body", "")))
        self.annexes.set_values(annexes_in(values, self._base))
        contact = values.get("contact")
        self.foot.set_values(
            contact if isinstance(contact, Mapping) else footline.values_of(self._base.contact)
        )
        self.heading.set_values(values)
        self._show_kind()
        self._pointing.name(self.editors())
        self._filling = False
        self.show_problem(None)

    def set_frozen(self, frozen: bool) -> None:
        """Let everything be read and nothing be changed."""
        for edit in self._texts.values():
            edit.setReadOnly(frozen)
        self._body.set_frozen(frozen)
        self.annexes.set_frozen(frozen)
        self.foot.set_frozen(frozen)
        self.heading.set_frozen(frozen)

    def show_problem(self, error: UserError | None, *, focus: bool = False) -> bool:
        """Say at its field what cannot be taken; False when no field has that name."""
        if error is not None and error.field is None:
            error = UserError(
                error.code, field=self._holding(str(error.params.get("mark", ""))), **error.params
            )
        found = show_error(self.fields, error, focus=False)
        for card in (self.heading, self.foot):
            if found and any(field.error() for field in card.fields):
                card.open()
        if found and focus:
            next(field for field in self.fields if field.error()).focus()
        return found

    @staticmethod
    def _typed_foot(typed: Mapping[str, object]) -> list[object]:
        contact = typed.get("contact")
        return [value for value in contact.values() if value] if isinstance(contact, Mapping) else []

    def _holding(self, mark: str) -> str | None:
        """Give the first field in which a mark stands that cannot be printed."""
        held = flat(self.values()) if mark else ()
        return next((name for name, typed in held if mark in typed), None)

    @property
    def agency_name(self) -> str:
        """The agency's name as it stands in sentences."""
        return self._base.agency_name or self._base.agency

    def put_below_text(self, part: QWidget) -> None:
        """Put something right below the card of the text."""
        self._column.insertWidget(1, part)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._texts["subject"].setFocus()

    @property
    def text(self) -> RichEdit:
        """The text itself."""
        return self._body.edit

    def text_edit(self, name: str) -> LineEdit | TextEdit:
        """Give the input of a field by its name in a letter file."""
        return self._texts[name]

    def _line(self, name: str) -> str:
        return nfc(raw(self._texts[name])).strip()

    def _items(self, name: str) -> tuple[str, ...]:
        typed = nfc(raw(self._texts[name])).split("\n")
        return tuple(bare(item) for item in typed if item.strip())

    def _signer_typed(self, at: int) -> Signer:
        return Signer(self._items(f"signers.{at}.authority"), self._line(f"signers.{at}.name"))


def _is_reached(input_: QWidget) -> bool:
    return bool(input_.focusPolicy() & Qt.FocusPolicy.TabFocus)
