"""Reads a whole table without writing anything: what is wrong with which row, who is already known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports import Checked, Fault, Noun, Parsed, Same
from spokesdesk.domain.imports.cells import Cell, shown
from spokesdesk.domain.journal import CLOCK_TOLERANCE
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services.imports.look import Plan, opened, parsed_rows
from spokesdesk.services.imports.matching import Book, book_of, same_as
from spokesdesk.services.imports.records import learn
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.sheets import Column
from spokesdesk.services.secrecy import require_unmarked

SHOWN = 1_000
SAMPLES = 20
EVERY = 500

Progress = Callable[[int, int], None]


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Never stop."""
    return False


def check(
    desk: Desk, plan: Plan, *, progress: Progress = no_progress, is_cancelled: Callable[[], bool] = never
) -> Checked:
    """Read every row as it would go in.

    Args:
        progress: told every few hundred rows how many of how many were read.
        is_cancelled: asked as often; stopping gives what was found so far.

    Raises:
        UserError: the file cannot be read, or a required field has no column.
    """
    table = opened(desk, plan)
    found = _Found()
    with desk.read() as unit:
        book = book_of(unit)
        for row in parsed_rows(plan, table):
            if found.total % EVERY == 0:
                progress(found.total, table.table.total)
                if is_cancelled():
                    return found.checked(cancelled=True)
            found.take(unit, book, plan.noun, row, desk.now())
    progress(table.table.total, table.table.total)
    return found.checked()


def faults_of(noun: Noun, row: Parsed, now: datetime) -> tuple[Fault, ...]:
    """Give everything that keeps a row out; ``now`` UTC: a contact cannot lie ahead."""
    try:
        require_unmarked({name: value for name, value in row.values.items() if isinstance(value, str)})
    except UserError as error:
        marked = Fault(row.line, "", "", error.code, dict(error.params) | {"field": error.field})
        return (*row.faults, marked)
    moment = row.values.get("received_at")
    if noun is Noun.CONTACT and isinstance(moment, datetime) and moment > now + CLOCK_TOLERANCE:
        late = Fault(row.line, _("Ngày"), shown(moment), "received_in_future", {"field": "received_at"})
        return (*row.faults, late)
    return row.faults


def write_faulty(desk: Desk, plan: Plan, target: Path) -> int:
    """Write the rows that cannot go in, each with what is wrong, as a workbook to mend and import again.

    Returns:
        How many rows.

    Raises:
        UserError: the file cannot be read any more.
        OutsideError: ``file_unwritable``.
    """
    table = opened(desk, plan)
    now = desk.now()
    wrong = {
        row.line: faults for row in parsed_rows(plan, table) if (faults := faults_of(plan.noun, row, now))
    }
    width = len(table.headings)
    columns = [*(Column(title, 20) for title in table.headings), Column(_("Chỗ cần sửa"), 60)]
    rows = (
        [*_padded(_without_secrets(cells, wrong[line]), width), "\n".join(map(said, wrong[line]))]
        for line, cells in table.table.rows()
        if line in wrong
    )
    return desk.sheets.write_xlsx(target, _("Dòng cần sửa"), columns, rows)


def _without_secrets(cells: Sequence[Cell], faults: Sequence[Fault]) -> Sequence[Cell]:
    """Give a row's cells; none where the row bears a mark of secrecy, which is written nowhere again."""
    return () if any(fault.code == "secret_marked" for fault in faults) else cells


def said(fault: Fault) -> str:
    """Say what is wrong with a row to a person; a column goes by its heading."""
    params = {name: value for name, value in fault.params.items() if name != "field"}
    field = fault.column or str(fault.params.get("field", ""))
    sentence = word(UserError(fault.code, field=field, **params))
    return f"{fault.column}: {sentence}" if fault.code.startswith("cell_") else sentence


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    total: int = 0
    fault_rows: int = 0
    same_rows: int = 0
    repaired: int = 0
    faults: list[Fault] = field(default_factory=list)
    sames: list[Same] = field(default_factory=list)
    samples: list[tuple[str, str]] = field(default_factory=list)

    def take(self, unit: Unit, book: Book, noun: Noun, row: Parsed, now: datetime) -> None:
        """Count a row."""
        self.total += 1
        self.repaired += len(row.repaired)
        self.samples += row.repaired[: max(0, SAMPLES - len(self.samples))]
        faults = faults_of(noun, row, now)
        if faults:
            self.fault_rows += 1
            self.faults += faults[: max(0, SHOWN - len(self.faults))]
            return
        same = same_as(unit, book, noun, row)
        if same is None:
            learn(book, noun, row)
            return
        self.same_rows += 1
        if len(self.sames) < SHOWN:
            self.sames.append(same)

    def checked(self, *, cancelled: bool = False) -> Checked:
        """Give the result."""
        return Checked(
            total=self.total,
            good=self.total - self.fault_rows,
            fault_rows=self.fault_rows,
            faults=tuple(self.faults),
            same_rows=self.same_rows,
            sames=tuple(self.sames),
            repaired=self.repaired,
            samples=tuple(self.samples),
            cancelled=cancelled,
        )


def _padded(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells[:width], *([None] * (width - len(cells)))]
