"""A person comes, and asks later that nothing be kept of them."""

from datetime import timedelta

from spokesdesk.domain.errors import UserError, WaitError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import journal, people, privacy
from tests.sync.simulation.history import History


def write_visit(history: History, n: int) -> None:
    """Write the contact of somebody new down."""
    history.begin()
    desk, name = history.desk(n), f"Đỗ Văn Kim {history.step_n:02d}"
    at = desk.now() - timedelta(minutes=5)
    made, _changes = journal.log_contact(
        desk, ContactDraft(Channel.PHONE, at, f"Báo {history.step_n}", name, "hỏi về đất đai")
    )
    assert made.journalist is not None
    history.told.people[name] = (made.journalist.id, n, history.step_n)
    history.told.entries[made.id] = (n, history.step_n)
    history.say(f"desk {n} writes down that {name} came")


def erase(history: History, n: int) -> None:
    """Erase one of those who came, where they are known."""
    history.begin()
    desk = history.desk(n)
    for name, (who, _by, _when) in history.told.people.items():
        try:
            if people.journalist(desk, who).name != name:
                continue
            privacy.erase(desk, who, privacy.law().delete[0].id)
        except UserError:
            continue
        except WaitError:
            history.say(f"desk {n} cannot erase yet")
            return
        history.told.erased[name] = (n, history.step_n)
        history.say(f"desk {n} erases {name}")
        return
