"""The second wall between journals, on PostgreSQL: what a transaction may see is told to the database (sync.md T9).

Statements name their journal; should one forget to, row security shows it nothing of another. Each transaction says
whose it is (``SET LOCAL``): of the journal whose device asks; of none, where nobody has shown a token; of all, where
an administrator's command is at work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
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
    """Have every transaction of a PostgreSQL database say whose it is, in the breath that begins it.

    The engine's connections begin none by themselves: what is asked outside of the wall is one question each.
    """
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("private", True):
        return  # nothing is said, so nothing behind the wall is seen
    line: Any = connection.connection.driver_connection
    said = f"SELECT set_config('{SETTING}', '{_whose.get()}', true)"
    if line.autocommit:
        said = f"BEGIN; {said}"
    threshold = line.prepare_threshold
    line.prepare_threshold = None  # two statements cannot be kept ready as one
    try:
        connection.exec_driver_sql(said, execution_options={"no_parameters": True})
    finally:
        line.prepare_threshold = threshold
