"""The head of the journal is sealed as soon as nobody writes, not only when the desk closes."""

from functools import partial

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from spokesdesk.gui.courier import Courier
from spokesdesk.gui.sealing import Sealing
from spokesdesk.services import journal, workspace
from spokesdesk.services.ports import Desk
from tests.services.test_checkpoints import behind_the_back
from tests.services.test_journal import a_visit


def test_what_was_written_a_moment_ago_cannot_be_cut_off_unseen(
    desk: Desk, courier: Courier, qtbot: QtBot
) -> None:
    owner = QObject()
    sealing = Sealing(courier, owner)
    sealing.start(desk)
    for _entry in range(3):
        courier.run(partial(journal.log_contact, desk, a_visit(desk)), owner=owner)
    qtbot.waitUntil(lambda: (found := desk.heads.sealed()) is not None and found.n == 3)
    with behind_the_back(desk) as connection:
        connection.execute("DELETE FROM chain WHERE n = 3")
        connection.execute("DELETE FROM contact WHERE n = 3")
    assert "cut_off" in {fault.code for fault in workspace.doctor(desk).chain}
    sealing.stop()
