"""Records written down twice: find them, make one of two, take it back.

Entries of the journal keep the id they were written with; the merged record leads to the one that stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain import merging as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.duplicates import Likely, Twin, pair_of, twins
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.merging import Merge, Take
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.services.ports import Desk, Unit

Record = Journalist | Outlet


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two records, field by field: name, the kept one's value, the other's, whose is proposed."""

    kept: Record
    other: Record
    fields: tuple[tuple[str, object, object, Take], ...]


def duplicates(desk: Desk, kind: str, record: UUID | None = None) -> tuple[Likely, ...]:
    """Give pairs that look like one; of one record when ``record`` is given.

    Args:
        kind: journalist or outlet.
    """
    with desk.read() as unit:
        return tuple(
            Likely(_record(unit, kind, item.one), _record(unit, kind, item.other), item.reasons)
            for item in _twins(unit, kind, record)
        )


def count_duplicates(desk: Desk, kind: str) -> int:
    """Count the pairs that look like one, at most 200."""
    with desk.read() as unit:
        return len(_twins(unit, kind, None))


def _twins(unit: Unit, kind: str, record: UUID | None) -> list[Twin]:
    found = twins(unit.merges.sketches(kind, record), unit.merges.apart())
    return [item for item in found if record is None or record in (item.one, item.other)]


def side_by_side(desk: Desk, kind: str, kept: UUID, other: UUID) -> SideBySide:
    """Give two records to choose between, field by field; raises UserError when there is no such pair."""
    with desk.read() as unit:
        one, two = _record(unit, kind, kept), _record(unit, kind, other)
    if one.id == two.id:
        raise UserError("merge_same", field="other")
    pairs = [(name, getattr(one, name), getattr(two, name)) for name in rules.fields_of(one)]
    return SideBySide(
        one, two, tuple((name, mine, its, rules.usual_take(name, mine, its)) for name, mine, its in pairs)
    )


def merge(
    desk: Desk, kind: str, kept: UUID, other: UUID, takes: Mapping[str, Take] | None = None
) -> tuple[Merge, Changes]:
    """Make one record of two; everything that passed with either is then on one timeline.

    Args:
        kind: journalist or outlet.
        kept: the record whose id stays.
        other: the record that becomes part of it.
        takes: field → whose value; fields left out take the proposed one.

    Raises:
        UserError: ``merge_same``, ``merge_field``, ``record_missing``.
    """
    with desk.write() as unit:
        one, two = _record(unit, kind, kept), _record(unit, kind, other)
        new = rules.merged(one, two, takes or {})
        made = Merge(
            id=desk.new_id(),
            kind=kind,
            kept=one.ref,
            merged=two.ref,
            before=rules.values_of(one),
            after=rules.values_of(new),
            at=desk.now(),
            by=desk.member.ref,
            followers=unit.merges.followers(kind, two.id),
        )
        unit.merges.add(made)
        _save(unit, new)
    return made, _changes(made)


def unmerge(desk: Desk, merge_id: UUID) -> tuple[Merge, Changes]:
    """Take a merge back: both records stand as before; what was changed since the merge stays.

    Raises:
        ConflictError: ``merge_undone``; ``merge_later`` when the kept one was merged on since.
    """
    with desk.write() as unit:
        made = unit.merges.get(merge_id)
        if made.undone_at is not None:
            raise ConflictError("merge_undone")
        if unit.merges.kept_id(made.kind, made.kept.id) != made.kept.id:
            raise ConflictError("merge_later", name=_record(unit, made.kind, made.kept.id).name)
        now = _record(unit, made.kind, made.kept.id)
        unit.merges.undo(made, desk.now(), desk.member.name)
        _save(unit, rules.taken_back(now, made))
        # Saved as it is, so that it is found again.
        _save(unit, _record(unit, made.kind, made.merged.id))
        undone = unit.merges.get(merge_id)
    return undone, _changes(made)


def merges_of(desk: Desk, record: UUID) -> tuple[Merge, ...]:
    """Give the merges that hold and took part in making this record, the newest first."""
    with desk.read() as unit:
        return tuple(item for item in unit.merges.of(record) if item.undone_at is None)


def merges(desk: Desk) -> tuple[Merge, ...]:
    """Give every merge that holds, the newest first."""
    with desk.read() as unit:
        return unit.merges.all()


def keep_apart(desk: Desk, kind: str, one: UUID, other: UUID) -> Changes:
    """Note that two records are not the same; the desk does not propose them again."""
    with desk.write() as unit:
        unit.merges.keep_apart(pair_of(one, other), desk.now(), desk.member.ref)
    return (Change(kind, one), Change(kind, other))


def ask_again(desk: Desk, kind: str, one: UUID, other: UUID) -> Changes:
    """Take ``keep_apart`` back."""
    with desk.write() as unit:
        unit.merges.ask_again(pair_of(one, other))
    return (Change(kind, one), Change(kind, other))


def _record(unit: Unit, kind: str, record: UUID) -> Record:
    return unit.people.outlet(record) if kind == "outlet" else unit.people.journalist(record)


def _save(unit: Unit, record: Record) -> None:
    if isinstance(record, Outlet):
        unit.people.save_outlet(record)
    else:
        unit.people.save_journalist(record)


def _changes(made: Merge) -> Changes:
    return (Change(made.kind, made.kept.id), Change(made.kind, made.merged.id))
