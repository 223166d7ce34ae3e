"""The card that adds evidence: drop first, say more before or later; typed items beside it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.evidence import NAME_LIMIT, TESTIMONY_LIMIT, URL_LIMIT, Evidence, Taken, visible_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.cases.coming import Coming
from spokesdesk.gui.cases.dropping import EvidenceDrop
from spokesdesk.gui.cases.refused import Refused, RefusedFiles
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import (
    Button,
    Card,
    LinkButton,
    PrimaryButton,
    label,
)
from spokesdesk.gui.widgets.drop import Progress
from spokesdesk.gui.widgets.fields import Field, LineEdit, TextEdit
from spokesdesk.services import evidence as service
from spokesdesk.services.ports import Desk

FORM = "case:add"
Added = tuple[Evidence, Changes]


class AddCard(Card):
    """Adds items to the case that is shown.

    Emits:
        added: the ``Evidence`` that was written.
    """

    added = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Thêm chứng cứ"), parent=parent)
        self._context = context
        self._case_id: UUID | None = None
        self._waiting = 0
        self.drop = EvidenceDrop(context.theme, self)
        self.taken_at = LineEdit(_("14:30 20/11/2026"), self)
        self.taken_by = LineEdit(_("bảo vệ Lê Văn A, camera cổng…"), self)
        self.note = LineEdit(_("biển số xe, lời đe dọa…"), self)
        self.url = LineEdit("https://", self)
        self.text = TextEdit(_("Lời trình bày, hoặc điều đã thấy ở địa chỉ trên"), 3, self)
        self.reason = LineEdit(_("vì sao phải giữ ảnh giấy tờ này"), self)
        self.fields = [
            Field(_("Ghi nhận lúc"), self.taken_at, "taken_at", parent=self),
            Field(_("Theo lời (hoặc theo máy nào)"), self.taken_by, "taken_by", parent=self),
            Field(_("Cho thấy điều gì"), self.note, "note", parent=self),
            Field(_("Địa chỉ trang (nếu có)"), self.url, "url", parent=self),
            Field(_("Lời trình bày"), self.text, "testimony", parent=self),
            Field(_("Lý do giữ ảnh giấy tờ"), self.reason, "card_reason", parent=self),
        ]
        self._build()
        self.auto = Autosave(context, FORM, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))
        self.drop.files_given.connect(self._files)
        self.drop.picture_given.connect(self._picture)
        self.drop.refused.connect(self._context.status)

    def show_case(self, case_id: UUID | None, *, is_open: bool) -> None:
        """Add to this case from now on; a closed one takes nothing."""
        if case_id != self._case_id:
            self.flush()
            self._case_id = case_id
            self.refused.clear()
            self._fill({})
        self.setVisible(is_open and case_id is not None)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        edits = {"taken_at": self.taken_at, "taken_by": self.taken_by, "note": self.note, "url": self.url}
        return {**{name: edit.text() for name, edit in edits.items()}, "testimony": self.text.text()}

    @property
    def has_text(self) -> bool:
        """Whether something typed was not added."""
        return any(str(value).strip() for value in self.values().values())

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self._fill(values)
        self.auto.resume(draft_id)
        self._typed.setVisible(bool(values.get("url") or values.get("testimony")))

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.has_text:
            self.auto.flush()

    @Slot()
    def open_typed(self) -> None:
        """Open the fields for a web address or a testimony."""
        self._typed.show()
        self.text.setFocus()

    @Slot()
    def add_typed(self) -> None:
        """Write the testimony, or the address with what was seen there."""
        commit_typing()
        desk, case_id = self._context.desk(), self._case_id
        taken = self._taken()
        if desk is None or case_id is None or taken is None:
            return
        if self.url.text().strip():
            work = partial(service.add_web, desk, case_id, self.url.text(), self.text.text(), taken)
        else:
            work = partial(service.add_testimony, desk, case_id, self.text.text(), taken)
        self._run(work, self._typed_failed, _("lời trình bày"))

    def _files(self, paths: tuple[Path, ...]) -> None:
        desk, case_id, taken = self._context.desk(), self._case_id, self._taken()
        if desk is None or case_id is None or taken is None:
            return
        for path in paths:
            self._file(desk, case_id, path, taken)

    def _file(self, desk: Desk, case_id: UUID, path: Path, taken: Taken, *, looked: bool = False) -> None:
        progress = Progress()
        self.coming.add(visible_name(path.name), progress)
        work = partial(_add_file, desk, case_id, path, taken, progress, looked=looked)
        self._run(work, partial(self._file_failed, path), visible_name(path.name), progress)

    def _picture(self, data: bytes, of_screen: bool) -> None:
        desk, case_id, taken = self._context.desk(), self._case_id, self._taken()
        if desk is None or case_id is None or taken is None:
            return
        moment = f"{to_vn(desk.now()):%Y%m%d-%H%M%S}"
        name = f"{'man-hinh' if of_screen else 'anh-dan'}-{moment}.png"
        if of_screen and taken.at is None:
            taken = Taken(desk.now(), _("máy của cơ quan"), taken.note)
        self._run(partial(service.add_picture, desk, case_id, data, name, taken), self._typed_failed, name)

    def _taken(self) -> Taken | None:
        """Give what is said of the item; None, said at the field, when the time cannot be read."""
        desk, typed = self._context.desk(), self.taken_at.text().strip()
        try:
            at = parse_time(typed, now=desk.now() if desk else None, field="taken_at") if typed else None
        except UserError as error:
            show_error(self.fields, error)
            return None
        show_error(self.fields, None)
        by = self.taken_by.text()
        return Taken(at, by, self.note.text())

    def _run(
        self,
        work: Callable[[], Added],
        fail: Callable[[DeskError], object],
        name: str,
        progress: Progress | None = None,
    ) -> None:
        self._waiting += 1
        self.set_note(_("đang cất…"))
        self._context.courier.run(
            work,
            owner=self,
            ok=self._kept,
            fail=fail,
            always=partial(self._came_home, progress),
            lane="work",
            label=_("Đang cất chứng cứ {name}").format(name=name),
        )

    def _came_home(self, progress: Progress | None) -> None:
        self._waiting -= 1
        if progress is not None:
            self.coming.forget(progress)
        if not self._waiting:
            self.set_note("")

    def _kept(self, answer: Added) -> None:
        item = answer[0]
        if item.text or item.url:
            self.text.set_text("")
            self.url.clear()
            self._typed.hide()
        if not self._waiting:
            self._fill({})
            self.auto.discard()
        self.added.emit(item)

    def _typed_failed(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self._context.status(word(error))

    def _file_failed(self, path: Path, error: DeskError) -> None:
        if error.code == "attachment_stopped":
            return
        if show_error(self.fields[:3], error):
            return
        is_card = error.code == "evidence_identity_card"
        again = path if is_card or error.code == "attachment_unread" else None
        self.refused.add(Refused(visible_name(path.name), word(error), again, is_card=is_card))

    def _keep_anyway(self, one: Refused) -> None:
        """Take a file that somebody has looked into, or what looks like an identity card for the reason typed."""
        desk, case_id, taken = self._context.desk(), self._case_id, self._taken()
        if desk is None or case_id is None or taken is None or one.path is None:
            return
        reason = self.reason.text().strip() if one.is_card else ""
        if one.is_card and not reason:
            show_error(self.fields, UserError("text_required", field="card_reason"))
            return
        self.refused.forget(one)
        taken = Taken(taken.at, taken.by, taken.note, reason)
        self._file(desk, case_id, one.path, taken, looked=True)

    def _fill(self, values: Mapping[str, object]) -> None:
        self.auto.set_quiet(True)
        edits = {"taken_at": self.taken_at, "taken_by": self.taken_by, "note": self.note, "url": self.url}
        for name, edit in edits.items():
            edit.setText(str(values.get(name, "")))
        self.text.set_text(str(values.get("testimony", "")))
        self.reason.clear()
        self.auto.set_quiet(False)
        self.auto.start_new(f"{FORM}:{self._case_id}" if self._case_id else FORM)
        show_error(self.fields, None)

    def _build(self) -> None:
        self.add(self.drop)
        law = _(
            "Không chụp, không giữ ảnh căn cước công dân: đó là dữ liệu cá nhân nhạy cảm "
            "(Nghị định 356/2025/NĐ-CP, Điều 4). Chữ trong ảnh, ghi âm, ghi hình không đọc được: "
            "tự xem có dấu mật không."
        )
        self.add(label(law, "small", self, wrap=True))
        grid = FieldGrid(3, 150, self)
        grid.show_cells([(field, 1) for field in self.fields[:3]])
        self.add(grid)
        more = QHBoxLayout()
        more.addWidget(LinkButton(_("Ghi lời trình bày hoặc địa chỉ trang"), self.open_typed, self))
        more.addStretch(1)
        self.body.addLayout(more)
        self._typed = QWidget(self)
        column = QVBoxLayout(self._typed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for field in self.fields[3:5]:
            column.addWidget(field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self._typed.hide, parent=self._typed))
        row.addWidget(PrimaryButton(_("Thêm vào hồ sơ"), self.add_typed, parent=self._typed))
        column.addLayout(row)
        self._typed.hide()
        self.add(self._typed)
        self.coming = Coming(self)
        self.add(self.coming)
        self.refused = RefusedFiles(self.fields[5], self)
        self.refused.kept_anyway.connect(self._keep_anyway)
        self.add(self.refused)
        limits = (NAME_LIMIT, NAME_LIMIT, 2_000, URL_LIMIT, TESTIMONY_LIMIT, NAME_LIMIT)
        for field, limit in zip(self.fields, limits, strict=True):
            LengthWatch(field, limit)
            # A file dropped on a field is evidence, not its path as text.
            field.edit.setAcceptDrops(False)


def _add_file(
    desk: Desk, case_id: UUID, path: Path, taken: Taken, progress: Progress, *, looked: bool
) -> Added:
    """Worker: take a file."""
    with suppress(OSError):
        progress.size = path.stat().st_size
    return service.add_file(desk, case_id, path, taken, told=progress.told, looked=looked)
