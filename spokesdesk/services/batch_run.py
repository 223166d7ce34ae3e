"""A batch with an answer for each row: good rows become letters, a bad one says why and holds up no other."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from spokesdesk.domain.errors import DeskError, OutsideError, UserError
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.text import safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.services import batch
from spokesdesk.services.batch import Row
from spokesdesk.services.papers import Rendered, render
from spokesdesk.services.people import outlets
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole


class RowState(StrEnum):
    """What became of a row."""

    DONE = "done"
    FAILED = "failed"
    LEFT = "left"  # stopped before it


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list.

    Attributes:
        at: its place in the list, from 1.
        row: None when it cannot be used.
        problem: why, in words.
    """

    at: int
    row: Row | None
    problem: str = ""

    @property
    def name(self) -> str:
        """The receiver, "" when the row has none."""
        return self.row["name"] if self.row is not None else ""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row; ``file`` is the PDF's name, beside it stands the .docx."""

    at: int
    name: str
    state: RowState
    file: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a batch left behind."""

    folder: Path
    results: tuple[RowResult, ...]
    is_cancelled: bool

    def count(self, state: RowState) -> int:
        """Give how many rows ended in a state."""
        return sum(one.state is state for one in self.results)


def from_file(data: bytes, name: str) -> tuple[Listed, ...]:
    """Read a list row by row; raises UserError only for what concerns the whole list, as ``batch.read_rows``."""
    made = []
    for at, raw in enumerate(batch.raw_rows(data, name), 1):
        try:
            made.append(Listed(at, batch.clean_row(at, raw)))
        except UserError as error:
            made.append(Listed(at, None, str(error.params.get("reason") or word(error))))
    return tuple(made)


def from_outlets(desk: Desk, chosen: Sequence[UUID]) -> tuple[Listed, ...]:
    """Give the outlets chosen in the address book as a list, in the address book's order."""
    wanted = set(chosen)
    found = [one for one in outlets(desk) if one.id in wanted]
    return tuple(
        Listed(at, {"name": one.name, "head_title": one.head_title, "address": one.address})
        for at, one in enumerate(found, 1)
    )


def first_letter(letter: Letter, listed: Sequence[Listed]) -> Letter:
    """Give the letter to the first usable receiver.

    Raises:
        UserError: ``batch_key_unknown``, ``batch_row``, ``batch_list_form``: no row can be used.
    """
    rows = [one for one in listed if one.row is not None]
    if not rows:
        raise UserError("batch_list_form", field="list")
    addressed = batch.addressed_to_each(letter)
    first = rows[0]
    assert first.row is not None
    batch.check_keys(addressed, [first.row])
    batch.checked_row(first.at, addressed, first.row)
    return batch.filled(addressed, first.row)


def run(
    letter: Letter,
    listed: Sequence[Listed],
    folder: Path,
    *,
    progress: Callable[[int], None] = lambda _done: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Ran:
    """Write one letter for each usable row.

    A letter is there with both files or not at all; a row that fails is reported and the others go on; a disk that
    takes no more ends the batch.

    Args:
        folder: empty, or made here.
        progress: told after each row how many are done.
        is_cancelled: asked before each row.

    Raises:
        UserError: ``batch_key_unknown``.
        OutsideError: ``batch_folder_full``, ``file_unwritable``: nothing was written.
    """
    addressed = batch.addressed_to_each(letter)
    batch.check_keys(addressed, [one.row for one in listed if one.row is not None])
    batch.prepare(folder)
    width = max(3, len(str(len(listed))))
    results: list[RowResult] = []
    ended = ""
    cancelled = False
    for one in listed:
        cancelled = cancelled or is_cancelled()
        if cancelled or ended:
            results.append(RowResult(one.at, one.name, RowState.LEFT, reason=ended))
            continue
        result, ended = _one(addressed, one, folder, width)
        results.append(result)
        progress(len(results))
    return Ran(folder, tuple(results), cancelled)


def _one(letter: Letter, one: Listed, folder: Path, width: int) -> tuple[RowResult, str]:
    if one.row is None:
        return RowResult(one.at, "", RowState.FAILED, reason=one.problem), ""
    stem = safe_file_name(f"{one.at:0{width}d}_{batch.file_stem(one.name)}")
    try:
        batch.checked_row(one.at, letter, one.row)
        _write_pair(folder, stem, render(batch.filled(letter, one.row)))
    except OutsideError as error:
        return RowResult(one.at, one.name, RowState.FAILED, reason=word(error)), word(error)
    except DeskError as error:
        reason = str(error.params.get("reason") or word(error))
        return RowResult(one.at, one.name, RowState.FAILED, reason=reason), ""
    return RowResult(one.at, one.name, RowState.DONE, f"{stem}.pdf"), ""


def _write_pair(folder: Path, stem: str, made: Rendered) -> None:
    word_file = folder / f"{stem}.docx"
    write_whole(word_file, made.docx)
    try:
        write_whole(folder / f"{stem}.pdf", made.pdf)
    except OutsideError:
        with suppress(OSError):
            word_file.unlink()
        raise
