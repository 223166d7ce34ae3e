"""Deadlines of 100,000 open items reckoned anew, against the time of reading the items.

``SPOKESDESK_RULES_ITEMS`` makes it smaller.
"""

import os
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from spokesdesk import bootstrap
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.rules import answering, deadline
from spokesdesk.outside import sealing
from spokesdesk.services import samples
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.ports import Desk
from tests.benchmarks.measure import interleaved, paired_ratio, shown, table

ITEMS = int(os.environ.get("SPOKESDESK_RULES_ITEMS", "100000"))
ROUNDS = 5
SAMPLES = 500
STEP = 5_000


def main() -> None:
    """Print the table: reckoning the deadline of every open contact, against reading those contacts."""
    sealing.COST = (64, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        agency, members = samples.sample_agency(), samples.sample_members()[:1]
        desk, _key = bootstrap.create(Path(folder) / "w", agency, members, passphrase="đo tốc độ")
        _fill(desk)
        items = _read(desk)
        print(f"{len(items)} open items")
        ways = {"reading": lambda: _read(desk), "reckoning": lambda: _reckon(desk, items)}
        taken = interleaved(ways, ROUNDS)
        desk.close()
    ours, baseline = taken["reckoning"], taken["reading"]
    ratio = f"{paired_ratio(ours, baseline):.2f}"
    table(
        [
            (
                f"reckon {ITEMS} deadlines",
                shown(statistics.median(ours)),
                shown(statistics.median(baseline)),
                ratio,
                "3",
            )
        ]
    )


def _fill(desk: Desk) -> None:
    """Write the open contacts of a sample again and again, each with an id of its own."""
    samples.fill(desk, SAMPLES)
    with desk.read() as unit:
        kept = [one for one in unit.journal.due(limit=SAMPLES) if one.due and one.due.due_at]
    for first in range(0, ITEMS, STEP):
        made = [
            replace(kept[n % len(kept)], id=desk.new_id(), corrects=None, givens=(), answers=())
            for n in range(first, min(first + STEP, ITEMS))
        ]
        with desk.write() as unit:
            unit.journal.add_many(made)


def _read(desk: Desk) -> tuple[Contact, ...]:
    with desk.read() as unit:
        return unit.journal.due(limit=ITEMS)


def _reckon(desk: Desk, items: tuple[Contact, ...]) -> int:
    with desk.read() as unit:
        calendar = working_calendar(desk, unit)
    count = 0
    for one in items:
        rule = desk.rules.rules[one.due.rule_id] if one.due and one.due.rule_id else None
        now = answering(desk.rules, rule.event, vn_day(one.received_at)) if rule else None
        if now is not None:
            count += deadline(now, one.received_at, calendar).due_at is not None
    return count


if __name__ == "__main__":
    main()
