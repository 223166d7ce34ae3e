"""Approval with the leader's own changes: what is said before it, and the one transaction that does both."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.compare import Run, RunKind, changes, compare_letters
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper
from spokesdesk.gui.papers.saving import Edited, PaperSaving
from spokesdesk.services import drafts
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk

AFTER: dict[Move, str] = {
    Move.CORRECT: _(
        "Văn bản này giữ nguyên số và nội dung, được ghi là đã đính chính. Văn bản sửa được soạn sẵn để trình duyệt."
    ),
    Move.WITHDRAW: _(
        "Văn bản này giữ nguyên số và nội dung, được ghi là đã thu hồi ở mọi nơi; trang trên cổng, nếu có, được gỡ."
    ),
}
# Longer texts are compared when asked for, not while a person waits for a panel.
SHOWN_AT_ONCE = 60_000
_CONTEXT, _SHOWN = 24, 3


@dataclass(frozen=True, slots=True)
class ApproveEdited:
    """Worker: save the text with the leader's changes and approve it, then forget its draft."""

    desk: Desk
    paper_id: UUID
    remark: str
    edited: Edited

    def __call__(self) -> tuple[Paper, Changes]:
        done = service.approve(
            self.desk,
            self.paper_id,
            self.remark,
            edited=self.edited.letter,
            expected_version=self.edited.version,
        )
        if self.edited.draft_id is not None:
            drafts.drop(self.desk, self.edited.draft_id)
        return done


def approval_sentence(saving: PaperSaving, *, is_own: bool) -> str:
    """Say what approving will do, with the leader's own changes word by word."""
    parts = [_changed(saving), _("Sau khi duyệt, nội dung không sửa được nữa.")]
    if is_own:
        parts = [
            parts[0],
            _(
                "Anh/chị vừa soạn vừa duyệt văn bản này. Việc tự duyệt được ghi lại để lãnh đạo khác xem lại sau."
            ),
        ]
    return "\n".join(part for part in parts if part)


def _changed(saving: PaperSaving) -> str:
    try:
        edited = saving.edited()
    except UserError:
        return ""
    if edited is None or saving.paper is None:
        return ""
    general = _("Nội dung anh/chị vừa sửa được lưu thành bản mới, ghi tên anh/chị, và duyệt cùng lúc.")
    before = saving.paper.letter
    if max(len(before.body), len(edited.letter.body)) > SHOWN_AT_ONCE:
        return general
    found = compare_letters(before, edited.letter)
    count = sum(changes(change.runs) for change in found)
    if not count:
        return ""
    words = [text for change in found for text in _replaced(change.runs)]
    shown = "; ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
    return _("Anh/chị đã sửa {n} chỗ: {words}. {general}").format(n=count, words=shown, general=general)


def _replaced(runs: tuple[Run, ...]) -> list[str]:
    """Give each change as ``“cũ” → “mới”``."""
    found: list[str] = []
    removed = ""
    for run in (*runs, Run(RunKind.SAME, "")):
        if run.kind is RunKind.REMOVED:
            removed = _cut(run.text)
        elif run.kind is RunKind.ADDED:
            found.append(
                f"“{removed}” → “{_cut(run.text)}”"
                if removed
                else _("thêm “{text}”").format(text=_cut(run.text))
            )
            removed = ""
        elif removed:
            found.append(_("bỏ “{text}”").format(text=removed))
            removed = ""
    return found


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CONTEXT else f"{flat[: _CONTEXT - 1]}…"
