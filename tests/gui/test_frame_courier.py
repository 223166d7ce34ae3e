"""The courier: results on the GUI thread, in order, only for living owners; closing never blocks."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.changes import Change
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.gui.courier import Courier, Failure, Running, changes_in
from tests.gui.stage import settle


class Screen(QWidget):
    """Notes what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.errors: list[DeskError] = []
        self.threads: set[QThread] = set()

    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.add(QThread.currentThread())

    def fail(self, error: DeskError) -> None:
        self.errors.append(error)

    def always(self) -> None:
        self.got.append("ready")


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    made = Screen()
    qtbot.addWidget(made)
    return made


def refuse() -> None:
    raise UserError("topic_missing", field="topic")


def break_down() -> None:
    raise ZeroDivisionError


def test_results_come_home_to_the_gui_thread_in_the_order_of_the_writes(
    screen: Screen, courier: Courier
) -> None:
    for number in range(20):
        courier.run(partial(int, number), owner=screen, ok=screen.take)
    settle(courier)
    assert screen.got == list(range(20))
    assert screen.threads == {screen.thread()}


def test_work_runs_off_the_gui_thread(screen: Screen, courier: Courier) -> None:
    for lane in ("write", "read", "work", "net"):
        courier.run(threading.get_ident, owner=screen, ok=screen.take, lane=lane)
    settle(courier)
    assert len(screen.got) == 4
    assert threading.get_ident() not in screen.got


def test_a_late_result_for_a_closed_screen_is_dropped_but_what_it_wrote_is_announced(
    qtbot: QtBot, courier: Courier
) -> None:
    gate, announced = threading.Event(), list[object]()
    courier.changed.connect(announced.append)
    closed = Screen()
    got = closed.got
    change = (Change("contact"),)

    def write() -> tuple[str, tuple[Change, ...]]:
        gate.wait(10)
        return "written", change

    courier.run(write, owner=closed, ok=closed.take)
    with qtbot.waitSignal(closed.destroyed):
        closed.deleteLater()
    gate.set()
    settle(courier)
    assert got == []
    assert announced == [change]


def test_errors_go_to_the_caller_else_to_the_window(screen: Screen, courier: Courier) -> None:
    failures: list[Failure] = []
    courier.failed.connect(failures.append)
    courier.run(refuse, owner=screen, fail=screen.fail, always=screen.always)
    courier.run(refuse, owner=screen, label="Đang lưu")
    settle(courier)
    assert [error.field for error in screen.errors] == ["topic"]
    assert screen.got == ["ready"]
    assert [(failure.error.code, failure.label) for failure in failures] == [("topic_missing", "Đang lưu")]


def test_a_bug_is_a_crash_and_never_reaches_fail(screen: Screen, courier: Courier) -> None:
    crashes: list[BaseException] = []
    courier.crashed.connect(crashes.append)
    courier.run(break_down, owner=screen, ok=screen.take, fail=screen.fail, always=screen.always)
    settle(courier)
    assert [type(crash) for crash in crashes] == [ZeroDivisionError]
    assert (screen.got, screen.errors) == (["ready"], [])


def test_cancelled_work_says_nothing_and_labelled_work_is_shown_while_it_runs(
    screen: Screen, courier: Courier
) -> None:
    gate, seen = threading.Event(), list[object]()
    courier.running.connect(seen.append)
    job = courier.run(
        partial(gate.wait, 10), owner=screen, ok=screen.take, lane="work", label="Đang vẽ trang"
    )
    assert seen[-1] == (Running(job.number, "Đang vẽ trang"),)
    courier.cancel(job.number)
    gate.set()
    settle(courier)
    assert screen.got == []
    assert not seen[-1]


def test_who_listens_all_day_does_not_keep_the_window_from_coming_to_rest(
    screen: Screen, courier: Courier
) -> None:
    call, gate = threading.Event(), threading.Event()
    courier.run(partial(call.wait, 60), owner=screen, ok=screen.take, lane="wait", end=call.set)
    assert (courier.is_busy, courier.is_at_rest) == (True, True)
    courier.run(partial(gate.wait, 60), owner=screen, ok=screen.take, lane="net")
    assert not courier.is_at_rest
    gate.set()
    settle(courier)
    assert screen.got == [True]
    assert not call.is_set()


def test_closing_finishes_the_writes_drops_the_rest_and_never_waits(
    qtbot: QtBot, qapp: object, screen: Screen
) -> None:
    courier, gate = Courier(), threading.Event()
    courier.run(partial(gate.wait, 10), owner=screen, ok=screen.take)
    courier.run(partial(str, "second write"), owner=screen, ok=screen.take)
    reads: Callable[[], object] = partial(gate.wait, 10)
    for _number in range(3):
        courier.run(reads, owner=screen, lane="read")
    with qtbot.waitSignal(courier.idle):
        courier.shut_down()
        assert courier.is_busy, "closing waited for a worker"
        gate.set()
    assert screen.got == [True, "second write"]
    assert courier.run(partial(str, "late"), owner=screen, ok=screen.take).cancelled


def test_changes_are_found_at_the_end_of_a_result() -> None:
    change = Change("paper")
    assert changes_in(("paper", (change,))) == (change,)
    assert changes_in((change, change)) == (change, change)
    assert changes_in(("paper", "letter")) == ()
    assert changes_in(()) == ()
    assert changes_in(QObject) == ()
