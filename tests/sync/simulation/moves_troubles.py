"""What befalls desks, line and portal: bad weather, wrong clocks, copies put back, a log cut short, somebody new."""

from collections.abc import Callable
from datetime import timedelta

from spokesdesk.server import restoring
from spokesdesk.services import sync
from tests.sync.simulation.history import SIGNED_OUT, History
from tests.sync.simulation.line import CrashError

LINE_FAULTS = ("request", "reply", "twice", "before", "after")
DISK_FAULTS = ("before", "after")
PLACES_IN_FEED = 6


def turn_clock(history: History, n: int) -> None:
    """The desk's clock jumps by a day."""
    history.begin()
    history.world.clock.skew[n] = timedelta(days=history.random.choice((-1, 0, 1)))
    history.say(f"desk {n}'s clock is off by {history.world.clock.skew[n]}")


def exchange(history: History, n: int) -> None:
    """The desk exchanges with the portal, in whatever weather."""
    history.begin()
    weather = history.world.weather
    if history.random.random() < 0.45:
        at = history.random.randrange(6)
        kind = history.random.choice(("line", "line", "disk", "portal"))
        if kind == "line":
            weather.on_line = [""] * at + [history.random.choice(LINE_FAULTS)]
        elif kind == "disk":
            weather.on_disk = [""] * at + [history.random.choice(DISK_FAULTS)]
        else:
            weather.in_portal = [""] * (at % 2) + ["dies"]
    said = f"{weather.on_line} {weather.on_disk} {weather.in_portal}".replace("[]", "").strip()
    try:
        report, _changes = sync.run_round(history.desk(n))
        fault = report.fault.code if report.fault else ""
        history.say(
            f"desk {n} rounds {said}: sent {report.sent}, {report.echoed} echoed, {report.received} in {fault}"
        )
        if fault in SIGNED_OUT:
            weather.clear()  # its people sign it in on a better day
            history.enrol_anew(n)
    except CrashError:
        history.say(f"desk {n} dies in its round {said}")
    finally:
        weather.clear()


def disturb(history: History, n: int) -> None:
    """Something great happens, if this history has such a thing; or the third desk joins."""
    history.begin()
    if 2 not in history.joined and history.random.random() < 0.5:
        join_third(history)
        return
    act: dict[str, Callable[[History, int], None]] = {
        "portal": copy_or_restore_portal,
        "profile": copy_or_restore_profile,
        "floor": cut_log,
    }
    if history.trouble in act:
        act[history.trouble](history, n)


def join_third(history: History) -> None:
    """The third desk joins the journal."""
    history.world.join(history.world.places[2].desk)
    history.joined.add(2)
    history.bare.add(2)
    history.say("desk 2 joins")


def copy_or_restore_portal(history: History, n: int) -> None:
    """The portal is copied, or put back from a copy."""
    if history.random.random() < 0.4:
        history.portal_copies.append(history.world.portal_state())
        history.say("the portal is copied")
    elif 2 not in history.joined or history.third_was_in_morning:
        history.world.restore_portal(history.random.choice(history.portal_copies))
        history.say("the portal is put back from a copy")


def restore_any(history: History, _n: int) -> None:
    """The portal is copied, or put back from any copy: from before a desk joined, which then signs in once more."""
    history.begin()
    if history.trouble != "portal":
        return
    if history.random.random() < 0.5:
        history.portal_copies.append(history.world.portal_state())
        history.say("the portal is copied")
    else:
        history.world.restore_portal(history.random.choice(history.portal_copies))
        history.say("the portal is put back from some copy")


def copy_or_restore_profile(history: History, n: int) -> None:
    """A desk's disk is copied, or put back from its copy; what was not sent since is gone with it."""
    if n not in history.copies:
        history.copies[n] = (history.step_n, history.world.places[n].state())
        history.say(f"desk {n} is copied")
        return
    since, state = history.copies.pop(n)
    history.world.places[n].put_back(state)
    history.told.forget(n, since)
    history.say(f"desk {n} is put back to {since}")


def cut_log(history: History, n: int) -> None:
    """The portal lets go of the bodies of old operations."""
    later = history.world.clock.at + timedelta(days=1)
    gone = restoring.compact(
        history.world.engine, later, days=0, ops=history.random.randrange(PLACES_IN_FEED)
    )
    history.say(f"the portal lets {gone} bodies go")
