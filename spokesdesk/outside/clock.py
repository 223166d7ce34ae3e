"""The machine's clocks: the one that people set, and one that only runs."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Give the moment in UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Give the seconds since the machine started, sleep included; setting the clock does not change them.

    Linux stops its monotonic clock while the machine sleeps and keeps another one for this; Windows counts on.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    read = getattr(time, "clock_gettime", None)
    return float(read(boot)) if boot is not None and read is not None else time.monotonic()
