"""The first start of a new version: whether its window comes decides whether the next start uses it again."""

import subprocess

from spokesdesk.services import updates
from tests.outside.publisher import Publisher
from tests.outside.updating import Machine


def test_a_new_version_that_does_not_come_up_is_left_at_the_next_start(
    publisher: Publisher, machine: Machine
) -> None:
    publisher.publish("0.2.0")
    machine.get(place=publisher.site)
    machine.apply()
    assert machine.starts("--version") == "0.2.0"  # no window: says nothing of whether it comes up
    assert machine.starts() == "0.2.0"
    assert [machine.starts(), machine.starts(), machine.starts("--version")] == ["0.1.0"] * 3
    machine.restarted("program")
    assert updates.state(machine.updates, machine.settings).ready == ""
    assert updates.fell_back(machine.updates) == "0.2.0"
    assert updates.fell_back(machine.updates) == ""
    assert updates.state(machine.updates, machine.settings).beside == ""
    machine.updates.folder.tidy()
    assert machine.folders() == ["current", "program", "spokesdesk"]
    assert machine.starts() == "0.1.0"
    # Fetched again by choice, it gets its chance again, and this time its window comes.
    machine.get(place=publisher.site)
    machine.apply()
    assert machine.starts() == "0.2.0"
    machine.restarted("program-0.2.0")
    assert [machine.starts(), machine.starts()] == ["0.2.0"] * 2
    assert updates.fell_back(machine.updates) == ""


def test_a_second_press_while_the_new_version_is_coming_up_does_not_leave_it(
    publisher: Publisher, machine: Machine
) -> None:
    publisher.publish("0.2.0")
    machine.get(place=publisher.site)
    machine.apply()
    inside = machine.home / "program-0.2.0" / "lib"
    (entry,) = inside.glob("*/site-packages/spokesdesk/__main__.py")
    entry.write_text(
        "print('0.2.0', flush=True)\nif __import__('sys').stdin.read(1) == 'x': raise SystemExit\n"
    )
    first = subprocess.Popen(
        [machine.home / "spokesdesk"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "0.2.0"
        assert machine.starts() == "0.2.0"
        first.kill()
    assert machine.starts() == "0.1.0"
