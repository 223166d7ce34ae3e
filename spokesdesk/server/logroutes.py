"""The addresses of a journal's log: push, feed, snapshot, chain, digest, wait, a restore told, members."""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from spokesdesk import wire
from spokesdesk.server import (
    admission,
    door_waiting,
    log,
    members,
    packing,
    requests,
    restoring,
    snapshot,
    waiting,
)
from spokesdesk.server.database import reading
from spokesdesk.server.portal import Portal, count
from spokesdesk.server.tokens import Caller

T = TypeVar("T")
FORK_BYTES = 2 * wire.OP_BYTES
BOX_BYTES = 4096


class LogRoutes:
    """What a desk calls about its journal; every route wants the device's token and the journal's own id."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self.engine = portal, portal.engine
        self._pushing: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    def routes(self) -> list[Route]:
        """Give the addresses."""
        return [
            Route("/hello", self.hello),
            Route("/j/{journal}/push", self.push, methods=["POST"]),
            Route("/j/{journal}/changes", self.changes),
            Route("/j/{journal}/snapshot", self.snapshot),
            Route("/j/{journal}/chain", self.chain),
            Route("/j/{journal}/digest", self.digest),
            Route("/j/{journal}/wait", self.wait),
            Route("/j/{journal}/restored", self.restored, methods=["POST"]),
            Route("/j/{journal}/members", self.members),
            Route("/j/{journal}/box", self.box, methods=["POST"]),
        ]

    async def hello(self, request: Request) -> Response:
        """Say where the caller's journal stands."""

        def work(who: Caller) -> wire.Hello:
            told = log.hello(self.engine, who)
            with reading(self.engine) as connection:
                many, latest = door_waiting.waiting(connection, who, self.portal.now())
            return msgspec.structs.replace(told, door=many, door_at=latest)

        return await self._asked(request, work)

    async def push(self, request: Request) -> Response:
        """Take operations into the caller's journal."""
        who = await self._own(request)
        data = await requests.body(request, wire.BODY_BYTES)
        encoding = request.headers.get("content-encoding", "").lower()
        now, moved = self.portal.now(), {who.journal}

        def work() -> wire.PushReply:
            unpacked = packing.unpacked(data, encoding, wire.BODY_BYTES)
            message = wire.decode(unpacked, wire.Push)
            admission.check_size(message, len(unpacked))
            pushed = log.push(self.engine, who, message, now, self.portal.store)
            told = pushed.reply
            moved.update(pushed.written_to)
            self.portal.refused.update(one.reason for one in told.outcomes if one.outcome == "quarantined")
            if any(one.seq and one.outcome != "duplicate" for one in told.outcomes):
                waiting.notify(self.engine, moved)
            return told

        # Pushes of one journal wait for each other anyway: here they take no thread while they do.
        async with self._pushing.setdefault(who.journal, asyncio.Lock()):
            answer = await self._told(request, work, self.portal.writers)
        self.portal.pokes.tell(moved)
        return answer

    async def changes(self, request: Request) -> Response:
        """Give what follows a cursor."""

        def work(who: Caller) -> wire.Changes:
            asked = request.query_params
            after, limit = count(asked.get("after", "0")), count(asked.get("limit", str(wire.PAGE_OPS)))
            epoch, chain = asked.get("epoch", ""), asked.get("chain", "")
            return log.pull(self.engine, who, epoch=epoch, after=after, chain=chain, limit=limit)

        return await self._asked(request, work)

    async def snapshot(self, request: Request) -> Response:
        """Give a page of records."""

        def work(who: Caller) -> wire.Snapshot:
            asked = request.query_params
            after, entity = asked.get("after", ""), asked.get("entity", "")
            limit = count(asked.get("limit", str(wire.PAGE_OPS)))
            return snapshot.page(self.engine, who, after=after, entity=entity, limit=limit)

        return await self._asked(request, work)

    async def chain(self, request: Request) -> Response:
        """Give chain hashes at places of the feed."""

        def work(who: Caller) -> wire.ChainPoints:
            places = [count(text) for text in request.query_params.getlist("seq")]
            return restoring.points(self.engine, who, places)

        return await self._asked(request, work)

    async def digest(self, request: Request) -> Response:
        """Give digests of the journal's records."""
        entity = request.query_params.get("entity", "")
        return await self._asked(request, lambda who: snapshot.digests(self.engine, who, entity))

    async def wait(self, request: Request) -> Response:
        """Answer as soon as the journal, its inbox or the door went on since the desk knows of them, or in time."""
        who = await self._own(request)
        asked = request.query_params
        seconds = count(asked.get("for", str(waiting.LONGEST_S)))
        # A desk that does not ask for its inbox or the door is not woken for them.
        mail, door = (count(asked.get(name, "9" * 15)) for name in ("mail", "door"))
        known = wire.Poke(count(asked.get("after", "0")), mail, door, asked.get("members", ""))
        told = await self.portal.pokes.wait(self.engine, who, known, seconds, self.portal.now)
        return requests.reply(told)

    async def restored(self, request: Request) -> Response:
        """Hear from a desk that this portal was restored from an older backup."""
        who = await self._own(request)
        told = wire.decode(await requests.body(request, FORK_BYTES), wire.ForkTold)
        return await self._told(request, lambda: restoring.told_of_fork(self.engine, who, told))

    async def members(self, request: Request) -> Response:
        """Give the devices of the journal with their public keys."""
        return await self._asked(request, lambda who: members.listed(self.engine, who.journal))

    async def box(self, request: Request) -> Response:
        """Take the public keys that a device publishes of itself."""
        who = await self._own(request)
        told = wire.decode(await requests.body(request, BOX_BYTES), wire.DeviceBox)
        answer = await self._told(
            request, lambda: members.publish(self.engine, who.journal, who.device, told)
        )
        await self.portal.poke(who.journal)
        return answer

    async def _own(self, request: Request) -> Caller:
        who = await self.portal.caller(request)
        log.journal_of(who, request.path_params["journal"])
        return who

    async def _asked(self, request: Request, work: Callable[[Caller], object]) -> Response:
        """Find out who asks, and answer, on one thread: for what has no body that only a known caller may send."""

        def told() -> Response:
            who = self.portal.known(request)
            if "journal" in request.path_params:
                log.journal_of(who, request.path_params["journal"])
            return packing.packed(request, work(who))

        return await to_thread.run_sync(told, limiter=self.portal.readers)

    async def _told(
        self, request: Request, work: Callable[[], object], limiter: CapacityLimiter | None = None
    ) -> Response:
        def told() -> Response:
            return packing.packed(request, work())

        return await to_thread.run_sync(told, limiter=limiter)
