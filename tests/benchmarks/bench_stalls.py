"""The GUI thread while visits are saved, and while pages are drawn: how late a 5 ms timer fires.

The baseline is the same window left alone.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks.measure import shown, table

CONTACTS = 2_000
ROUNDS = 10
SECONDS = 2.0
TICK_MS = 5
LONG = 2_500
Delays = tuple[list[float], list[float]]
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Print the table: p95 and largest delay of a timer, idle and at work, interleaved."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        saving, drawing = _delays(Path(folder) / "workspace")
    table([*_rows("saving", *saving, "1.00"), *_rows("drawing 16 pages", *drawing, "-")])


def _rows(what: str, idle: list[float], at_work: list[float], target: str) -> list[Row]:
    return [
        (
            f"{what}: {name}",
            shown(pick(at_work)),
            shown(pick(idle)),
            f"{pick(at_work) / max(pick(idle), 1e-6):.2f}",
            aim,
        )
        for name, pick, aim in (("p95 delay", _p95, target), ("largest delay", max, "-"))
    ]


def _p95(delays: list[float]) -> float:
    return statistics.quantiles(delays, n=20)[-1]


def _delays(folder: Path) -> tuple[Delays, Delays]:
    """Give the delays idle and while saving, and those idle and while drawing."""
    from PySide6.QtWidgets import QApplication

    from spokesdesk import bootstrap
    from spokesdesk.gui.app import SWITCH_S
    from spokesdesk.gui.courier import Courier
    from spokesdesk.gui.theme import Theme
    from spokesdesk.services import samples
    from tests.gui.stage import staged

    sys.setswitchinterval(SWITCH_S)
    app = QApplication([])
    theme = Theme(app)
    theme.start(app, "light")
    agency, members = samples.sample_agency(), samples.sample_members()[:1]
    desk, _key = bootstrap.create(folder, agency, members, passphrase="đo tốc độ")
    samples.fill(desk, CONTACTS)
    courier = Courier(app)
    stage = staged(theme, courier, desk, first="journal")
    saving = _interleaved(lambda _lap: _save_one(stage, desk))
    drawing = _interleaved(_writer(stage, desk))
    stage.close()
    desk.close()
    return saving, drawing


def _interleaved(act: Callable[[int], None]) -> Delays:
    idle: list[float] = []
    at_work: list[float] = []
    for lap in range(ROUNDS):
        idle += _watched(lambda: None)
        at_work += _watched(partial(act, lap))
    return idle, at_work


def _watched(act: object) -> list[float]:
    """Give how late each tick of a timer came, in seconds, while ``act`` runs once.

    Nobody saves a visit oftener than every two seconds.
    """
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    assert callable(act)
    loop, ticker, actor = QEventLoop(), QTimer(), QTimer()
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    late: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.append(max(0.0, now - last[0] - TICK_MS / 1000))
        last[0] = now

    ticker.timeout.connect(tick)
    actor.setSingleShot(True)
    actor.timeout.connect(act)
    ticker.start(TICK_MS)
    actor.start(round(SECONDS * 500))
    QTimer.singleShot(round(SECONDS * 1000), loop.quit)
    loop.exec()
    ticker.stop()
    actor.stop()
    return late


def _writer(stage: object, desk: object) -> Callable[[int], None]:
    """Open a long paper; give what writes all its pages anew."""
    from spokesdesk.services.ports import Desk
    from tests.gui.realcase import letter, papers_screen
    from tests.gui.stage import Stage, settle

    assert isinstance(stage, Stage)
    assert isinstance(desk, Desk)
    found = letter(desk, "dài", "Một đoạn khá dài. " * LONG)
    screen = papers_screen(stage)
    stage.control.navigate("paper", found.id)
    settle(stage.courier)
    return lambda lap: screen.page.form.text.setPlainText(f"Một đoạn khác cũng dài {lap}. " * LONG)


def _save_one(stage: object, desk: object) -> None:
    from spokesdesk.domain.journal import Channel, ContactDraft
    from spokesdesk.services import journal
    from spokesdesk.services.ports import Desk
    from tests.gui.stage import Stage

    assert isinstance(stage, Stage)
    assert isinstance(desk, Desk)
    draft = ContactDraft(Channel.PHONE, desk.now(), "Báo Tuổi Trẻ", "Đặng Thị Khuê", "Giá đất đền bù")
    stage.courier.run(partial(journal.log_contact, desk, draft), owner=stage.window, lane="write")


if __name__ == "__main__":
    main()
