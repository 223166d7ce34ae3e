"""The journalists' door: asking, following up, rating, complaining; and the public page of who answers in time."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from anyio import to_thread
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from spokesdesk.domain.door import KINDS, LEVELS, MEETINGS, DoorKind, DoorLevel, Meeting
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.server import lists
from spokesdesk.server.database import reading
from spokesdesk.server.door import asking, complaints, limits, punctual
from spokesdesk.server.door.asking import Question, Wish
from spokesdesk.server.pages.forms import Forms
from spokesdesk.server.pages.fresh import fresh
from spokesdesk.server.pages.typed import day_typed, moment_typed
from spokesdesk.server.pages.views import page_of, read
from spokesdesk.server.pages.visit import Visit, notice_of, status_of

_STATES = {
    "waiting": _("Chờ cơ quan nhận"),
    "taken": _("Chờ cơ quan nhận"),
    "open": _("Cơ quan đang xử lý"),
    "answered": _("Đã trả lời"),
    "refused": _("Đã từ chối"),
    "referred": _("Đã chuyển cơ quan khác"),
    "withdrawn": _("Đã khép theo đề nghị rút"),
}
_SAID = {
    "taken": _("Cơ quan đã nhận"),
    "promised": _("Cơ quan hẹn trả lời"),
    "answered": _("Cơ quan trả lời"),
    "refused": _("Cơ quan từ chối"),
    "referred": _("Cơ quan chuyển nơi có thẩm quyền"),
    "withdrawn": _("Câu hỏi được khép theo đề nghị rút"),
    "reopened": _("Cơ quan mở lại câu hỏi"),
}


class QuestionRoutes:
    """Addresses under ``/nha-bao`` that are about questions, and ``/dung-han``."""

    def __init__(self, forms: Forms) -> None:
        self.forms, self.portal, self.engine = forms, forms.portal, forms.portal.engine

    def routes(self) -> list[Route]:
        """Give the routes."""
        own = partial(self.forms.visited, signed_in=True)
        both, post = ["GET", "POST"], ["POST"]
        return [
            Route("/nha-bao", self.forms.visited(self.home)),
            Route("/nha-bao/hoi", own(self.ask), methods=both),
            Route("/nha-bao/hoi/{id}", own(self.one)),
            Route("/nha-bao/hoi/{id}/hoi-them", own(self.follow), methods=post),
            Route("/nha-bao/hoi/{id}/danh-gia", own(self.rate), methods=post),
            Route("/nha-bao/phan-anh", own(self.complain), methods=both),
            Route("/dung-han", fresh(self.punctual)),
        ]

    async def home(self, visit: Visit) -> Response:
        """Show what the journalist asked; a visitor what the door is for."""
        if visit.account is None:
            return self.forms.page(visit, "door_home.html", notice=notice_of(visit))
        page = page_of(visit.request)
        found, total = await to_thread.run_sync(asking.mine, self.engine, visit.account, page)
        values: dict[str, Any] = {
            "found": found,
            "states": _STATES,
            "kinds": KINDS,
            "page": page,
            "last": max(1, -(-total // asking.PAGE)),
            "turned": lambda n: f"/nha-bao?trang={n}",
            "is_late": lambda one: _is_late(one, visit),
        }
        return self.forms.page(visit, "door_mine.html", notice=notice_of(visit), **values)

    async def ask(self, visit: Visit) -> Response:
        """Take a question or an appointment."""
        account = visit.journalist
        if visit.request.method == "POST":
            made: list[tuple[UUID, UUID]] = []

            def work() -> None:
                owner = self._agency(visit.said("agency"))
                kind = DoorKind.APPOINTMENT if visit.said("kind") == "appointment" else DoorKind.QUESTION
                wanted_at = moment_typed(visit.said("day"), visit.said("time"))
                wish = Wish(kind, visit.said("topic"), visit.said("body"), wanted_at)
                self._within(
                    visit,
                    lambda: made.append((owner, asking.ask(self.engine, account, owner, wish, visit.now))),
                )

            if await self.forms.tried(visit, work):
                [(owner, which)] = made
                await self.portal.poke(owner)
                return self.forms.went(visit, f"/nha-bao/hoi/{which}?xong=da-gui")
        chosen = visit.said("agency") or visit.request.query_params.get("co-quan", "")
        values = {"agencies": await self._agencies(), "chosen": chosen, "kinds": KINDS}
        return self.forms.page(visit, "door_ask.html", status_of(visit), **values)

    async def one(self, visit: Visit) -> Response:
        """Show a thread."""
        return await self._thread(visit, _id(visit))

    async def follow(self, visit: Visit) -> Response:
        """Take a follow-up question."""
        account, which = visit.journalist, _id(visit)
        first = (await to_thread.run_sync(asking.thread, self.engine, account, which))[0]

        def work() -> None:
            topic = _("Hỏi thêm: {topic}").format(topic=first.topic)[:250]
            wish = Wish(DoorKind.QUESTION, topic, visit.said("body"), None, which)
            self._within(visit, lambda: asking.ask(self.engine, account, first.journal, wish, visit.now))

        if await self.forms.tried(visit, work):
            await self.portal.poke(first.journal)
            return self.forms.went(visit, f"/nha-bao/hoi/{first.id}?xong=da-gui")
        return await self._thread(visit, which)

    async def rate(self, visit: Visit) -> Response:
        """Take a rating of an answer."""
        account, which = visit.journalist, _id(visit)
        first = (await to_thread.run_sync(asking.thread, self.engine, account, which))[0]

        def work() -> None:
            if visit.said("level") not in set(DoorLevel):
                raise UserError("door_level_missing", field="level")
            level = DoorLevel(visit.said("level"))
            given = (level, visit.said("remark"), visit.now)
            self._within(visit, lambda: asking.rate(self.engine, account, which, *given))

        if await self.forms.tried(visit, work):
            await self.portal.poke(first.journal)
            return self.forms.went(visit, f"/nha-bao/hoi/{which}?xong=da-danh-gia")
        return await self._thread(visit, which, rated=which)

    async def _thread(self, visit: Visit, which: UUID, rated: UUID | None = None) -> Response:
        found = await to_thread.run_sync(asking.thread, self.engine, visit.journalist, which)
        values: dict[str, Any] = {
            "found": found,
            "first": found[0],
            "rated": rated,
            "states": _STATES,
            "kinds": KINDS,
            "levels": LEVELS,
            "said": _SAID,
            "meeting_of": lambda said: MEETINGS[Meeting(said)],
            "is_late": lambda one: _is_late(one, visit),
        }
        return self.forms.page(visit, "door_thread.html", status_of(visit), notice=notice_of(visit), **values)

    async def complain(self, visit: Visit) -> Response:
        """Take a complaint about obstruction; show earlier ones with what the province answered."""
        account = visit.journalist
        if visit.request.method == "POST":

            def work() -> None:
                owner = self._agency(visit.said("agency"))
                on = day_typed(visit.said("day"), "happened_on", "door_complaint_day")
                told = (on, visit.said("place"), visit.said("body"), visit.now)
                self._within(visit, lambda: complaints.file(self.engine, account, owner, *told))

            if await self.forms.tried(visit, work):
                return self.forms.went(visit, "/nha-bao/phan-anh?xong=da-phan-anh")
        sent = await to_thread.run_sync(complaints.mine, self.engine, account)
        values = {"agencies": await self._agencies(), "sent": sent, "chosen": visit.said("agency")}
        return self.forms.page(
            visit, "door_complaint.html", status_of(visit), notice=notice_of(visit), **values
        )

    async def punctual(self, request: Request) -> Response:
        """Show who answers in time."""
        now = self.forms.portal.now()

        def work(connection: Connection) -> dict[str, Any]:
            return {"tallies": punctual.tallies(connection, now)}

        return self.forms.paint.page("punctual.html", **await read(self.engine, work))

    def _within(self, visit: Visit, work: Callable[[], object]) -> None:
        """Do it unless the account or the address has sent too much this hour; what was refused does not count."""
        who = {"account": str(visit.journalist.id), "address": visit.address}
        limits.check(self.engine, "words", limits.WORDS_SENT, who, visit.now)
        work()
        limits.count(self.engine, "words", limits.WORDS_SENT, who, visit.now)

    def _agency(self, key: str) -> UUID:
        with reading(self.engine) as connection:
            found = lists.agency(connection, key)
        if found is None:
            raise UserError("door_agency_unknown", field="agency")
        return found.journal

    async def _agencies(self) -> tuple[lists.Agency, ...]:
        return await read(self.engine, lists.agencies)


def _id(visit: Visit) -> UUID:
    try:
        return UUID(visit.request.path_params["id"])
    except ValueError:
        raise AccessError("door_question_unknown") from None


def _is_late(one: Question, visit: Visit) -> bool:
    return one.due_at is not None and one.closed_at is None and one.due_at < visit.now
