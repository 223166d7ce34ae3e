"""The second wall between journals, on PostgreSQL: what a transaction may see is told to the database (sync.md T9).

Statements name their journal; should one forget to, row security shows it nothing of another. Each transaction says
whose it is (``SET LOCAL``): of the journal whose device asks; of none, where nobody has shown a token; of all, where
an administrator's command is at work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

EVERY, NONE = "*", "-"
SETTING = "spokesdesk.journal"
# What is private to a journal; what the public, the province or a journalist reads are projections of their own.
WALLED = ("record", "change", "conflict", "blob", "upload")
_whose: ContextVar[str] = ContextVar("whose", default=EVERY)


def narrow(owner: UUID | None) -> None:
    """From here on, in this request, nothing but one journal is seen; None: nothing of any."""
    _whose.set(str(owner) if owner else NONE)


@contextmanager
def seeing(owner: UUID | None) -> Iterator[None]:
    """See nothing but one journal, or nothing of any, within the block."""
    before = _whose.set(str(owner) if owner else NONE)
    try:
        yield
    finally:
        _whose.reset(before)


@contextmanager
def over() -> Iterator[None]:
    """See what every journal has, within the block: only to ask whether anybody holds a file still."""
    before = _whose.set(EVERY)
    try:
        yield
    finally:
        _whose.reset(before)


def keep(engine: Engine) -> None:
    """Have every transaction of a PostgreSQL database say whose it is."""
    event.listen(engine, "begin", _say)


def _say(connection: Connection) -> None:
    if not connection.get_execution_options().get("private", True):
        return  # nothing was said, so nothing behind the wall is seen
    connection.exec_driver_sql("SELECT set_config(%s, %s, true)", (SETTING, _whose.get()))
