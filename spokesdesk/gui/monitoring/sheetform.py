"""The sheet of a false post: the post, the fact, where the fact was published; saved, printed, written to PDF."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.false_posts import FalsePost, FalsePostDraft
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.fields import DateEdit, Field, LineEdit, TextEdit
from spokesdesk.services import false_posts as service
from spokesdesk.services.ports import Desk

FORM = "falsepost"
_TEXTS = ("network", "poster", "post", "fact", "proof", "published", "reported")


class SheetForm(RecordForm):
    """The sheet of one item."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.item_id: UUID | None = None
        self.edits: dict[str, LineEdit | TextEdit] = {
            "network": LineEdit(_("Facebook, TikTok, Zalo: tên trang, nhóm"), self),
            "poster": LineEdit(parent=self),
            "post": TextEdit("", 4, self),
            "fact": TextEdit("", 4, self),
            "proof": TextEdit("", 2, self),
            "published": TextEdit(_("thông cáo số…, bài trên Cổng thông tin…"), 2, self),
            "reported": TextEdit(_("nền tảng, cơ quan đã được báo"), 2, self),
        }
        self.published_on = DateEdit("published_on", self)
        self.fields: list[Field] = []
        self._build()
        self.auto = Autosave(context, FORM, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))

    def desk_ready(self, desk: Desk) -> None:
        """Keep what was typed before."""
        self.auto.desk_ready(self.has_text and self.item_id is not None)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""

    @property
    def has_text(self) -> bool:
        """Whether a sheet is being written."""
        return self.item_id is not None and any(edit.text().strip() for edit in self.edits.values())

    def begin(self) -> None:
        """The cursor goes to the fact: the post is known."""
        self.edits["fact"].setFocus()

    def open(self, item_id: UUID) -> None:
        """Show the sheet of an item as it was saved last, or what the item says of the post."""
        desk = self._context.desk()
        if desk is not None:
            take = partial(self._take, item_id)
            self._context.courier.run(
                partial(service.proposed, desk, item_id), owner=self, ok=take, lane="read"
            )

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        typed: dict[str, object] = {name: edit.text() for name, edit in self.edits.items()}
        return typed | {"published_on": self.published_on.text(), "item": str(self.item_id or "")}

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.item_id = UUID(str(values["item"]))
        self._fill({name: str(values.get(name, "")) for name in _TEXTS}, str(values.get("published_on", "")))
        self.auto.start_new(f"{FORM}:{self.item_id}")
        self.auto.resume(draft_id)
        self.begin()

    def writing(self, desk: Desk) -> Callable[[], tuple[FalsePost, Changes]] | None:
        """Give what writes the sheet; raises UserError naming ``published_on``."""
        if self.item_id is None:
            return None
        typed = self.published_on.text().strip()
        on = parse_date(typed, field="published_on") if typed else None
        draft = FalsePostDraft(published_on=on, **{name: edit.text() for name, edit in self.edits.items()})
        return partial(service.save, desk, self.item_id, draft, self.auto.draft_id)

    @Slot()
    def print_sheet(self) -> None:
        """Print the sheet as it was saved last."""
        desk = self._context.desk()
        if desk is not None and self.item_id is not None:
            run = partial(service.print_sheet, desk, self.item_id)
            self._context.courier.run(run, owner=self, ok=self._printed, fail=self._failed, lane="work")

    @Slot()
    def write_pdf(self) -> None:
        """Ask where the PDF of the sheet goes."""
        ask_pdf(self, _("Lưu phiếu"), "phieu-tin-gia.pdf", self._write)

    def _write(self, path: str) -> None:
        desk = self._context.desk()
        if desk is not None and self.item_id is not None:
            run = partial(service.export, desk, self.item_id, Path(path))
            self._context.courier.run(run, owner=self, ok=self._exported, fail=self._failed, lane="work")

    def _exported(self, path: Path) -> None:
        self._context.toast(_("Đã ghi phiếu ra {name}.").format(name=path.name))

    def _printed(self, _job: str) -> None:
        self._context.toast(_("Đã gửi phiếu ra máy in."))

    def _take(self, item_id: UUID, draft: FalsePostDraft) -> None:
        self.item_id = item_id
        on = f"{draft.published_on:%d/%m/%Y}" if draft.published_on else ""
        self._fill({name: str(getattr(draft, name)) for name in _TEXTS}, on)
        self.auto.start_new(f"{FORM}:{item_id}")
        show_error(self.fields, None)
        self.begin()

    def _fill(self, texts: Mapping[str, str], on: str) -> None:
        self.auto.set_quiet(True)
        for name, edit in self.edits.items():
            edit.set_text(texts[name]) if isinstance(edit, TextEdit) else edit.setText(texts[name])
        self.published_on.setText(on)
        self.auto.set_quiet(False)

    def _written(self, answer: tuple[FalsePost, Changes]) -> None:
        # The sheet stays: it is printed next.
        self.auto.start_new(f"{FORM}:{answer[0].item_id}")
        show_error(self.fields, None)
        self._context.saved("saved")
        self.kept.emit(answer[0])

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _empty(self) -> None:
        self.item_id = None

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(_("‹ Tin mới"), self.left.emit, self))
        header = PageHeader(_("Phiếu xử lý tin giả"), "", self)
        header.add_button(Button(_("Lưu PDF"), self.write_pdf, parent=self))
        header.add_button(Button(_("In phiếu"), self.print_sheet, "Ctrl+P", self, bind=False))
        header.add_button(PrimaryButton(_("Lưu phiếu"), self.save, "Ctrl+S", self, bind=False))
        top.addWidget(header, 1)
        column.addLayout(top)
        post, fact, out = Card(_("Bài đăng"), parent=self), Card(_("Sự thật"), parent=self), Card(parent=self)
        out.set_title(_("Công bố"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field(_("Nền tảng, trang, nhóm"), "network"), 1)
        row.addWidget(self._field(_("Tài khoản đăng"), "poster"), 1)
        post.body.addLayout(row)
        post.add(self._field(_("Nội dung bài đăng"), "post"))
        fact.add(self._field(_("Nội dung đúng"), "fact"))
        fact.add(self._field(_("Tài liệu chứng minh"), "proof"))
        out.add(self._field(_("Nơi công bố thông tin đúng"), "published"))
        on = Field(_("Ngày công bố"), self.published_on, "published_on", parent=self)
        self.fields.append(on)
        out.add(on)
        out.add(self._field(_("Đã báo cho"), "reported"))
        column.addWidget(scrolled([post, fact, out], self), 1)

    def _field(self, text: str, name: str) -> Field:
        made = Field(text, self.edits[name], name, parent=self)
        self.fields.append(made)
        return made
