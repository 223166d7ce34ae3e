"""Rounds of a rebuttal: the letter is drafted, arrives, is answered or not; then the next one, or those above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from spokesdesk.domain import rebuttals as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.claims import asks_of
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import Article, Ask
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import Attachment, Due
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Outlet
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundState, RoundStep, RoundTo
from spokesdesk.domain.recaptures import Check, Recapture
from spokesdesk.domain.routing import PlaceKind
from spokesdesk.services import rebuttal_clocks as clocks
from spokesdesk.services import routing
from spokesdesk.services.inserting import named
from spokesdesk.services.papers import add_draft
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.province_copies import copy_up
from spokesdesk.services.rebuttal_clocks import Limit, NextStep
from spokesdesk.services.rebuttal_letter import Dossier, escalation_letter, head_of, outlet_letter


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as the article's page shows it.

    Attributes:
        paper: what lists call its letter, "" for none; ``paper_state`` where that stands.
    """

    round: Round
    paper: str
    paper_state: str


@dataclass(frozen=True, slots=True)
class Way:
    """One place where the matter may go next.

    Attributes:
        place_id: row of the routing table, "" where there is but one.
        name: of the place.
    """

    step: NextStep
    place_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RoundsView:
    """All rounds of an article with what may come next.

    Attributes:
        limit: how many publications of a response to plan for.
        next_steps: by which law the matter may go on, once a round to the outlet has failed.
        ways: the places it may go to; none for a governing body that nobody wrote down.
    """

    rounds: tuple[RoundView, ...]
    limit: Limit | None
    next_steps: tuple[NextStep, ...]
    ways: tuple[Way, ...] = ()

    @property
    def to_outlet(self) -> tuple[Round, ...]:
        """The rounds that go to the outlet and were not dropped."""
        return tuple(
            each.round
            for each in self.rounds
            if each.round.to is RoundTo.OUTLET and each.round.state is not RoundState.WITHDRAWN
        )


def rounds(desk: Desk, article_id: UUID) -> RoundsView:
    """Give the rounds of an article; their number is counted by the law of the first delivery, else of publication."""
    with desk.read() as unit:
        found = unit.coverage.get(article_id)
        made = unit.rebuttals.of_article(article_id)
        outlet = unit.people.outlet(found.outlet.id)
        at = _law_at(found, made)
        failed = [each for each in made if not each.is_open and each.state not in rules.SATISFIED]
        today = vn_day(desk.now())
        steps = clocks.next_steps(today) if failed else ()
        return RoundsView(
            tuple(_view(unit, each) for each in made),
            clocks.rounds_limit(desk, unit, outlet, at),
            steps,
            tuple(Way(step, *place) for step in steps for place in _places(unit, outlet, step.to, today)),
        )


def get(desk: Desk, round_id: UUID) -> Round:
    """Give one round; raises UserError("record_missing")."""
    with desk.read() as unit:
        return unit.rebuttals.get(round_id)


def open_rebuttal(desk: Desk, article_id: UUID) -> tuple[Paper, Changes]:
    """Draft the letter to the outlet, filled from the round before; a letter still being written is given again.

    Raises:
        ConflictError: ``round_open``: the fate of the last letter is not written down yet.
    """
    with desk.write() as unit:
        before = [
            each
            for each in unit.rebuttals.of_article(article_id)
            if each.to is RoundTo.OUTLET and each.state is not RoundState.WITHDRAWN
        ]
        last = before[-1] if before else None
        if last is not None and last.state is RoundState.WRITING and last.paper_id is not None:
            return unit.papers.get(last.paper_id), ()
        if last is not None and last.is_open:
            raise ConflictError("round_open", number=last.number)
        made_of = _dossier(desk, unit, article_id, before)
        drafted = add_draft(desk, unit, outlet_letter(made_of), article_id)
        found, to = made_of.article, head_of(made_of.outlet)
        unit.rebuttals.add(_new(desk, found, RoundTo.OUTLET, to, drafted.id, len(before) + 1))
    return drafted, (Change("paper", drafted.id), Change("article", article_id))


def escalate(desk: Desk, article_id: UUID, to: RoundTo, place_id: str = "") -> tuple[Paper | None, Changes]:
    """Take the matter to those above the outlet: a letter drafted; for a court only the step is written down.

    Args:
        to: governing body, press authority or court.
        place_id: row of the routing table, where there are several; "" for the first.

    Raises:
        UserError: ``escalation_unknown``: the law of today knows no such way; ``place_unknown``.
    """
    with desk.write() as unit:
        today = vn_day(desk.now())
        step = next((each for each in clocks.next_steps(today) if each.to is to), None)
        if step is None:
            raise UserError("escalation_unknown", field="to")
        made = unit.rebuttals.of_article(article_id)
        before = [each for each in made if each.to is RoundTo.OUTLET and each.delivered_at is not None]
        made_of = _dossier(desk, unit, article_id, before)
        addressee = _addressee(unit, made_of.outlet, to, place_id, today)
        number = 1 + sum(each.to is to for each in made)
        drafted = None
        if to is not RoundTo.COURT:
            letter = escalation_letter(made_of, addressee, clocks.due_of(step))
            drafted = add_draft(desk, unit, letter, article_id)
        paper_id = drafted.id if drafted else None
        unit.rebuttals.add(_new(desk, made_of.article, to, addressee, paper_id, number))
    changes = (Change("article", article_id),)
    return drafted, (*changes, Change("paper", drafted.id)) if drafted else changes


def note(
    desk: Desk,
    round_id: UUID,
    move: RoundMove,
    *,
    done_at: datetime | None = None,
    remark: str = "",
    look_on: date | None = None,
    file: Attachment | None = None,
    url: str = "",
    draft_id: UUID | None = None,
) -> tuple[Round, Changes]:
    """Write down what happened in a round; the clocks it starts are fixed by the law of its day.

    Args:
        done_at: UTC, when it happened; None for now.
        look_on: the day to look again; None takes a proposal where the law names no day.
        draft_id: the autosaved draft that it replaces.

    Raises:
        ConflictError: ``round_move_illegal``, ``round_changed_meanwhile``.
        UserError: names ``done_at`` or ``remark``.
    """
    with desk.write() as unit:
        before = unit.rebuttals.get(round_id)
        at = done_at or desk.now()
        step = RoundStep(
            desk.new_id(),
            move,
            desk.now(),
            desk.member.ref,
            at,
            remark.strip(),
            (),
            look_on,
            file,
            url.strip(),
        )
        step = rules.checked_step(before, step, desk.now())
        outlet = unit.people.outlet(unit.coverage.get(before.article_id).outlet.id)
        step = _with_clocks(desk, unit, before, outlet, step)
        after = replace(before, steps=(*before.steps, step))
        unit.rebuttals.step(before, step, after)
        copy_up(desk, unit, before, step)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return after, (Change("article", before.article_id),)


def undo(desk: Desk, round_id: UUID) -> tuple[Round, Changes]:
    """Take back the last thing written down of a round; itself an entry."""
    return note(desk, round_id, RoundMove.UNDO)


def due(desk: Desk, unit: Unit) -> list[tuple[Round, Due, str, str]]:
    """Give the rounds that have something to be looked at: the round, what is due, the outlet, the article's title."""
    rounds = unit.rebuttals.due()
    heads = unit.rebuttals.heads([each.article_id for each in rounds])
    found = []
    for each in rounds:
        outlet, title = heads[each.article_id]
        if each.next_due is not None:
            found.append((each, each.next_due, outlet.name, title))
    return found


def _with_clocks(desk: Desk, unit: Unit, before: Round, outlet: Outlet, step: RoundStep) -> RoundStep:
    if step.move is RoundMove.DELIVER:
        to_outlet = before.to is RoundTo.OUTLET
        asked = before.asks or (Ask.CORRECTION,)
        dues = clocks.delivery_dues(desk, unit, outlet, asked, step.done_at) if to_outlet else ()
        own = step.look_on or clocks.look_on(desk, unit, outlet if to_outlet else None, dues, step.done_at)
        return replace(step, dues=dues, look_on=own)
    if step.move is RoundMove.CORRECT:
        return replace(step, dues=clocks.keep_dues(desk, unit, outlet, step.done_at))
    return step


def _law_at(found: Article, made: Sequence[Round]) -> datetime:
    delivered = [each.delivered_at for each in made if each.to is RoundTo.OUTLET and each.delivered_at]
    return delivered[0] if delivered else found.published_at


def _view(unit: Unit, each: Round) -> RoundView:
    if each.paper_id is None:
        return RoundView(each, "", "")
    paper = unit.papers.get(each.paper_id)
    return RoundView(each, named(paper), paper.state.value)


def _new(
    desk: Desk, found: Article, to: RoundTo, addressee: str, paper_id: UUID | None, number: int
) -> Round:
    now, by = desk.now(), desk.member.ref
    return Round(
        id=desk.new_id(),
        article_id=found.id,
        number=number,
        to=to,
        addressee=addressee,
        paper_id=paper_id,
        claims=tuple(claim.id for claim in found.claims),
        asks=asks_of(found.claims) or (Ask.CORRECTION,),
        opened_at=now,
        author=by,
        steps=(RoundStep(desk.new_id(), RoundMove.OPEN, now, by, now),),
    )


def _dossier(desk: Desk, unit: Unit, article_id: UUID, before: Sequence[Round]) -> Dossier:
    found = unit.coverage.get(article_id)
    outlet = unit.people.outlet(found.outlet.id)
    papers = {each.id: _named(unit, each) for each in before}
    today = vn_day(desk.now())
    return Dossier(
        agency=unit.people.agency(),
        article=found,
        outlet=outlet,
        clocks=clocks.reckoned(desk, unit, outlet, found.published_at),
        instruments=desk.rules.instruments,
        rounds=before,
        papers=papers,
        check=latest_check(unit, article_id),
        copies=_copies(unit, outlet, today),
    )


def latest_check(unit: Unit, article_id: UUID) -> tuple[Recapture, Check] | None:
    """Give the last recapture that a person looked through, with what was found."""
    checks = unit.rebuttals.checks(article_id)
    seen = [each for each in unit.rebuttals.recaptures(article_id) if each.id in checks]
    return (seen[-1], checks[seen[-1].id]) if seen else None


def _named(unit: Unit, each: Round) -> str:
    if each.paper_id is None:
        return ""
    paper = unit.papers.get(each.paper_id)
    return named(paper) if paper.number is not None else ""


def _copies(unit: Unit, outlet: Outlet, on: date) -> tuple[str, ...]:
    """Give who gets a copy: the outlet's governing body and the press authorities of today, ourselves apart."""
    own = unit.people.agency().name
    names = [outlet.governing_body] if outlet.governing_body else []
    names += [route.addressee for route in routing.places_in(unit, on, (PlaceKind.PRESS_AUTHORITY,))]
    return tuple(name for name in dict.fromkeys(names) if name != own)


def _places(unit: Unit, outlet: Outlet, to: RoundTo, on: date) -> tuple[tuple[str, str], ...]:
    if to is RoundTo.COURT:
        return (("", rules.to_words()[to]),)
    if to is RoundTo.GOVERNING_BODY:
        return (("", outlet.governing_body),) if outlet.governing_body else ()
    found = routing.places_in(unit, on, (PlaceKind.PRESS_AUTHORITY,))
    return tuple((route.place.id, route.addressee) for route in found)


def _addressee(unit: Unit, outlet: Outlet, to: RoundTo, place_id: str, on: date) -> str:
    known = _places(unit, outlet, to, on)
    if not known:
        raise UserError("governing_body_unknown", field="to", outlet=outlet.name)
    for place, name in known:
        if place_id in ("", place):
            return name
    raise UserError("place_unknown", field="to", id=place_id)
