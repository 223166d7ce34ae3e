"""One history: what people type, what the line and the disks do to it, and what must be true at the end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.library import LawEntry
from spokesdesk.server import restoring
from spokesdesk.services import journal, library, papers, people, requests, sync
from spokesdesk.services.ports.sync import SyncConflict
from tests.sync.simulation.line import CrashError
from tests.sync.simulation.world import Place, World

TOKEN = re.compile(r"vết\d+x\d+")
FIELDS = ("phone", "address", "remit")
TROUBLES = ("none", "portal", "profile", "floor")
# A desk that hears one of these is signed in by its people once more.
SIGNED_OUT = frozenset({"device_cloned", "session_copied", "session_unknown", "session_over"})
LINE_FAULTS = ("request", "reply", "twice", "before", "after")
DISK_FAULTS = ("before", "after")
PLACES_IN_FEED = 6


@dataclass
class Told:
    """What people typed and know.

    Attributes:
        typed: each trace that was typed, with the desk and when.
        seen_over: traces that somebody replaced or dropped who had them before their eyes.
        entries: what was written down once, with the desk and when.
    """

    typed: dict[str, tuple[int, int]] = field(default_factory=dict)
    seen_over: set[str] = field(default_factory=set)
    entries: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    steps: dict[str, tuple[int, int]] = field(default_factory=dict)


def traces(value: object) -> set[str]:
    """Give the traces in a value."""
    return set(TOKEN.findall(value if isinstance(value, str) else repr(value)))


class History:
    """A history in a world, step by step; every step may be called at any time.

    Args:
        seed: decides all.
        trouble: which great trouble may come: a portal or a profile put back from a copy, or a log cut short.
    """

    def __init__(self, world: World, seed: int, trouble: str = "", *, together: bool | None = None) -> None:
        self.random = Random(seed)
        self.seed, self.world, self.told = seed, world, Told()
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
        """Do the steps and look whether all holds at the end."""
        steps = (
            (self.edit_field, 6),
            (self.edit_text, 4),
            (self.edit_law, 3),
            (self.drop_law, 1),
            (self.put_law_back, 1),
            (self.write_entry, 2),
            (self.hold_request, 2),
            (self.settle, 2),
            (self.round, 9),
            (self.turn_clock, 1),
            (self.disturb, 2),
        )
        names = [step for step, weight in steps for _ in range(weight)]
        for _ in range(self.random.randint(8, 26)):
            self.random.choice(names)(self.random.choice(sorted(self.joined)))

    def say(self, words: str) -> None:
        """Note a step for who looks for a fault."""
        self.lines.append(f"{self.step_n}: {words}")

    def _begin(self) -> int:
        self.step_n += 1
        self.world.clock.at += timedelta(seconds=self.random.randint(1, 900))
        return self.step_n

    def _place(self, n: int) -> Place:
        return self.world.places[n]

    def _sees(self, n: int) -> bool:
        """Say whether the records of the morning are on a desk yet: one that has just joined shows none of them."""
        if n in self.bare:
            with self._place(n).desk.read() as unit:
                if unit.replicas.filling() is None:
                    self.bare.discard(n)
        return n not in self.bare

    def _type(self, n: int, before: object) -> str:
        trace = f"vết{self.step_n}x{n}"
        self.told.typed[trace] = (n, self.step_n)
        self.told.seen_over |= traces(before)
        return trace

    def edit_field(self, n: int) -> None:
        """Type another value into a field of an outlet."""
        self._begin()
        if not self._sees(n):
            return
        which, name = self.random.choice(self.world.outlets), self.random.choice(FIELDS)
        desk = self._place(n).desk
        found = people.outlet(desk, which)
        values: dict[str, Any] = {name: self._type(n, getattr(found, name))}
        people.save_outlet(desk, replace(found, **values))
        self.say(f"desk {n} types {values} into outlet {self.world.outlets.index(which)}")

    def edit_text(self, n: int) -> None:
        """Type another sentence into the draft."""
        self._begin()
        if not self._sees(n):
            return
        desk = self._place(n).desk
        found = papers.paper(desk, self.world.paper)
        body, trace = self._rewritten(n, found.letter.body)
        papers.save_letter(desk, found.id, replace(found.letter, body=body), found.version)
        self.say(f"desk {n} types {trace} into the draft")

    def edit_law(self, n: int) -> None:
        """Type another sentence into an instrument of the library, if it is there."""
        self._begin()
        desk, found = self._place(n).desk, self._law(n)
        if found is None:
            return
        text, trace = self._rewritten(n, found.draft.text)
        library.save(desk, replace(found.draft, text=text), found.id)
        self.say(f"desk {n} types {trace} into the instrument")

    def _rewritten(self, n: int, text: str) -> tuple[str, str]:
        sentences = re.split(r"(?<=\.)(\s+)", text)
        at = self.random.randrange(0, len(sentences), 2)
        trace = self._type(n, sentences[at])
        sentences[at] = f"Sửa {trace} ở đây."
        return "".join(sentences), trace

    def _law(self, n: int) -> LawEntry | None:
        try:
            return library.entry(self._place(n).desk, self.world.law)
        except UserError:
            return None

    def drop_law(self, n: int) -> None:
        """Take the instrument out of the library."""
        self._begin()
        found = self._law(n)
        if found is not None:
            self.dropped = found
            self.told.seen_over |= traces(found.draft.text)
            library.drop(self._place(n).desk, found.id)
            self.say(f"desk {n} drops the instrument")

    def put_law_back(self, n: int) -> None:
        """Undo that, on the same desk or, as a mistake of its own, on another one."""
        self._begin()
        if self.dropped is not None and self._law(n) is None:
            library.put_back(self._place(n).desk, self.dropped)
            self.say(f"desk {n} puts the instrument back")

    def write_entry(self, n: int) -> None:
        """Write a contact down."""
        self._begin()
        desk = self._place(n).desk
        draft = ContactDraft(
            Channel.PHONE, desk.now() - timedelta(minutes=5), "Báo số 0", "Phạm Thu Hà", f"việc {self.step_n}"
        )
        made, _changes = journal.log_contact(desk, draft)
        self.told.entries[made.id] = (n, self.step_n)
        self.say(f"desk {n} writes a contact down")

    def hold_request(self, n: int) -> None:
        """Pass the request on."""
        self._begin()
        if not self._sees(n):
            return
        holder = f"Phòng {self.step_n}"
        requests.hold(self._place(n).desk, self.world.request, holder)
        self.told.steps[holder] = (n, self.step_n)
        self.say(f"desk {n} passes the request to {holder}")

    def settle(self, n: int) -> None:
        """Decide a conflict that the desk shows."""
        self._begin()
        desk = self._place(n).desk
        found = sync.conflicts(desk)
        if not found:
            return
        one = self.random.choice(sorted(found, key=lambda each: each.id))
        pick = self.random.choice(("current", "mine"))
        try:
            sync.settle(desk, one.id, pick)
        except ConflictError:
            return
        self._decided(one, pick)
        self.say(f"desk {n} decides {one.field} for {pick}: {getattr(one, pick)!r}"[:200])

    def _decided(self, one: SyncConflict, pick: str) -> None:
        left = one.mine if pick == "current" else one.current
        self.told.seen_over |= traces(left) - traces(getattr(one, pick))

    def turn_clock(self, n: int) -> None:
        """The desk's clock jumps by a day."""
        self._begin()
        self.world.clock.skew[n] = timedelta(days=self.random.choice((-1, 0, 1)))
        self.say(f"desk {n}'s clock is off by {self.world.clock.skew[n]}")

    def round(self, n: int) -> None:
        """The desk exchanges with the portal, in whatever weather."""
        self._begin()
        weather = self.world.weather
        if self.random.random() < 0.45:
            at = self.random.randrange(6)
            kind = self.random.choice(("line", "line", "disk", "portal"))
            if kind == "line":
                weather.on_line = [""] * at + [self.random.choice(LINE_FAULTS)]
            elif kind == "disk":
                weather.on_disk = [""] * at + [self.random.choice(DISK_FAULTS)]
            else:
                weather.in_portal = [""] * (at % 2) + ["dies"]
        said = f"{weather.on_line} {weather.on_disk} {weather.in_portal}".replace("[]", "").strip()
        try:
            report, _changes = sync.run_round(self._place(n).desk)
            fault = report.fault.code if report.fault else ""
            self.say(
                f"desk {n} rounds {said}: sent {report.sent}, {report.echoed} echoed, {report.received} in {fault}"
            )
            if fault in SIGNED_OUT:
                weather.clear()  # its people sign it in on a better day
                self._enrol_anew(n)
        except CrashError:
            self.say(f"desk {n} dies in its round {said}")
        finally:
            weather.clear()

    def _enrol_anew(self, n: int) -> None:
        self.world.join(self._place(n).desk)
        self.say(f"desk {n} signs in again")

    def disturb(self, n: int) -> None:
        """Something great happens, if this history has such a thing; or the third desk joins."""
        self._begin()
        if 2 not in self.joined and self.random.random() < 0.5:
            self.join_third()
            return
        act: dict[str, Callable[[int], None]] = {
            "portal": self.copy_or_restore_portal,
            "profile": self.copy_or_restore_profile,
            "floor": self.cut_log,
        }
        if self.trouble in act:
            act[self.trouble](n)

    def join_third(self) -> None:
        """The third desk joins the journal."""
        self.world.join(self.world.places[2].desk)
        self.joined.add(2)
        self.bare.add(2)
        self.say("desk 2 joins")

    def copy_or_restore_portal(self, n: int) -> None:
        """The portal is copied, or put back from a copy."""
        if self.random.random() < 0.4:
            self.portal_copies.append(self.world.portal_state())
            self.say("the portal is copied")
        elif 2 not in self.joined or self.third_was_in_morning:
            self.world.restore_portal(self.random.choice(self.portal_copies))
            self.say("the portal is put back from a copy")

    @property
    def third_was_in_morning(self) -> bool:
        """Whether the copies of the portal know the third desk."""
        return self.lines[0].endswith("in")

    def copy_or_restore_profile(self, n: int) -> None:
        """A desk's disk is copied, or put back from its copy; what was not sent since is gone with it."""
        if n not in self.copies:
            self.copies[n] = (self.step_n, self._place(n).state())
            self.say(f"desk {n} is copied")
            return
        since, state = self.copies.pop(n)
        self._place(n).put_back(state)
        books: tuple[dict[Any, tuple[int, int]], ...] = (self.told.typed, self.told.entries, self.told.steps)
        for known in books:
            for key in [key for key, (who, when) in known.items() if who == n and when > since]:
                known.pop(key)
        self.say(f"desk {n} is put back to {since}")

    def cut_log(self, n: int) -> None:
        """The portal lets go of the bodies of old operations."""
        later = self.world.clock.at + timedelta(days=1)
        gone = restoring.compact(self.world.engine, later, days=0, ops=self.random.randrange(PLACES_IN_FEED))
        self.say(f"the portal lets {gone} bodies go")

    def calm_down(self) -> None:
        """All is well: every desk exchanges until nothing is left to say."""
        self._begin()
        self.world.weather.clear()
        joined, quiet = sorted(self.joined), 0
        for turn in range(8 * len(joined)):
            n = joined[turn % len(joined)]
            report, _changes = sync.run_round(self._place(n).desk)
            code = report.fault.code if report.fault else ""
            if code in SIGNED_OUT:
                self._enrol_anew(n)
            else:
                assert not code, f"desk {n} cannot finish its round: {code}"
            moved = report.sent + report.received + report.filled
            self.say(f"desk {n} rounds in calm: {report.sent} sent, {report.received} in, {report.filled} filled")
            quiet = 0 if moved or code else quiet + 1
            if quiet == len(joined):
                return
        raise AssertionError("the desks never come to rest")
