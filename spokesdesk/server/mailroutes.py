"""The addresses of a journal's inbox, and of the province."""

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from spokesdesk import wire
from spokesdesk.server import log, mailbox, mailing, packing, requests
from spokesdesk.server.portal import Portal, count
from spokesdesk.server.tokens import Caller

CLAIM_BYTES = 16 * 1024


class MailRoutes:
    """Every route wants the device's token and the journal's own id; ``agencies`` the province's."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self.engine = portal, portal.engine

    def routes(self) -> list[Route]:
        """Give the addresses."""
        return [
            Route("/j/{journal}/inbox", self.inbox),
            Route("/j/{journal}/inbox/claim", self.claim, methods=["POST"]),
            Route("/j/{journal}/agencies", self.agencies),
        ]

    async def inbox(self, request: Request) -> Response:
        """Give what follows a cursor of the inbox."""
        who = await self._own(request)
        asked = request.query_params
        after, limit = count(asked.get("after", "0")), count(asked.get("limit", str(wire.MAIL_PAGE)))
        mark = asked.get("mark", mailing.EMPTY)
        return await self._told(request, lambda: mailbox.page(self.engine, who, after, mark, limit))

    async def claim(self, request: Request) -> Response:
        """Let a desk write requests down."""
        who = await self._own(request)
        asked = wire.decode(await requests.body(request, CLAIM_BYTES), wire.Claim)
        now = self.portal.now()
        return await self._told(request, lambda: mailbox.claim(self.engine, who, asked.ids, now))

    async def agencies(self, request: Request) -> Response:
        """Give the agencies, to the province."""
        who = await self._own(request)
        now = self.portal.now()
        return await self._told(request, lambda: mailbox.agencies(self.engine, who, now))

    async def _own(self, request: Request) -> Caller:
        who = await self.portal.caller(request)
        log.journal_of(who, request.path_params["journal"])
        return who

    async def _told(self, request: Request, work: Callable[[], object]) -> Response:
        return await to_thread.run_sync(lambda: packing.packed(request, work()))
