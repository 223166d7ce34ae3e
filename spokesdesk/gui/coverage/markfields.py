"""The fields of a claim: quote, verdict, fact, what is asked, proof in words, files, papers, addresses, ground."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.claims import ask_words
from spokesdesk.domain.coverage import Ask, Claim, Verdict
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import nfc
from spokesdesk.gui.claims import VERDICTS
from spokesdesk.gui.coverage.proofs import PaperPicker
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, TextEdit
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk

TEXTS = ("quote", "fact", "proof", "ground", "links")


class AskBoxes(QWidget):
    """What is asked of the outlet about one claim: any of three."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.boxes = {ask: CheckBox(words, self) for ask, words in ask_words().items()}
        for box in self.boxes.values():
            column.addWidget(box)
        self.setFocusProxy(self.boxes[Ask.CORRECTION])

    def asks(self) -> tuple[Ask, ...]:
        """Give what is ticked."""
        return tuple(ask for ask, box in self.boxes.items() if box.isChecked())

    def set_asks(self, asks: tuple[Ask, ...]) -> None:
        """Tick these."""
        for ask, box in self.boxes.items():
            box.setChecked(ask in asks)


class MarkFields(QObject):
    """The fields of the panel in the order of the thought.

    Emits:
        changed: None, a file or a paper came or went.
    """

    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._start: int | None = None
        choices = [(verdict, words) for verdict, (words, _tone) in VERDICTS.items()]
        self.verdict: ComboBox[Verdict] = ComboBox(choices, parent)
        self.texts = {
            "quote": TextEdit(_("Câu chữ đúng như báo đã đăng"), 2, parent),
            "fact": TextEdit(_("Sự việc đúng là thế nào"), 3, parent),
            "proof": TextEdit(_("Công văn, biên bản, số liệu… chứng minh"), 2, parent),
            "links": TextEdit(_("https://… mỗi dòng một địa chỉ"), 1, parent),
            "ground": TextEdit(_("Để trống nếu công văn đã nêu căn cứ"), 1, parent),
        }
        for edit in self.texts.values():
            edit.setFixedHeight(max(edit.sizeHint().height(), 46))
        self.asks, self.papers = AskBoxes(parent), PaperPicker(context, parent)
        self.files = DropArea(context.courier, context.theme, parent, narrow=True)
        self.files.changed.connect(self.changed)
        self.papers.changed.connect(self.changed)
        edits: tuple[tuple[str, str, QWidget], ...] = (
            ("quote", _("Nội dung báo nêu"), self.texts["quote"]),
            ("verdict", _("Đánh giá"), self.verdict),
            ("fact", _("Sự thật"), self.texts["fact"]),
            ("asks", _("Đề nghị"), self.asks),
            ("proof", _("Tài liệu chứng minh"), self.texts["proof"]),
            ("files", _("Tệp chứng cứ (giữ theo mã băm)"), self.files),
            ("papers", _("Văn bản của cơ quan làm chứng cứ"), self.papers),
            ("links", _("Nơi đã công bố sự thật"), self.texts["links"]),
            ("ground", _("Căn cứ"), self.texts["ground"]),
        )
        self.fields = [Field(label, edit, name, parent=parent) for name, label, edit in edits]

    def use(self, desk: Desk | None) -> None:
        """Keep files and offer papers of a desk."""
        self.papers.use(desk)
        self.files.keep_with(partial(journal.keep_file, desk) if desk is not None else None)

    @property
    def is_waiting(self) -> bool:
        """Whether a file is still on its way into the workspace."""
        return self.files.is_waiting

    @property
    def waiting_words(self) -> str:
        """What is to be done about them first."""
        return self.files.waiting_words

    def focus(self, name: str) -> None:
        """Put the cursor into a text."""
        self.texts[name].setFocus()

    def claim(self, claim_id: UUID) -> Claim:
        """Give the claim as typed."""
        typed = {name: nfc(self.texts[name].toPlainText()) for name in TEXTS}
        return Claim(
            claim_id,
            typed["quote"],
            typed["fact"],
            typed["proof"],
            typed["ground"],
            self.verdict.value(),
            self._start,
            self.asks.asks(),
            self.files.attachments(),
            self.papers.papers(),
            tuple(typed["links"].split("\n")),
        )

    def values(self) -> dict[str, object]:
        """Give what was typed as a draft keeps it (JSON-able)."""
        typed: dict[str, object] = {name: self.texts[name].toPlainText() for name in TEXTS}
        return typed | {
            "verdict": self.verdict.value().value,
            "start": self._start,
            "asks": [ask.value for ask in self.asks.asks()],
            "files": self.files.values(),
            "papers": [{"id": str(each.id), "name": each.name} for each in self.papers.papers()],
            "title": typed["quote"],
        }

    def values_of(self, claim: Claim) -> dict[str, object]:
        """Give a claim as a draft would keep it, to be worded anew."""
        files = [
            {"sha256": each.sha256, "name": each.name, "size": each.size, "kind": each.kind.value}
            for each in claim.files
        ]
        return {
            "quote": claim.quote,
            "fact": claim.fact,
            "proof": claim.proof,
            "ground": claim.ground,
            "links": "\n".join(claim.links),
            "verdict": claim.verdict.value,
            "start": claim.start,
            "asks": [ask.value for ask in claim.asks],
            "files": files,
            "papers": [{"id": str(each.id), "name": each.name} for each in claim.papers],
        }

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what was typed."""
        for name in TEXTS:
            self.texts[name].set_text(str(values.get(name, "")))
        self._start = values.get("start")
        self.verdict.set_value(Verdict(str(values.get("verdict", Verdict.FALSE.value))))
        self.asks.set_asks(tuple(Ask(each) for each in values.get("asks", (Ask.CORRECTION.value,))))
        self.papers.set_papers([Ref(UUID(each["id"]), each["name"]) for each in values.get("papers", ())])
        self.files.clear()
        self.files.restore(values.get("files", ()))
