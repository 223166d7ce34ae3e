"""What desks call about the journalists' door: what waits for them; for the province, complaints."""

from collections.abc import Callable, Sequence

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError
from spokesdesk.server import log, mailing, packing, requests
from spokesdesk.server.database import reading
from spokesdesk.server.door import complaints, deciding, inbox
from spokesdesk.server.door.complaints import Complaint
from spokesdesk.server.door.journalists import Account
from spokesdesk.server.portal import Portal
from spokesdesk.server.tokens import Caller

CALL_BYTES = 256 * 1024
LISTED = 1000


class DoorRoutes:
    """Every route wants a device's token; complaints and accounts that of a device of the province."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self.engine = portal, portal.engine

    def routes(self) -> list[Route]:
        """Give the addresses."""
        return [
            Route("/j/{journal}/door", self.take, methods=["POST"]),
            Route("/province/complaints", self.complaints),
            Route("/province/complaints", self.said, methods=["POST"]),
            Route("/province/journalists", self.journalists),
            Route("/province/journalists", self.decided, methods=["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        """Hand what came through the door to the calling desk."""
        who, now = await self.portal.caller(request), self.portal.now()
        log.journal_of(who, request.path_params["journal"])
        call = wire.decode(await requests.body(request, CALL_BYTES), wire.DoorCall)
        return await self._told(request, lambda: inbox.take(self.engine, who, call, now))

    async def complaints(self, request: Request) -> Response:
        """Give the complaints about obstruction, to the province."""
        who = await self.portal.caller(request)

        def work() -> wire.Complaints:
            self._require_province(who)
            return wire.Complaints([_told(one) for one in complaints.listed(self.engine)])

        return await self._told(request, work)

    async def said(self, request: Request) -> Response:
        """Hear from the province that it has read a complaint, or what it answers; give all of them."""
        who, now = await self.portal.caller(request), self.portal.now()
        said = wire.decode(await requests.body(request, CALL_BYTES), wire.ComplaintSaid)

        def work() -> wire.Complaints:
            self._require_province(who)
            if said.text:
                complaints.answer(self.engine, said.id, said.text, now)
            else:
                complaints.note_read(self.engine, said.id)
            return wire.Complaints([_told(one) for one in complaints.listed(self.engine)])

        return await self._told(request, work)

    async def journalists(self, request: Request) -> Response:
        """Give the accounts of journalists, to the province."""
        who = await self.portal.caller(request)

        def work() -> wire.Journalists:
            self._require_province(who)
            return _accounts(deciding.accounts(self.engine))

        return await self._told(request, work)

    async def decided(self, request: Request) -> Response:
        """Hear from the province what it decides on an account; give the account."""
        who, now = await self.portal.caller(request), self.portal.now()
        told = wire.decode(await requests.body(request, CALL_BYTES), wire.JournalistDecided)

        def work() -> wire.Journalists:
            self._require_province(who)
            by = deciding.Province(who.device, told.seen)
            return _accounts([deciding.decide(self.engine, told.id, told.state, told.reason, now, by)])

        return await self._told(request, work)

    def _require_province(self, who: Caller) -> None:
        with reading(self.engine) as connection:
            if mailing.role_of(connection, who.journal) != wire.PROVINCE:
                raise AccessError("role_missing")

    async def _told(self, request: Request, work: Callable[[], object]) -> Response:
        return await to_thread.run_sync(lambda: packing.packed(request, work()))


def _told(one: Complaint) -> wire.Complaint:
    name, outlet, card, phone, email = one.who
    return wire.Complaint(
        id=one.id,
        journal=one.journal,
        agency=one.agency,
        name=name,
        outlet=outlet,
        card=card,
        phone=phone,
        email=email,
        happened_on=one.happened_on.isoformat(),
        place=one.place,
        text=one.text,
        made_at=one.made_at.isoformat(),
        state=one.state,  # type: ignore[arg-type]
        answer=one.answer,
        answered_at=one.answered_at.isoformat() if one.answered_at else "",
    )


def _accounts(found: Sequence[Account]) -> wire.Journalists:
    return wire.Journalists(
        [
            wire.JournalistTold(
                one.id,
                one.person.email,
                one.person.name,
                one.person.outlet,
                one.person.card,
                one.person.phone,
                one.state,  # type: ignore[arg-type]
                one.reason,
                one.made_at.isoformat(),
                one.decided_at.isoformat() if one.decided_at else "",
            )
            for one in found[:LISTED]
        ]
    )
