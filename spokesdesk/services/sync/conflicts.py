"""Conflicts: what two people wrote without knowing of each other, and deciding which holds."""

from dataclasses import replace
from uuid import UUID

from spokesdesk.domain import conflict_words
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.sync import SyncConflict
from spokesdesk.services.sync.merged import save_text
from spokesdesk.typeset.letter_file import read_letter, write_letter

CURRENT, MINE = "current", "mine"


def conflicts(desk: Desk, *, open_only: bool = True) -> tuple[SyncConflict, ...]:
    """Give the conflicts, the latest first."""
    with desk.read() as unit:
        return unit.replicas.conflicts(open_only=open_only)


def settle(desk: Desk, conflict_id: UUID, pick: str, text: str | None = None) -> tuple[SyncConflict, Changes]:
    """Decide a conflict; the decision is an operation of its own and goes to every desk.

    Args:
        pick: ``current``: what holds now stays; ``mine``: what the other one typed; ``text``: a third version.
        text: the third version, for ``text``.

    Returns:
        The conflict as it was, and what changed.

    Raises:
        ConflictError: ``conflict_settled``: somebody else decided it.
        UserError: ``record_missing``; ``choice_unknown``; ``value_form``: a third version that is no value of the
            field.
    """
    with desk.write() as unit:
        found = next((one for one in unit.replicas.conflicts(open_only=False) if one.id == conflict_id), None)
        if found is None:
            raise UserError("record_missing", field="id", id=conflict_id)
        if found.state != "open":
            raise ConflictError("conflict_settled")
        value = _chosen(found, pick, text)
        # What was typed here since is on its way before the decision is.
        unit.replicas.gather(desk.now(), str(desk.member.id), desk.new_id)
        unit.replicas.settle(found, value, desk.now(), str(desk.member.id), desk.new_id)
        # What is read off a text is decided by saving the text as the next version.
        fields = {found.field: value}
        save_text(desk, unit, found.entity, found.record, fields, str(desk.member.id))
    kind = found.subject[0] if found.subject else found.entity
    return found, (Change("sync"), Change(kind, found.subject[1] if found.subject else None))


def _chosen(found: SyncConflict, pick: str, text: str | None) -> object:
    if pick == CURRENT:
        return found.current
    if pick == MINE:
        return found.mine
    if pick != "text" or text is None:
        raise UserError("choice_unknown", field="pick", value=pick)
    if _is_body_alone(found):
        return write_letter(replace(read_letter(str(found.current)), body=text))
    if found.is_text or isinstance(found.current, str) or isinstance(found.mine, str):
        return text
    return conflict_words.meant(found.field, text, found.current, found.mine)


def readable(found: SyncConflict) -> tuple[str, str, str]:
    """Give what was before, what holds and what the other one wrote, as words to read.

    Of a letter only its body, where nothing else of it is in question.
    """
    values = (found.base, found.current, found.mine)
    if _is_body_alone(found):
        letters = [read_letter(str(value)).body if value else "" for value in values]
        return letters[0], letters[1], letters[2]
    base, current, mine = (
        conflict_words.told(found.field, value, found.current, found.mine) for value in values
    )
    return base, current, mine


def _is_body_alone(found: SyncConflict) -> bool:
    if found.field != "letter" or not (found.current and found.mine):
        return False
    current, mine = read_letter(str(found.current)), read_letter(str(found.mine))
    return replace(current, body=mine.body) == mine


def differing(one: str, other: str, around: int = 60) -> tuple[str, str]:
    """Give two texts from shortly before they begin to differ until shortly after they end to."""
    if len(one) <= 2 * around and len(other) <= 2 * around:
        return one, other
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    tail = zip(reversed(one[start:]), reversed(other[start:]), strict=False)
    same = next((at for at, pair in enumerate(tail) if pair[0] != pair[1]), 0)
    cut = [_cut(text, start - around, len(text) - same + around) for text in (one, other)]
    return cut[0], cut[1]


def _cut(text: str, start: int, end: int) -> str:
    start, end = max(0, start), min(len(text), end)
    part = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{part}{'…' if end < len(text) else ''}"
