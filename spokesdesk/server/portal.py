"""What the portal's routes work with, and who is calling."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from sqlalchemy.engine import Engine
from starlette.requests import Request

from spokesdesk.domain.errors import UserError
from spokesdesk.server import tokens, waiting, walls
from spokesdesk.server.files import FileStore
from spokesdesk.server.rates import Rates
from spokesdesk.server.seals import Seals
from spokesdesk.server.tokens import Caller
from spokesdesk.server.waiting import Pokes

READERS, WRITERS = 4, 3


def utc_now() -> datetime:
    """Give the present moment, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Portal:
    """What the routes work with.

    Attributes:
        seals: judges the signatures of what is published.
        address: public address without a closing slash; "" takes it from each request.
        title: the name that the public reads; "" for the usual one.
        contact: who looks after it and how they are reached, as the public reads it; "" for nothing.
        pokes: who waits for something new, in this process.
        refused: how often each reason was given, by this process since its start: of operations and of requests.
        rates: how often each device may ask.
        readers: threads that read what desks ask for; more at once would only take the interpreter from each other.
        writers: threads that take operations in; none of them keeps a reader waiting.
    """

    engine: Engine
    store: FileStore
    seals: Seals
    address: str = ""
    title: str = ""
    contact: str = ""
    now: Callable[[], datetime] = utc_now
    pokes: Pokes = field(default_factory=Pokes)
    refused: "Counter[str]" = field(default_factory=Counter)
    rates: Rates = field(default_factory=Rates)
    readers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(READERS))
    writers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(WRITERS))

    async def poke(self, owner: UUID) -> None:
        """Wake the desks of a journal that wait, at this worker and at the others."""
        await to_thread.run_sync(waiting.notify, self.engine, (owner,))
        self.pokes.tell((owner,))

    def base(self, request: Request) -> str:
        """Give the address under which the public reaches the portal."""
        return self.address or str(request.base_url).rstrip("/")

    async def caller(self, request: Request) -> Caller:
        """Give the device that a request's token speaks for; raises as ``tokens.caller`` and ``Rates.spend`` do."""
        who = await to_thread.run_sync(self.known, request, limiter=self.readers)
        walls.narrow(who.journal)
        return who

    def known(self, request: Request) -> Caller:
        """Do what ``caller`` does on a thread that goes on with the request's work: one way there and back less."""
        who = tokens.caller(self.engine, request.headers.get("authorization", ""), self.now())
        walls.narrow(who.journal)
        self.rates.spend(who.device)
        return who


def portal_at(
    engine: Engine,
    data: Path,
    address: str = "",
    title: str = "",
    rates: Rates | None = None,
    store: FileStore | None = None,
) -> Portal:
    """Give the portal over a database and a folder, which is made ready; files lie there unless a store is given."""
    store = store or FileStore(data / "files")
    store.prepare()
    seals = Seals(data / "trust")
    return Portal(engine, store, seals, address.rstrip("/"), title, rates=rates or Rates())


def count(text: str) -> int:
    """Read a number of a query; raises UserError("message_malformed")."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise UserError("message_malformed", detail="number")
    return int(text)


def uuid_of(text: str) -> UUID:
    """Read an id of a query; raises UserError("message_malformed")."""
    try:
        return UUID(text)
    except ValueError:
        raise UserError("message_malformed", detail="id") from None
