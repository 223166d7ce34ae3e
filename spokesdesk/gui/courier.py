"""The one bridge between threads and Qt: blocking work goes out to lanes, results come home.

Services are plain blocking functions; ``fn`` never gets a Qt object, and results reach only living owners.
A worker neither touches nor imports anything of Qt: PySide 6.8 builds its types when they are first used, and doing
that beside a turning event loop ended 2 starts in 100 with a segmentation fault.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.services.ports.stopping import Stop, stoppable

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Lane = Literal["write", "read", "work", "net", "files", "wait", "sign", "long", "log"]

# One writer keeps order; two readers keep search live while a long list loads; who signs waits for a person; a table of
# many thousand rows holds up no preview, a long recording no round; the log of who looked holds up nothing; who listens
# waits all day.
LANES: dict[Lane, int] = {
    "write": 1,
    "read": 2,
    "work": 1,
    "net": 1,
    "files": 1,
    "wait": 1,
    "sign": 1,
    "long": 1,
    "log": 1,
}
PATIENCE_MS = 10_000
_LOOK_MS = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that no screen took: shown by the window's default handler."""

    error: DeskError
    label: str


@dataclass(frozen=True, slots=True)
class Running:
    """What is being worked on that a person may see and cancel; ``label`` "" for quiet work."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    value: object = None
    error: BaseException | None = None


class Job:
    """A piece of work on its way; kept only to cancel it."""

    def __init__(self, number: int, label: str, lane: Lane) -> None:
        self.number, self.label, self.lane = number, label, lane
        self.cancelled = False
        self.owner: QObject | None = None
        self.ok: Callable[..., object] | None = None
        self.fail: Callable[[DeskError], object] | None = None
        self.always: Callable[[], object] | None = None
        self.future: Future[None] | None = None
        self.stop = Stop()
        self.end: Callable[[], object] | None = None
        self.dropped: Callable[[], object] | None = None

    def cancel(self) -> None:
        """Drop the result; work that has not begun is not begun, reading is broken off, what listens ends."""
        self.cancelled = True
        self.stop.now()
        if self.end is not None:
            self.end()
        if self.future is not None and self.future.cancel() and self.dropped is not None:
            self.dropped()


class Courier(QObject):
    """Runs blocking functions on worker threads and hands results back on the GUI thread.

    Emits (all on the GUI thread):
        changed: ``Changes`` that a service reported; screens refresh what they show.
        failed: ``Failure``, a DeskError that its caller did not take.
        crashed: an exception that is a bug (goes to the crash report).
        running: tuple of ``Running``, the labelled work under way.
        idle: None; nothing is under way any more, after ``shut_down``.
    """

    changed = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    running = Signal(object)
    idle = Signal(object)
    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job] = {}
        self._next = 0
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._closing = False
        self._patience = QElapsedTimer()
        self._home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        fn: Callable[[], T],
        *,
        owner: QObject,
        ok: Callable[[T], object] | None = None,
        fail: Callable[[DeskError], object] | None = None,
        always: Callable[[], object] | None = None,
        lane: Lane = "write",
        label: str = "",
        end: Callable[[], object] | None = None,
    ) -> Job:
        """Run a blocking function on a lane; called on the GUI thread only.

        Args:
            fn: no arguments (use ``functools.partial``), no Qt objects inside.
            owner: whose result it is; when it is gone, the result is dropped.
            ok: bound method taking the result.
            fail: bound method taking the DeskError; without it the window says the error.
            always: bound method called before ``ok`` or ``fail`` and after a crash: re-enable a button.
            lane: write (one worker, in order), read, work (rendering), net, wait (for news), sign (waits for a
                device or a person).
            label: said in the status line, with cancel, when it takes longer than a second.
            end: asks the work itself to end, when the job is cancelled or the window closes.

        Returns:
            The job, to cancel it. Changes in the result (last item of a tuple) are announced by ``changed``.
        """
        self._next += 1
        job = Job(self._next, label, lane)
        job.owner, job.ok, job.fail, job.always, job.end = owner, ok, fail, always, end
        if self._closing:
            job.cancelled = True
            return job
        self._jobs[job.number] = job
        job.dropped = partial(self._jobs.pop, job.number, None)
        # Only reading is broken off: what writes goes on to its end.
        stop = job.stop if lane == "read" else Stop()
        job.future = self._pool(lane).submit(self._work, job.number, stop, fn)
        if label:
            self._tell_running()
        return job

    def changed_by(self, changes: Changes) -> None:
        """Announce what changed; the one place that emits ``changed``."""
        if changes:
            self.changed.emit(changes)

    def cancel(self, number: int) -> None:
        """Cancel the work of this number, if it is still under way."""
        job = self._jobs.get(number)
        if job is not None:
            job.cancel()
            self._tell_running()

    @property
    def is_busy(self) -> bool:
        """Whether any work has not come home."""
        return bool(self._jobs)

    @property
    def is_at_rest(self) -> bool:
        """Whether all work has come home but for what listens, which waits all day and holds up nobody."""
        return all(job.lane == "wait" for job in self._jobs.values())

    def shut_down(self) -> None:
        """Take no more work, drop what has not begun except writes, and emit ``idle`` when the rest is home.

        The event loop must keep turning: a worker may need it (see style.md, pitfall 17).
        """
        if self._closing:
            return
        self._closing = True
        self._patience.start()
        for lane, pool in self._pools.items():
            pool.shutdown(wait=False, cancel_futures=lane not in ("write", "log"))
        for number, job in list(self._jobs.items()):
            if job.end is not None:
                job.end()
            if job.future is not None and job.future.cancelled():
                del self._jobs[number]
        self._look()

    @Slot()
    def _look(self) -> None:
        if self._jobs and self._patience.elapsed() < PATIENCE_MS:
            QTimer.singleShot(_LOOK_MS, self, self._look)
            return
        self.idle.emit(None)

    def _pool(self, lane: Lane) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        if lane not in self._pools:
            self._pools[lane] = ThreadPoolExecutor(LANES[lane], thread_name_prefix=f"courier-{lane}")
        return self._pools[lane]

    def _work(self, number: int, stop: Stop, fn: Callable[[], object]) -> None:
        """Worker thread: knows only the number, so that no widget is ever released here."""
        try:
            with stoppable(stop):
                outcome = _Outcome(number, fn())
        except BaseException as error:
            outcome = _Outcome(number, None, error)
        try:
            self._home.emit(outcome)
        except RuntimeError:
            log.warning("a result came after the window was gone")

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        job = self._jobs.pop(outcome.number, None)
        if job is None:
            return
        if job.label:
            self._tell_running()
        wanted = not job.cancelled and job.owner is not None and isValid(job.owner)
        try:
            if wanted and job.always is not None:
                job.always()
            if outcome.error is not None:
                self._deliver_error(job, outcome.error, wanted=wanted)
            elif wanted and job.ok is not None:
                job.ok(outcome.value)
        finally:
            # What was written was written, whether or not anyone still looks at that screen.
            self.changed_by(changes_in(outcome.value))

    def _deliver_error(self, job: Job, error: BaseException, *, wanted: bool) -> None:
        if not isinstance(error, DeskError):
            self.crashed.emit(error)
        elif wanted and job.fail is not None:
            job.fail(error)
        elif wanted:
            self.failed.emit(Failure(error, job.label))

    def _tell_running(self) -> None:
        labelled = (job for job in self._jobs.values() if job.label and not job.cancelled)
        self.running.emit(tuple(Running(job.number, job.label) for job in labelled))


def changes_in(value: object) -> Changes:
    """Give the changes a result carries: the result itself, or the last item of a tuple."""
    if not isinstance(value, tuple) or not value:
        return ()
    last = value[-1]
    if isinstance(last, tuple) and last and all(isinstance(item, Change) for item in last):
        return last
    return value if all(isinstance(item, Change) for item in value) else ()
