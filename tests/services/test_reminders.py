"""Reminders on a real desk: told once whoever looks, told after a restart, and a clock that was set is noticed."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from spokesdesk import bootstrap
from spokesdesk.domain.incidents import IncidentDraft, Statement, StatementForm
from spokesdesk.services import incidents, reminders
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, named

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)


def at(desk: Desk, hours: float, steady: float | None = None) -> Desk:
    moment = NOON + timedelta(hours=hours)
    ran = 100.0 + hours * 3600 if steady is None else steady
    return replace(desk, now=lambda: moment, steady=lambda: ran)


def test_a_reminder_is_told_once_although_two_windows_look(desk: Desk) -> None:
    incidents.open_incident(at(desk, 0), IncidentDraft("Cháy kho", received_at=NOON))
    one, two = at(desk, 12.02), at(desk, 12.03)
    first, second = reminders.pending(one), reminders.pending(two)
    assert len(first) == len(second) == 1
    assert len(reminders.tell(one, first)) == 1
    assert reminders.tell(two, second) == ()
    assert reminders.pending(two) == ()


def test_after_the_machine_was_off_the_missed_steps_are_told_at_the_next_start(desk: Desk) -> None:
    incidents.open_incident(at(desk, 0), IncidentDraft("Cháy kho", received_at=NOON))
    reminders.tell(at(desk, 12.01), reminders.pending(at(desk, 12.01)))
    folder = desk.keeper.folder
    desk.close()
    again = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    try:
        later = at(again.working_as(named(again, "Trần Minh Khuê")), 23.5, steady=30.0)
        told = reminders.tell(later, reminders.pending(later))
        assert [(each.steps[-1].hours, each.missed) for each in told] == [(1, (4, 1))]
        assert told[0].clock.due.due_at == NOON + timedelta(hours=24), "an instant, whatever the machine did"
    finally:
        again.close()


def test_a_clock_that_was_set_is_said_while_an_incident_runs(desk: Desk) -> None:
    assert reminders.watch_clock(at(desk, 0)) == "", "nothing runs"
    opened, _changes = incidents.open_incident(at(desk, 0), IncidentDraft("Cháy kho", received_at=NOON))
    assert reminders.watch_clock(at(desk, 0)) == ""
    assert reminders.watch_clock(at(desk, 8)) == "", "asleep for eight hours"
    assert "lùi 3 giờ 0 phút" in reminders.watch_clock(at(desk, 6, steady=100.0 + 9 * 3600))
    assert "lùi 2 giờ 0 phút" in reminders.watch_clock(at(desk, 4, steady=10.0)), "set back while it was off"
    said = Statement(NOON, StatementForm.RELEASE, "Khuê", "Đã rõ.")
    incidents.say(at(desk, 4), opened.id, said)
    assert reminders.watch_clock(at(desk, 20, steady=20.0)) == ""


CHILD = """
import os, signal, sys
from pathlib import Path
from spokesdesk import bootstrap
from spokesdesk.services import reminders
from tests.desks import PASSPHRASE
from tests.services.test_reminders import at

desk = at(bootstrap.open_desk(Path(sys.argv[1]), passphrase=PASSPHRASE), float(sys.argv[2]), float(sys.argv[3]))
for told in reminders.tell(desk, reminders.pending(desk)):
    print("step", told.steps[-1].hours, *told.missed)
print("clock", reminders.watch_clock(desk), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_after(folder: Path, hours: float, steady: float) -> list[str]:
    """Let a process of its own look at the reminders at a moment, and kill it; gives what it told."""
    run = [sys.executable, "-c", CHILD, str(folder), str(hours), str(steady)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return [line.strip() for line in done.stdout.splitlines()]


def test_processes_that_are_killed_tell_each_step_once_through_sleep_reboot_and_set_clocks(
    desk: Desk,
) -> None:
    incidents.open_incident(at(desk, 0), IncidentDraft("Cháy kho", received_at=NOON))
    folder = desk.keeper.folder
    desk.close()
    hour = 3600.0
    # Twelve hours before the end, punctual; then nothing new a minute later in another process.
    assert killed_after(folder, 12.01, 12 * hour) == ["step 12", "clock"]
    assert killed_after(folder, 12.03, 12.02 * hour) == ["clock"]
    # Asleep until half an hour past the next step: told late, as missed; nobody set the clock.
    assert killed_after(folder, 20.5, 20.49 * hour) == ["step 4 4", "clock"]
    # Set back by six hours while off: nothing is told twice, and it is said.
    told = killed_after(folder, 14.5, 100.0)
    assert told[0].startswith("clock")
    assert "lùi" in told[0]
    # Put right again and rebooted: the last steps come, at the same moments as ever.
    assert killed_after(folder, 23.01, 50.0)[0] == "step 1"
    assert killed_after(folder, 24.01, 50.0 + hour) == ["step 0", "clock"]
