"""Takes an import back as a whole, however long ago it was."""

import time
from dataclasses import replace
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.imports import ImportRun, Noun, RunState
from spokesdesk.services.imports.check import Progress, no_progress
from spokesdesk.services.ports import Desk

BATCH = 200
"""Rows written or taken back in one transaction: about the time nobody else can write for."""
BREATH_S = 0.03
"""Between two of them: a lock let go and taken again at once never comes to another program that waits for it."""


def runs(desk: Desk) -> tuple[ImportRun, ...]:
    """Give the imports, the latest first; one that is RUNNING and is not under way now was cut off."""
    with desk.read() as unit:
        return unit.imports.runs()


def undo(desk: Desk, run_id: UUID, *, progress: Progress = no_progress) -> tuple[ImportRun, Changes]:
    """Take an import back.

    Records it made go, records it changed get back what stood there before. What was changed or used since stays
    and is named in ``kept``. Entries of the journal that came with it are erased by the rule of the chain: their
    links stay, so that the order of all others is still proven, and an entry says who took them out.

    Raises:
        ConflictError: ``import_undone``: it was taken back already.
    """
    with desk.read() as unit:
        noted = unit.imports.run(run_id)
    if noted.state in (RunState.UNDONE, RunState.CANCELLED):
        raise ConflictError("import_undone", name=noted.file_name)
    return take_back(desk, noted, RunState.UNDONE, progress=progress)


def take_back(
    desk: Desk,
    noted: ImportRun,
    state: RunState,
    *,
    progress: Progress = no_progress,
) -> tuple[ImportRun, Changes]:
    """Undo the rows of a run, the latest first, some at a time; a kill in between leaves the rest to be undone."""
    kept: list[str] = list(noted.kept)
    total, done = noted.made + noted.changed, 0
    while True:
        with desk.write() as unit:
            count, names = unit.imports.take_back(noted.id, BATCH)
            kept += names
            noted = replace(noted, kept=tuple(kept))
            unit.imports.save(noted)
        done += count
        progress(min(done, total), total)
        if count < BATCH:
            break
        time.sleep(BREATH_S)
    ended = replace(noted, state=state, finished_at=desk.now())
    with desk.write() as unit:
        unit.imports.save(ended)
        unit.imports.note_move(desk.new_id(), ended, desk.now(), desk.member.ref)
    return ended, changes_of(ended)


def changes_of(noted: ImportRun) -> Changes:
    """Give what an import may have changed: whole kinds."""
    kinds = {"outlet", "journalist"} | ({"contact"} if noted.noun is Noun.CONTACT else set())
    return tuple(Change(kind) for kind in sorted(kinds))
