"""Stamping number and date: what may be taken here, numbers borne twice, and putting one of them right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spokesdesk.domain import numbers as series_rules
from spokesdesk.domain import papers as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.holding import missing_here, numbers_of, pick
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.numbers import SeriesGaps
from spokesdesk.domain.papers import Move, Paper, PaperState, Stamp
from spokesdesk.domain.register import mark
from spokesdesk.domain.signing import PaperSignature
from spokesdesk.domain.text import clean_text
from spokesdesk.services.holdings import standing_of
from spokesdesk.services.paper_moves import step
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.registers import taken

REASON_LIMIT = 2_000
Files = tuple[Attachment, Attachment]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another paper that bears the same number.

    Attributes:
        elsewhere: it was given at another desk, which is all that is known of it here.
    """

    id: UUID | None
    mark: str
    title: str
    state: PaperState | None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Doubled:
    """A number that more than one paper bears: nothing of it is released until it is settled."""

    paper: Paper
    twins: tuple[Twin, ...]


def choose(
    unit: Unit, letter: Letter, year: int, wanted: int | None, *, may_double: bool = False
) -> tuple[str, int]:
    """Give the series of a letter and the number to stamp.

    Args:
        wanted: the number typed; None for the next one.
        may_double: take the number typed although another paper bears it; it is then flagged and not released.

    Raises:
        ConflictError: as ``domain.holding.pick``; ``number_taken`` names the paper that has it.
    """
    series, used = taken(unit, letter, year)
    held = standing_of(unit, series)
    try:
        return series, pick(held, used, year, wanted)
    except ConflictError as error:
        if error.code != "number_taken" or wanted is None:
            raise
        if may_double:
            return series, wanted
        bearer = _bearer(unit, series, letter.symbol, year, wanted)
        raise ConflictError("number_taken", number=wanted, bearer=bearer) from error


def twins(desk: Desk, paper_id: UUID) -> tuple[Twin, ...]:
    """Give what else bears a paper's number."""
    with desk.read() as unit:
        return twins_of(unit, unit.papers.get(paper_id))


def twins_of(unit: Unit, found: Paper) -> tuple[Twin, ...]:
    """Give what else bears a paper's number, inside a transaction."""
    if found.number is None or found.numbered_on is None:
        return ()
    others = (unit.papers.get(other) for other in unit.paper_history.twins(found.id))
    made = [Twin(one.id, mark(one), one.title, one.state) for one in others]
    series, _used = taken(unit, found.letter, found.numbered_on.year)
    held = standing_of(unit, series)
    if found.number in numbers_of(held.elsewhere, found.numbered_on.year):
        made.append(Twin(None, mark(found), _("một văn bản ở máy khác"), None, elsewhere=True))
    return tuple(made)


def doubled(desk: Desk) -> tuple[Doubled, ...]:
    """Give every paper whose number another one bears too."""
    with desk.read() as unit:
        found = [unit.papers.get(paper_id) for paper_id in unit.paper_history.doubled()]
        return tuple(Doubled(one, twins_of(unit, one)) for one in found)


def check_single(unit: Unit, found: Paper) -> None:
    """Raise ConflictError("number_doubled") when a paper cannot go out because of its number."""
    others = twins_of(unit, found)
    if others:
        raise ConflictError("number_doubled", mark=others[0].mark, other=others[0].title)


def renumber(
    desk: Desk,
    paper_id: UUID,
    wanted: int | None,
    reason: str,
    keep: Callable[[Letter], Files],
) -> tuple[Paper, Changes]:
    """Give a numbered paper another number before it goes out; the old one stays in its history.

    Args:
        wanted: None for the next number of the series.
        reason: required; kept in the history and the register.
        keep: renders the letter and keeps its files; called outside any transaction.

    Raises:
        ConflictError: not numbered or released already; ``renumber_signed``: the number is signed.
        UserError: no reason.
    """
    clean = clean_text(reason, field="remark", limit=REASON_LIMIT)
    with desk.read() as unit:
        before, letter, _series = _ready(desk, unit, paper_id, wanted, clean)
    files = keep(letter)
    with desk.write() as unit:
        now, again, series = _ready(desk, unit, paper_id, wanted, clean)
        if again != letter or now.version != before.version:
            raise ConflictError("paper_changed_meanwhile")
        said = _("{reason} (số cũ {old}, số mới {new:02d})").format(
            reason=clean, old=mark(now), new=letter.number
        )
        assert letter.number is not None
        assert letter.date_on is not None
        made = Stamp(letter.number, letter.date_on, series, *files)
        unit.papers.move(paper_id, step(desk, unit, now, Move.RENUMBER, said), now.state, made)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def _ready(
    desk: Desk, unit: Unit, paper_id: UUID, wanted: int | None, reason: str
) -> tuple[Paper, Letter, str]:
    found = unit.papers.get(paper_id)
    rules.check_move(found, Move.RENUMBER, desk.member, reason)
    if _is_signed(found, unit.signatures.of(paper_id)):
        raise ConflictError("renumber_signed")
    assert found.numbered_on is not None
    series, number = choose(unit, found.letter, found.numbered_on.year, wanted)
    return found, replace(found.letter, number=number, date_on=found.numbered_on), series


def _is_signed(found: Paper, made: tuple[PaperSignature, ...]) -> bool:
    """Say whether a signature covers the number: one made after it was stamped."""
    stamped = max(step.at for step in found.moves if step.move in (Move.NUMBER, Move.RENUMBER))
    return any(one.at >= stamped for one in made)


def _bearer(unit: Unit, series: str, symbol: str, year: int, number: int) -> str:
    for paper_id in unit.paper_history.numbered(year):
        found = unit.papers.get(paper_id)
        if found.number == number and (found.letter.symbol == symbol or paper_series(unit, found) == series):
            return f"{mark(found)} – {found.title}"
    return _("một văn bản ở máy khác")


def paper_series(unit: Unit, found: Paper) -> str:
    """Give the series that a paper's kind is numbered in now."""
    assert found.numbered_on is not None
    return taken(unit, found.letter, found.numbered_on.year)[0]


def gaps(desk: Desk, year: int | None = None) -> tuple[SeriesGaps, ...]:
    """Give, for each series and year with numbers, which numbers no paper has; None takes every year.

    Numbers given at another desk or lent out are accounted for; those that came back unused are missing.
    """
    with desk.read() as unit:
        found = []
        for name, of in unit.paper_history.series(year):
            own = unit.papers.numbers(name, of)
            held = standing_of(unit, name)
            whole = series_rules.gaps(name, of, (*own, *missing_here(held, of, own)))
            found.append(replace(whole, given=len(set(own))))
        return tuple(found)


def double_remark(on: date, number: int) -> str:
    """Give the remark of a number that was typed although another paper bears it."""
    return _("Số {number:02d} gõ tay, trùng với văn bản khác của năm {year}.").format(
        number=number, year=on.year
    )
