"""Takes a table in, some rows at a time, so that the journal stays open to everybody meanwhile."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from uuid import UUID

from spokesdesk.domain import people as people_rules
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.imports import Act, ImportRow, ImportRun, Noun, OnSame, Parsed, RunState, Same
from spokesdesk.domain.journal import Channel, Contact
from spokesdesk.domain.people import Journalist, Outlet, Ref
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.services import journal
from spokesdesk.services.imports.check import Progress, faults_of, never, no_progress
from spokesdesk.services.imports.look import Plan, opened, parsed_rows
from spokesdesk.services.imports.matching import Book, book_of, id_of, same_as
from spokesdesk.services.imports.records import (
    made_journalist,
    made_outlet,
    renewed_journalist,
    renewed_outlet,
)
from spokesdesk.services.imports.undo import BATCH, BREATH_S, changes_of, take_back
from spokesdesk.services.ports import Desk, Unit


def run(
    desk: Desk, plan: Plan, *, progress: Progress = no_progress, is_cancelled: Callable[[], bool] = never
) -> tuple[ImportRun, Changes]:
    """Take the good rows of a table in; rows with faults stay out and are counted.

    Args:
        progress: told after each batch how many of how many rows were read.
        is_cancelled: asked before each batch; stopping takes back what was written.

    Returns:
        The run, DONE or CANCELLED, and what changed.

    Raises:
        UserError: the file cannot be read, or a required field has no column.
    """
    table = opened(desk, plan)
    noted = ImportRun(
        desk.new_id(),
        plan.noun,
        plan.path.name,
        table.table.sha256,
        RunState.RUNNING,
        desk.now(),
        desk.member.ref,
    )
    with desk.write() as unit:
        unit.imports.save(noted)
    with desk.read() as unit:
        writing = _Writing(desk, plan, noted, book_of(unit))
    try:
        for batch in _batches(parsed_rows(plan, table)):
            if is_cancelled():
                return take_back(desk, writing.noted, RunState.CANCELLED)
            with desk.write() as unit:
                for row in batch:
                    writing.take(unit, row)
                writing.note_all(unit)
            progress(batch[-1].line, table.table.total)
            time.sleep(BREATH_S)
    except BaseException:
        take_back(desk, writing.noted, RunState.CANCELLED)
        raise
    return _finished(desk, writing.noted)


def _finished(desk: Desk, noted: ImportRun) -> tuple[ImportRun, Changes]:
    done = replace(noted, state=RunState.DONE, finished_at=desk.now())
    with desk.write() as unit:
        unit.imports.save(done)
        unit.imports.note_move(desk.new_id(), done, desk.now(), desk.member.ref)
    return done, changes_of(done)


@dataclass(slots=True)
class _Writing:
    """One import on its way."""

    desk: Desk
    plan: Plan
    noted: ImportRun
    book: Book
    done: list[tuple[ImportRow, Mapping[str, object] | None]] = field(default_factory=list)

    def note_all(self, unit: Unit) -> None:
        """Write down what the rows of a batch did, in the transaction that did it."""
        unit.imports.note(self.noted.id, self.done)
        unit.imports.save(self.noted)
        self.done = []

    def take(self, unit: Unit, row: Parsed) -> None:
        """Write one row, or leave it out."""
        if faults_of(self.plan.noun, row, self.desk.now()):
            self._count(faulty=1)
            return
        same = same_as(unit, self.book, self.plan.noun, row)
        how = self.plan.chosen.get(row.line, self.plan.on_same)
        if self.plan.noun is Noun.CONTACT:
            self._contact(unit, row, same, how)
        elif same is None or how is OnSame.NEW:
            self._add(unit, row)
        elif how is OnSame.SKIP or id_of(same) is None:
            self._count(skipped=1)
        else:
            self._renew(unit, row, same, how)

    def _contact(self, unit: Unit, row: Parsed, same: Same | None, how: OnSame) -> None:
        # An entry is never changed: what was already noted is left out unless somebody wants it twice.
        if same is not None and how is not OnSame.NEW:
            self._count(skipped=1)
            return
        values = row.values
        outlet = self._outlet(unit, row.line, values.get("outlet", ""))
        who = self._person(unit, row.line, values.get("journalist", ""), outlet)
        entry = _entry(self.desk, values, outlet, who)
        unit.journal.add(entry)
        self._note(row.line, Noun.CONTACT, entry.id)

    def _add(self, unit: Unit, row: Parsed) -> None:
        if self.plan.noun is Noun.OUTLET:
            self._save_outlet(unit, row.line, made_outlet(self.desk.new_id(), row.values))
            return
        outlet = self._outlet(unit, row.line, row.values.get("outlet", ""))
        self._save_person(unit, row.line, made_journalist(self.desk.new_id(), row.values, outlet))

    def _renew(self, unit: Unit, row: Parsed, same: Same, how: OnSame) -> None:
        record = id_of(same)
        assert record is not None
        before = unit.imports.snapshot(self.plan.noun, record)
        if self.plan.noun is Noun.OUTLET:
            known: Outlet | Journalist = unit.people.outlet(record)
            assert isinstance(known, Outlet)
            newer: Outlet | Journalist = renewed_outlet(known, row.values, how)
        else:
            known = unit.people.journalist(record)
            outlet = self._outlet(unit, row.line, row.values.get("outlet", ""))
            newer = renewed_journalist(known, row.values, outlet, how)
        if newer == known:
            self._count(skipped=1)
            return
        if isinstance(newer, Outlet):
            unit.people.save_outlet(people_rules.checked_outlet(newer))
        else:
            unit.people.save_journalist(people_rules.checked_journalist(newer))
        self.done.append((ImportRow(row.line, self.plan.noun, record, Act.CHANGED), before))
        self._count(changed=1)

    def _outlet(self, unit: Unit, line: int, name: str) -> Ref | None:
        """Give the outlet a row names, made where it is not known yet."""
        if not name:
            return None
        return self.book.outlet_named(name) or self._save_outlet(
            unit, line, made_outlet(self.desk.new_id(), {"name": name})
        )

    def _person(self, unit: Unit, line: int, name: str, outlet: Ref | None) -> Ref | None:
        if not name:
            return None
        known = self.book.journalist_named(name, outlet)
        if known is not None:
            return known
        made = made_journalist(self.desk.new_id(), {"name": name}, outlet)
        self._save_person(unit, line, made)
        return made.ref

    def _save_outlet(self, unit: Unit, line: int, made: Outlet) -> Ref:
        unit.people.save_outlet(people_rules.checked_outlet(made))
        self.book.add_outlet(made)
        self._note(line, Noun.OUTLET, made.id)
        return made.ref

    def _save_person(self, unit: Unit, line: int, made: Journalist) -> None:
        unit.people.save_journalist(people_rules.checked_journalist(made))
        self.book.add_journalist(made)
        self._note(line, Noun.JOURNALIST, made.id)

    def _note(self, line: int, noun: Noun, record: UUID) -> None:
        self.done.append((ImportRow(line, noun, record, Act.MADE), None))
        if noun is self.plan.noun:
            self._count(made=1)

    def _count(self, **more: int) -> None:
        self.noted = replace(
            self.noted, **{name: getattr(self.noted, name) + count for name, count in more.items()}
        )


def _entry(desk: Desk, values: dict[str, Any], outlet: Ref | None, who: Ref | None) -> Contact:
    return Contact(
        id=desk.new_id(),
        channel=values.get("channel") or Channel.VISIT,
        received_at=values["received_at"],
        entered_at=desk.now(),
        outlet=outlet,
        journalist=who,
        topic=values["topic"],
        verification=journal.verify(desk, VerificationKind.NONE, None, vn_day(values["received_at"])),
        author=desk.member.ref,
        given=values.get("given", ""),
        follow_up=values.get("follow_up", ""),
    )


def _batches(rows: Iterable[Parsed]) -> Iterator[list[Parsed]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch
