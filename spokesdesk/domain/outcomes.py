"""What became of what we asked (kết quả đề nghị cải chính): counts and how long it took, by outlet and by kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.people import OutletKind, Ref
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundState

_ANSWERS = frozenset(
    {RoundMove.ANSWER, RoundMove.CORRECT, RoundMove.PART, RoundMove.PUBLISH, RoundMove.REFUSE}
)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter that arrived at an outlet, with what the counts go by."""

    round: Round
    outlet: Ref
    kind: OutletKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts of some letters.

    Attributes:
        name: of the outlet, or key of the kind; "" for all.
        asked: letters that arrived.
        answered: with any answer, also one given by correcting.
        waiting: whose fate is not decided.
        median_days: from arrival to the first answer; None when there was none.
    """

    name: str
    asked: int = 0
    answered: int = 0
    corrected: int = 0
    partly: int = 0
    published: int = 0
    refused: int = 0
    silent: int = 0
    waiting: int = 0
    median_days: float | None = None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All counts: in all, by outlet, by kind of outlet, by what was asked; the most asked first."""

    total: Outcome
    by_outlet: tuple[Outcome, ...]
    by_kind: tuple[Outcome, ...]
    by_ask: tuple[Outcome, ...]


def outcomes(letters: Sequence[Asked]) -> Outcomes:
    """Count letters that arrived at outlets."""
    letters = [each for each in letters if each.round.delivered_at and _counts(each.round)]
    asks = {ask.value: [each for each in letters if ask in each.round.asks] for ask in Ask}
    return Outcomes(
        counted("", letters),
        _grouped(letters, lambda each: each.outlet.name),
        _grouped(letters, lambda each: each.kind.value),
        tuple(counted(ask, some) for ask, some in asks.items() if some),
    )


def counted(name: str, letters: Iterable[Asked]) -> Outcome:
    """Give the counts of some letters under a name."""
    rounds = [each.round for each in letters]
    states = [each.state for each in rounds]
    days = [found for each in rounds if (found := answer_days(each)) is not None]
    return Outcome(
        name,
        asked=len(rounds),
        answered=len(days),
        corrected=states.count(RoundState.CORRECTED),
        partly=states.count(RoundState.PARTLY),
        published=states.count(RoundState.PUBLISHED),
        refused=states.count(RoundState.REFUSED),
        silent=states.count(RoundState.SILENT),
        waiting=sum(each.is_open for each in rounds),
        median_days=round(median(days), 1) if days else None,
    )


def answer_days(each: Round) -> float | None:
    """Give how many days passed from a letter's arrival to the first answer; None when there was none."""
    first = next((step.done_at for step in each.standing if step.move in _ANSWERS), None)
    if first is None or each.delivered_at is None:
        return None
    return (first - each.delivered_at).total_seconds() / _SECONDS_A_DAY


def _counts(each: Round) -> bool:
    return each.state is not RoundState.WITHDRAWN


def _grouped(letters: Sequence[Asked], key: Callable[[Asked], str]) -> tuple[Outcome, ...]:
    groups: dict[str, list[Asked]] = {}
    for each in letters:
        groups.setdefault(key(each), []).append(each)
    found = [counted(name, some) for name, some in groups.items()]
    return tuple(sorted(found, key=lambda outcome: (-outcome.asked, outcome.name)))
