"""One history: what people type, what the line and the disks do to it, and what must be true at the end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from spokesdesk.domain.library import LawEntry
from spokesdesk.domain.province import NoteKind
from spokesdesk.services import province_keys, sync
from spokesdesk.services.ports import Desk
from tests.sync.simulation.places import PROVINCE
from tests.sync.simulation.world import AGENCY_NAME, PROVINCE_NAME, World

TOKEN = re.compile(r"vết\d+x\d+")
TROUBLES = ("none", "portal", "profile", "floor")
# A desk that hears one of these is signed in by its people once more.
SIGNED_OUT = frozenset({"device_cloned", "session_copied", "session_unknown", "session_over"})
Move = Callable[["History", int], None]
Moves = tuple[tuple[Move, int], ...]


@dataclass
class Told:
    """What people typed and know.

    Attributes:
        typed: each trace that was typed, with the desk and when.
        seen_over: traces that somebody replaced or dropped who had them before their eyes.
        entries: what was written down once, with the desk and when.
        steps: to whom the request was passed.
        notes: what was written down of contacts that were noted, sealed on its way.
        people: who came, by name: as whom they are known, the desk and when.
        erased: names that were erased.
        asked: what journalists asked, by the question's id.
        answers: what they were answered.
        notes_down: what the province wrote, and as what.
        notes_up: what the agency wrote back.
    """

    typed: dict[str, tuple[int, int]] = field(default_factory=dict)
    seen_over: set[str] = field(default_factory=set)
    entries: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    steps: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: dict[UUID, str] = field(default_factory=dict)
    people: dict[str, tuple[UUID, int, int]] = field(default_factory=dict)
    erased: dict[str, tuple[int, int]] = field(default_factory=dict)
    asked: dict[UUID, str] = field(default_factory=dict)
    answers: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes_down: dict[str, NoteKind] = field(default_factory=dict)
    notes_up: dict[str, tuple[int, int]] = field(default_factory=dict)

    def forget(self, n: int, since: int) -> None:
        """What a desk knew alone is lost with its disk."""
        books: tuple[dict[Any, Any], ...] = (self.typed, self.entries, self.steps, self.people, self.erased)
        for known in (*books, self.answers, self.notes_up):
            lost = [key for key, (*_more, who, when) in known.items() if who == n and when > since]
            for key in lost:
                known.pop(key)


def traces(value: object) -> set[str]:
    """Give the traces in a value."""
    return set(TOKEN.findall(value if isinstance(value, str) else repr(value)))


class History:
    """A history in a world, move by move; every move may be made at any time.

    Args:
        seed: decides all.
        trouble: which great trouble may come: a portal or a profile put back from a copy, or a log cut short.
        moves: what may happen at a desk, and how often beside the others.
        together: whether the third desk shares the journal in the morning; drawn when not said.
    """

    def __init__(
        self, world: World, seed: int, trouble: str, moves: Moves, *, together: bool | None = None
    ) -> None:
        self.random = Random(seed)
        self.seed, self.world, self.moves, self.told = seed, world, moves, Told()
        drawn = self.random.choice(TROUBLES)
        self.trouble = trouble or drawn
        is_joined = self.random.random() < 0.5
        is_joined = is_joined if together is None else together
        world.put_back(seed, together=is_joined)
        self.joined = {0, 1, 2} if is_joined else {0, 1}
        self.lines: list[str] = [f"trouble {self.trouble}, third desk {'in' if is_joined else 'apart'}"]
        self.step_n = 0
        self.portal_copies = [world.portal_state()]
        self.copies: dict[int, tuple[int, Any]] = {}
        self.dropped: LawEntry | None = None
        self.bare: set[int] = set()

    def run(self) -> None:
        """Make the moves and look whether all holds at the end."""
        drawn = [move for move, weight in self.moves for _ in range(weight)]
        for _ in range(self.random.randint(8, 26)):
            self.random.choice(drawn)(self, self.random.choice(sorted(self.joined)))

    def say(self, words: str) -> None:
        """Note a step for who looks for a fault."""
        self.lines.append(f"{self.step_n}: {words}")

    def begin(self) -> int:
        """A move begins, some time after the one before."""
        self.step_n += 1
        self.world.clock.at += timedelta(seconds=self.random.randint(1, 900))
        return self.step_n

    def desk(self, n: int) -> Desk:
        """Give a desk."""
        return self.world.places[n].desk

    def sees(self, n: int) -> bool:
        """Say whether the records of the morning are on a desk yet: one that has just joined shows none of them."""
        if n in self.bare:
            with self.desk(n).read() as unit:
                if unit.replicas.filling() is None:
                    self.bare.discard(n)
        return n not in self.bare

    def types(self, n: int, before: object) -> str:
        """Note that a trace is typed over what somebody had before their eyes; give it."""
        trace = f"vết{self.step_n}x{n}"
        self.told.typed[trace] = (n, self.step_n)
        self.told.seen_over |= traces(before)
        return trace

    def enrol_anew(self, n: int) -> None:
        """Its people sign a desk in once more."""
        self.world.join(self.desk(n), PROVINCE_NAME if n == PROVINCE else AGENCY_NAME)
        self.say(f"desk {n} signs in again")

    @property
    def third_was_in_morning(self) -> bool:
        """Whether the copies of the portal know the third desk."""
        return self.lines[0].endswith("in")

    def calm_down(self) -> None:
        """All is well: every desk exchanges until nothing is left to say."""
        self.begin()
        self.world.weather.clear()
        if self.told.asked:
            # What a desk took from the door and never said that it has goes to another one after two hours.
            self.world.clock.at += timedelta(hours=3)
        joined, quiet = sorted(self.joined), 0
        if self.told.notes_down or self.told.notes_up:
            joined.append(PROVINCE)
        for turn in range(8 * len(joined)):
            n = joined[turn % len(joined)]
            report, _changes = sync.run_round(self.desk(n))
            code = report.fault.code if report.fault else ""
            if code in SIGNED_OUT:
                self.enrol_anew(n)
            else:
                assert not code, f"desk {n} cannot finish its round: {code}"
            moved = report.sent + report.received + report.filled
            self.say(
                f"desk {n} rounds in calm: {report.sent} sent, {report.received} in, {report.filled} filled"
            )
            # A desk of the province that was signed in anew has a key that people must confirm.
            for sender in province_keys.new_senders(self.desk(n)):
                province_keys.confirm(self.desk(n), sender.sender, sender.key)
                quiet = -1
            # What the province asks is written down at the end of a round.
            is_left = self.world.places[n].rows("SELECT 1 FROM changed LIMIT 1")
            quiet = 0 if moved or code or is_left else quiet + 1
            if quiet == len(joined):
                return
        raise AssertionError("the desks never come to rest")
