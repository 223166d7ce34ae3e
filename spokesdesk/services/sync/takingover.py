"""How Python's machinery is set while a whole journal is taken over."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# A page of a thousand records is some twenty thousand values.
_RARELY = 200_000
_SHORT_S = 0.0002


@contextmanager
def taking_over() -> Iterator[None]:
    """Look for circles of values rarely, and let threads change places often.

    Pages are none of them circles, and gone with the next one: looking them through again and again took a fifth of the
    time. One thread makes a page ready while another one writes: whoever comes back from the database, or has a window
    to draw, would else wait five milliseconds each time.
    """
    before, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(_RARELY, *before[1:])
    sys.setswitchinterval(_SHORT_S)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        sys.setswitchinterval(interval)
