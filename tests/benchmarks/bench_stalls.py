"""The GUI thread while visits are saved: how late a 5 ms timer fires, against the same window left alone."""

import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.benchmarks.measure import shown, table

CONTACTS = 2_000
ROUNDS = 10
SECONDS = 2.0
TICK_MS = 5


def main() -> None:
    """Print the table: p95 and largest delay of a timer, idle and while saving, interleaved."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        idle, saving = _delays(Path(folder) / "workspace")
    rows = [
        (name, shown(pick(saving)), shown(pick(idle)), f"{pick(saving) / max(pick(idle), 1e-6):.2f}", target)
        for name, pick, target in (("p95 delay", _p95, "1.00"), ("largest delay", max, "-"))
    ]
    table(rows)


def _p95(delays: list[float]) -> float:
    return statistics.quantiles(delays, n=20)[-1]


def _delays(folder: Path) -> tuple[list[float], list[float]]:
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
    idle: list[float] = []
    saving: list[float] = []
    for _round in range(ROUNDS):
        idle += _watched(lambda: None)
        saving += _watched(partial(_save_one, stage, desk))
    stage.close()
    desk.close()
    return idle, saving


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


def _save_one(stage: object, desk: object) -> None:
    from spokesdesk.domain.journal import Channel, ContactDraft
    from spokesdesk.services import journal
    from spokesdesk.services.ports import Desk
    from tests.gui.stage import Stage

    assert isinstance(stage, Stage)
    assert isinstance(desk, Desk)
    draft = ContactDraft(Channel.PHONE, desk.now(), "Báo Tuổi Trẻ", "Đặng Thị Khuê", "Giá đất đền bù")
    stage.courier.run(partial(journal.log_contact, desk, draft), owner=stage.window, lane="write")
