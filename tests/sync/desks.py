"""Desks as people have them: a workspace on disk, papers released by the services, a real portal in reach or not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeVar
from uuid import UUID

from spokesdesk import bootstrap, wire
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.letters import Letter, LetterKind, Signer
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency, MemberDraft, Role
from spokesdesk.outside.portal import HttpPortal
from spokesdesk.outside.session import Session
from spokesdesk.services import papers
from spokesdesk.services.ports import Cursor, Desk, Portal

T = TypeVar("T")
AGENCY = Agency("Sở Thông tin và Truyền thông", "UBND tỉnh Long An", "Long An", "STTTT", "VP")
PASSPHRASE = "một câu đủ dài 2018"


def new_desk(folder: Path) -> Desk:
    """Give a desk of one person in a new workspace."""
    members = [MemberDraft("Lê Thị Mai", frozenset(Role))]
    desk, _key = bootstrap.create(folder, AGENCY, members, passphrase=PASSPHRASE)
    return desk


def press_release(subject: str, body: str = "Đoạn một **quan trọng**.\n\nĐoạn hai.") -> Letter:
    """Give a press release ready to be submitted."""
    return Letter(
        kind=LetterKind.THONG_CAO_BAO_CHI,
        parent_agency="UBND TỈNH LONG AN",
        agency="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        symbol="TCBC-STTTT",
        place="Long An",
        subject=subject,
        body=body,
        recipients=("Các cơ quan báo chí",),
        archive="VT",
        signers=(Signer(("GIÁM ĐỐC",), "Trần Văn Bình"),),
    )


def released(desk: Desk, letter: Letter) -> Paper:
    """Take a letter all the way: draft, submitted, approved, numbered, released."""
    made, _ = papers.create(desk, letter)
    papers.submit(desk, made.id)
    papers.approve(desk, made.id, "việc gấp")
    papers.number(desk, made.id, on=date(2018, 3, 12))
    done, _ = papers.release(desk, made.id)
    return done


class Line(HttpPortal):
    """A real client on a line that can fail at chosen calls, before the portal heard them or after.

    Attributes:
        fails: name of a call → whether the portal still hears it ("reply") or not ("request").
        calls: what was called, in order.
    """

    def __init__(self, address: str, session: Session, fails: dict[str, str], calls: list[str]) -> None:
        super().__init__(address, session)
        self.fails, self.calls = fails, calls

    def hello(self, token: str) -> wire.Hello:
        return self._carry("hello", lambda: super(Line, self).hello(token))

    def enrol(self, ask: wire.EnrolAsk) -> wire.Enrolled:
        return self._carry("enrol", lambda: super(Line, self).enrol(ask))

    def push(self, token: str, journal: UUID, push: wire.Push) -> wire.PushReply:
        return self._carry("push", lambda: super(Line, self).push(token, journal, push))

    def changes(self, token: str, journal: UUID, cursor: Cursor, limit: int) -> wire.Changes:
        return self._carry("changes", lambda: super(Line, self).changes(token, journal, cursor, limit))

    def releases(self, token: str, journal: UUID, records: Sequence[UUID]) -> wire.Releases:
        return self._carry("releases", lambda: super(Line, self).releases(token, journal, records))

    def door(self, token: str, journal: UUID, call: wire.DoorCall) -> wire.DoorBox:
        return self._carry("door", lambda: super(Line, self).door(token, journal, call))

    def put_file(
        self, token: str, file: Attachment, source: BinaryIO, told: Callable[[int], bool] | None = None
    ) -> None:
        return self._carry("put_file", lambda: super(Line, self).put_file(token, file, source, told))

    def inbox(self, token: str, journal: UUID, after: int, mark: str) -> wire.Mail:
        return self._carry("inbox", lambda: super(Line, self).inbox(token, journal, after, mark))

    def claim(self, token: str, journal: UUID, ids: Sequence[UUID]) -> tuple[UUID, ...]:
        return self._carry("claim", lambda: super(Line, self).claim(token, journal, ids))

    def said_of(self, token: str, said: wire.ComplaintSaid) -> wire.Complaints:
        return self._carry("said_of", lambda: super(Line, self).said_of(token, said))

    def _carry(self, name: str, call: Callable[[], T]) -> T:
        self.calls.append(name)
        how = self.fails.get(name, "")
        if how == "request":
            raise OutsideError("portal_unreachable", portal="test")
        answer = call()
        if how == "reply":
            raise OutsideError("portal_unreachable", portal="test")
        return answer


def on_line(desk: Desk, fails: dict[str, str], calls: list[str] | None = None, at: str = "") -> Desk:
    """Give the same desk on a line that fails as told; the caller may change ``fails`` between rounds."""

    session = Session(desk.device_keys)

    def portal_at(address: str) -> Portal:
        return Line(at or address, session, fails, calls if calls is not None else [])

    return replace(desk, portal_at=portal_at)
