"""The addresses at which people sign a desk in through their browser."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, DeskError, UserError, WaitError
from spokesdesk.domain.words import word
from spokesdesk.server import logins, requests
from spokesdesk.server.pages.paint import Paint
from spokesdesk.server.portal import Portal

FORM_BYTES = 16 * 1024
_ASKED = ("redirect_uri", "state", "code_challenge", "code_challenge_method")
# Chromium holds a redirect after a form to ``form-action`` as well: the desk waits on this machine.
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class LoginRoutes:
    """A page with a form, and what a desk calls when the browser has come back to it."""

    portal: Portal
    paint: Paint

    def routes(self) -> list[Route]:
        """Give the addresses."""
        return [
            Route("/dang-nhap-may", self.form),
            Route("/dang-nhap-may", self.sign_in, methods=["POST"]),
            Route("/enrol/browser", self.enrol, methods=["POST"]),
        ]

    async def form(self, request: Request) -> Response:
        """Show the form."""
        asked = {name: request.query_params.get(name, "") for name in _ASKED}
        try:
            _wanted(asked)
        except UserError as error:
            return self._page({}, error)
        return self._page(asked)

    async def sign_in(self, request: Request) -> Response:
        """Send the browser back to the desk, with a code for it; or say what is wrong."""
        data = await requests.body(request, FORM_BYTES)
        try:
            told = {name: values[0] for name, values in parse_qs(data.decode(), max_num_fields=20).items()}
        except (UnicodeDecodeError, ValueError):
            return self._page({}, UserError("sign_in_malformed"))
        asked = {name: told.get(name, "") for name in _ASKED}
        try:
            wanted = _wanted(asked)
        except UserError as error:
            return self._page({}, error)
        address = request.client.host if request.client else ""
        engine, now = self.portal.engine, self.portal.now()

        def work() -> str:
            return logins.signed_in(
                engine, wanted, told.get("login", ""), told.get("secret", ""), address, now
            )

        try:
            place = await to_thread.run_sync(work)
        except (AccessError, WaitError) as error:
            self.portal.refused[error.code] += 1
            return self._page(asked, error)
        return RedirectResponse(place, 303, _HEADERS)

    async def enrol(self, request: Request) -> Response:
        """Enrol the desk to which the browser came back."""
        ask = wire.decode(await requests.body(request, FORM_BYTES), wire.SignInAsk)
        given = await to_thread.run_sync(logins.enrol, self.portal.engine, ask, self.portal.now())
        await self.portal.poke(given.journal)  # colleagues' desks hand the agency's keys over to it
        return requests.reply(given)

    def _page(self, asked: dict[str, str], error: DeskError | None = None) -> Response:
        status = requests.status_of(error) if error else 200
        said = word(error) if error else ""
        page = self.paint.page_kept("sign_in.html", status, asked=asked, said=said)
        page.headers.update(_HEADERS)
        return page


def _wanted(asked: dict[str, str]) -> logins.Wanted:
    return logins.wanted(*(asked[name] for name in _ASKED))
