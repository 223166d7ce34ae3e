"""The journalists' door: registering, signing in and out, one's own account."""

from collections.abc import Callable
from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from spokesdesk.domain.door import Person
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.server.door import journalists, limits
from spokesdesk.server.pages.forms import Forms, back_of
from spokesdesk.server.pages.visit import Visit, notice_of, signed, status_of

_OWN = "/nha-bao/tai-khoan"


class AccountRoutes:
    """Addresses under ``/nha-bao`` that are about accounts."""

    def __init__(self, forms: Forms) -> None:
        self.forms, self.engine = forms, forms.portal.engine

    def routes(self) -> list[Route]:
        """Give the routes."""
        seen, own = self.forms.visited, partial(self.forms.visited, signed_in=True)
        both, post = ["GET", "POST"], ["POST"]
        return [
            Route("/nha-bao/dang-ky", seen(self.register), methods=both),
            Route("/nha-bao/dang-nhap", seen(self.sign_in), methods=both),
            Route("/nha-bao/dang-xuat", seen(self.sign_out), methods=post),
            Route(_OWN, own(self.account), methods=both),
            Route(f"{_OWN}/cum-mat-khau", own(self.passphrase), methods=post),
            Route(f"{_OWN}/xoa", own(self.erase), methods=post),
        ]

    async def register(self, visit: Visit) -> Response:
        """Take a registration; the answer is the same whether the address is known or not."""
        if visit.request.method == "POST":
            given = _person(visit, visit.said("email"))
            who = {"address": visit.address}

            def work() -> None:
                limits.check(self.engine, "register", limits.REGISTRATIONS, who, visit.now)
                if visit.said("passphrase") != visit.said("again"):
                    raise UserError("door_passphrase_twice", field="again")
                journalists.register(self.engine, given, visit.said("passphrase"), visit.now)
                limits.count(self.engine, "register", limits.REGISTRATIONS, who, visit.now)

            if await self.forms.tried(visit, work):
                return self.forms.went(visit, "/nha-bao?xong=da-dang-ky")
        return self.forms.page(visit, "door_register.html", status_of(visit))

    async def sign_in(self, visit: Visit) -> Response:
        """Open a session."""
        back = back_of(visit)
        if visit.request.method == "POST" and await self.forms.sign_in(visit):
            return self.forms.went(visit, back or "/nha-bao")
        return self.forms.sign_in_page(visit, back=back)

    async def sign_out(self, visit: Visit) -> Response:
        """End the session."""
        if not await self.forms.tried(visit, partial(journalists.sign_out, self.engine, visit.token)):
            raise visit.fault or AccessError("door_form_old")
        signed(visit, "")
        return self.forms.went(visit, "/nha-bao?xong=da-ra")

    async def account(self, visit: Visit) -> Response:
        """Show and change one's particulars."""
        account = visit.journalist
        if visit.request.method == "POST":
            given = _person(visit, account.person.email)
            if await self.forms.tried(visit, partial(journalists.change, self.engine, account, given)):
                return self.forms.went(visit, f"{_OWN}?xong=da-doi")
        return self._account(visit)

    async def passphrase(self, visit: Visit) -> Response:
        """Change the passphrase; other sessions end."""
        account = visit.journalist

        def work() -> None:
            self._check_guesses(visit)
            if visit.said("passphrase") != visit.said("again"):
                raise UserError("door_passphrase_twice", field="again")
            given = (visit.said("before"), visit.said("passphrase"))
            self._counted(
                visit,
                lambda: journalists.change_passphrase(self.engine, account, *given, visit.token),
            )

        if await self.forms.tried(visit, work):
            return self.forms.went(visit, f"{_OWN}?xong=da-doi-cum")
        return self._account(visit)

    async def erase(self, visit: Visit) -> Response:
        """Erase one's account after its passphrase was given once more."""
        account = visit.journalist

        def work() -> None:
            self._check_guesses(visit)
            given = visit.said("confirm")
            self._counted(
                visit, lambda: journalists.require_passphrase(self.engine, account, given, "confirm")
            )
            journalists.erase(self.engine, account)

        if await self.forms.tried(visit, work):
            signed(visit, "")
            return self.forms.went(visit, "/nha-bao?xong=da-xoa")
        return self._account(visit)

    def _check_guesses(self, visit: Visit) -> None:
        limits.check(self.engine, "sign-in", limits.WRONG_SIGN_INS, self._guesser(visit), visit.now)

    def _counted(self, visit: Visit, work: Callable[[], None]) -> None:
        try:
            work()
        except AccessError:
            limits.count(self.engine, "sign-in", limits.WRONG_SIGN_INS, self._guesser(visit), visit.now)
            raise

    def _guesser(self, visit: Visit) -> dict[str, str]:
        return {"email": visit.journalist.person.email, "address": visit.address}

    def _account(self, visit: Visit) -> Response:
        return self.forms.page(visit, "door_account.html", status_of(visit), notice=notice_of(visit))


def _person(visit: Visit, email: str) -> Person:
    return Person(
        visit.said("name"), visit.said("outlet"), visit.said("card_number"), email, visit.said("phone")
    )
