"""The first page with 100,000 open requests and 1,000 open incidents, against the same page with a thousandth of them.

``SPOKESDESK_TODAY_ITEMS`` makes it smaller.
"""

import os
import statistics
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from spokesdesk import bootstrap
from spokesdesk.domain.incidents import IncidentDraft
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.requests import AskerKind, RequestDraft
from spokesdesk.outside import sealing
from spokesdesk.services import incidents, requests, samples, today
from spokesdesk.services.ports import Desk
from tests.benchmarks.measure import interleaved, paired_ratio, shown, table

ITEMS = int(os.environ.get("SPOKESDESK_TODAY_ITEMS", "100000"))
FEW = 600
SHARE = 100
ROUNDS = 7
STEP = 2_000


def main() -> None:
    """Print the table: the page on a desk with many open items, against one with as many as it lists."""
    sealing.COST = (64, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        many, few = (_desk(Path(folder) / name, count) for name, count in (("many", ITEMS), ("few", FEW)))
        print(f"{today.board(many).due_total} and {today.board(few).due_total} items are due")
        taken = interleaved({"many": lambda: today.board(many), "few": lambda: today.board(few)}, ROUNDS)
        many.close()
        few.close()
    ours, baseline = taken["many"], taken["few"]
    ratio = f"{paired_ratio(ours, baseline):.2f}"
    table(
        [
            (
                f"first page, {ITEMS} open items",
                shown(statistics.median(ours)),
                shown(statistics.median(baseline)),
                ratio,
                "3",
            )
        ]
    )


def _desk(folder: Path, count: int) -> Desk:
    """Give a desk with so many open requests, and a hundredth of that in open incidents."""
    agency, members = samples.sample_agency(), samples.sample_members()[:1]
    desk, _key = bootstrap.create(folder, agency, members, passphrase="đo tốc độ")
    now = desk.now()
    draft = RequestDraft(
        channel=Channel.EMAIL,
        received_at=now - timedelta(hours=1),
        topic="Tiến độ cầu Ấp Bắc",
        asker_kind=AskerKind.PRESS,
        outlet="Báo Long An",
        event="press_opinion_received",
    )
    made, _changes = requests.open_request(desk, draft)
    for first in range(1, count, STEP):
        with desk.write() as unit:
            for n in range(first, min(first + STEP, count)):
                new = desk.new_id()
                steps = tuple(replace(step, id=desk.new_id(), request_id=new) for step in made.steps)
                due = made.due and replace(made.due, due_at=now + timedelta(minutes=n))
                unit.requests.add(replace(made, id=new, steps=steps, due=due))
    for n in range(count // SHARE):
        moment = now - timedelta(minutes=n % 1000)
        incidents.open_incident(desk, IncidentDraft(f"Vụ việc {n}", received_at=moment))
    return desk


if __name__ == "__main__":
    main()
