"""The window under test: one application, the product's own look, and widgets released only between tests."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.theme import Theme
from spokesdesk.services import people
from spokesdesk.services.ports import Desk
from tests.desks import desk, office, template
from tests.gui.stage import Stage, staged
from tests.server.running import RunningPortal
from tests.tokens import token

__all__ = ["desk", "office", "template", "token"]


# Said by Qt's offscreen platform whenever a window has a smallest size; it means nothing.
_OFFSCREEN_NOISE = r"This plugin does not support propagateSizeHints|This plugin does not support raise"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it always says; every other Qt warning fails a test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN_NOISE, extend=True))


@pytest.fixture(autouse=True)
def collected_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Cycles are broken between tests on the GUI thread, never in the middle of event dispatch."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.enable()
    gc.collect()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Fonts and palettes of the product."""
    made = Theme(qapp)
    made.start(qapp, "light")
    made.follow_system()
    return made


@pytest.fixture
def courier(qtbot: QtBot, qapp: QApplication) -> Iterator[Courier]:
    """A courier that is shut down in stages at the end, as in the product."""
    made = Courier()
    yield made
    made.shut_down()
    qtbot.waitUntil(lambda: not made.is_busy)
    made.deleteLater()


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, courier: Courier) -> Iterator[Callable[..., Stage]]:
    """Opens the whole window on a desk, without painting or closing the desk itself."""
    made: list[Stage] = []

    def open_stage(*args: object, **options: object) -> Stage:
        made.append(staged(theme, courier, *args, **options))  # type: ignore[arg-type]
        return made[-1]

    yield open_stage
    for one in made:
        one.close()
        qtbot.waitUntil(lambda: not courier.is_busy)


@pytest.fixture
def demo(theme: Theme) -> Iterator[Desk]:
    """The workspace of sample data, with the member of most roles at work."""
    opened = bootstrap.open_demo()
    yield opened.working_as(max(people.members(opened), key=lambda member: len(member.roles)))
    opened.close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal in a process of its own."""
    running = RunningPortal(tmp_path_factory.mktemp("portal") / "data").start()
    yield running
    running.stop()
    RunningPortal.close_all()
