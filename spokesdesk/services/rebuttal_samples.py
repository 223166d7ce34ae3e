"""A rebuttal of the demonstration workspace: released, delivered, the page read again and set beside the stored one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import ArticleDraft
from spokesdesk.domain.people import Role
from spokesdesk.domain.rebuttals import RoundMove
from spokesdesk.domain.recaptures import Judged, RecaptureDraft
from spokesdesk.services import coverage, papers, people, rebuttals, recaptures
from spokesdesk.services.ports import Desk

_WRITTEN, _DELIVERED, _READ = timedelta(days=9), timedelta(days=8), timedelta(hours=20)


def furnish_rebuttal(
    desk: Desk, item: dict[str, Any], article: Callable[[Desk, dict[str, Any]], ArticleDraft]
) -> None:
    """Write an article with the letter that answered it, its delivery, and what was found at the deadline.

    Args:
        article: gives an article from the sample data.
    """
    now = desk.now()
    found, _changes = coverage.add_article(desk, article(desk, item))
    letter, _changes = rebuttals.open_rebuttal(desk, found.id)
    papers.submit(desk, letter.id)
    papers.approve(_as(desk, Role.LEADER), letter.id, item["why"])
    registry = _as(desk, Role.REGISTRY)
    papers.number(registry, letter.id, on=vn_day(now - _WRITTEN))
    papers.release(registry, letter.id)
    (seen,) = rebuttals.rounds(desk, found.id).rounds
    rebuttals.note(desk, seen.round.id, RoundMove.DELIVER, done_at=now - _DELIVERED, remark=item["delivered"])
    read = RecaptureDraft(item["corrected_at"], item["corrected"].strip(), taken_at=now - _READ)
    again, _changes = recaptures.add(desk, found.id, read)
    given = {point: (Judged(judged), note) for point, judged, note in item["found"]}
    recaptures.check(desk, again.id, given, item["verdict"])


def _as(desk: Desk, role: Role) -> Desk:
    """Give the desk with somebody of a role at work, where there is one."""
    found = next((one for one in people.members(desk) if role in one.roles and one.active), None)
    return desk.working_as(found) if found is not None else desk
