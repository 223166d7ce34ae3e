"""What a desk asks of its journal's inbox, and the province of agencies and complaints, over HTTP."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from spokesdesk import wire

T = TypeVar("T")
Query = Mapping[str, str | int | list[str]]


class MailCalls:
    """The part of the portal's client that speaks of inboxes; how a call is made is the client's."""

    def _call(
        self,
        method: str,
        path: str,
        token: str = "",
        *,
        content: bytes | None = None,
        params: Query | None = None,
    ) -> bytes:
        raise NotImplementedError

    def _read(self, data: bytes, kind: type[T]) -> T:
        raise NotImplementedError

    def inbox(self, token: str, journal: UUID, after: int, mark: str) -> wire.Mail:
        """Ask for what follows a place in the journal's inbox."""
        asked: Query = {"after": after, "mark": mark}
        return self._read(self._call("GET", f"/j/{journal}/inbox", token, params=asked), wire.Mail)

    def door(self, token: str, journal: UUID, call: wire.DoorCall) -> wire.DoorBox:
        """Ask what came through the journalists' door for this desk, and say which ratings it has kept."""
        data = self._call("POST", f"/j/{journal}/door", token, content=wire.encode(call))
        return self._read(data, wire.DoorBox)

    def claim(self, token: str, journal: UUID, ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Ask which requests of the inbox this desk may write down."""
        asked = wire.encode(wire.Claim(list(ids[: wire.CLAIMED])))
        data = self._call("POST", f"/j/{journal}/inbox/claim", token, content=asked)
        return tuple(self._read(data, wire.Claimed).ids)

    def agencies(self, token: str, journal: UUID) -> wire.Agencies:
        """Ask for the agencies at the portal; only the province may."""
        return self._read(self._call("GET", f"/j/{journal}/agencies", token), wire.Agencies)

    def complaints(self, token: str) -> wire.Complaints:
        """Ask for the complaints about obstruction; only the province may."""
        return self._read(self._call("GET", "/province/complaints", token), wire.Complaints)

    def said_of(self, token: str, said: wire.ComplaintSaid) -> wire.Complaints:
        """Say what came of a complaint, or that it was read; give all of them."""
        data = self._call("POST", "/province/complaints", token, content=wire.encode(said))
        return self._read(data, wire.Complaints)

    def journalists(self, token: str) -> wire.Journalists:
        """Ask for the accounts of journalists; only the province may."""
        return self._read(self._call("GET", "/province/journalists", token), wire.Journalists)

    def decide(self, token: str, decided: wire.JournalistDecided) -> wire.Journalists:
        """Verify, refuse or block an account; give it as it then is."""
        data = self._call("POST", "/province/journalists", token, content=wire.encode(decided))
        return self._read(data, wire.Journalists)
