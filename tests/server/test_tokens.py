"""Tokens are short; what renews them is bound to the device's key and works once (T4, T7, F33); routes ask for one."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.routing import Route

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.domain.journal import Attachment
from spokesdesk.outside.portal import HttpPortal
from spokesdesk.outside.session import Session
from spokesdesk.server import accounts, app, database, portal, requests, tokens
from spokesdesk.server.tables import access_token
from spokesdesk.services.sync.online import SEED, TOKEN
from tests.server.running import RunningPortal, ask
from tests.server.test_sql import engine as engine  # noqa: PLC0414 - a fixture
from tests.sync.simulation.places import Keys

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """A device and what the portal gave it."""

    seed: bytes
    place: wire.Enrolled

    def asks(self, token: str, seed: bytes = b"") -> wire.RenewAsk:
        """Give the question for new tokens, signed with the device's key or another."""
        return wire.RenewAsk(token, wire.sign_bytes(seed or self.seed, wire.renew_proof(token)))


def signed_in(engine: sa.Engine, agency: str = "") -> SignedIn:
    seed = secrets.token_bytes(32)
    code = accounts.make_code(engine, agency or f"Sở {uuid4().hex}", NOW).code
    return SignedIn(seed, accounts.enrol(engine, ask(code, seed), "", NOW))


def refused(engine: sa.Engine, question: wire.RenewAsk, now: datetime) -> str:
    with pytest.raises(AccessError) as caught:
        tokens.renew(engine, question, now)
    return caught.value.code


def opens(engine: sa.Engine, token: str, now: datetime) -> str:
    try:
        tokens.caller(engine, f"Bearer {token}", now)
    except AccessError as error:
        return error.code
    return ""


def test_a_token_is_good_for_minutes_and_the_next_is_had_with_the_renewal(engine: sa.Engine) -> None:
    device = signed_in(engine)
    assert opens(engine, device.place.token, NOW + tokens.ACCESS_VALID - MINUTE) == ""
    later = NOW + tokens.ACCESS_VALID
    assert opens(engine, device.place.token, later) == "token_expired"
    given = tokens.renew(engine, device.asks(device.place.renewal), later)
    assert opens(engine, given.token, later) == ""
    assert given.renewal != device.place.renewal
    assert len(given.renewal.encode()) <= 512


def test_a_token_in_use_stays_good_while_another_thread_renews(engine: sa.Engine) -> None:
    device = signed_in(engine)
    tokens.renew(engine, device.asks(device.place.renewal), NOW + MINUTE)
    assert opens(engine, device.place.token, NOW + MINUTE) == ""


def test_a_lost_answer_may_be_asked_for_once_within_a_minute(engine: sa.Engine) -> None:
    device = signed_in(engine)
    lost = tokens.renew(engine, device.asks(device.place.renewal), NOW)
    again = tokens.renew(engine, device.asks(device.place.renewal), NOW + timedelta(seconds=60))
    assert again.renewal == lost.renewal
    tokens.renew(engine, device.asks(again.renewal), NOW + 2 * MINUTE)


def test_a_second_replay_ends_the_family(engine: sa.Engine) -> None:
    device = signed_in(engine)
    first = tokens.renew(engine, device.asks(device.place.renewal), NOW)
    again = tokens.renew(engine, device.asks(device.place.renewal), NOW + timedelta(seconds=20))
    assert refused(engine, device.asks(device.place.renewal), NOW + timedelta(seconds=40)) == "session_copied"
    for token in (first.token, again.token, device.place.token):
        assert opens(engine, token, NOW + MINUTE) == "portal_token_refused"
    assert refused(engine, device.asks(again.renewal), NOW + MINUTE) == "session_unknown"


def test_a_replay_after_61_seconds_ends_the_family(engine: sa.Engine) -> None:
    device = signed_in(engine)
    given = tokens.renew(engine, device.asks(device.place.renewal), NOW)
    late = NOW + timedelta(seconds=61)
    assert refused(engine, device.asks(device.place.renewal), late) == "session_copied"
    assert opens(engine, given.token, late) == "portal_token_refused"
    assert refused(engine, device.asks(given.renewal), late) == "session_unknown"


def test_an_older_token_than_the_last_ends_the_family_at_once(engine: sa.Engine) -> None:
    device = signed_in(engine)
    second = tokens.renew(engine, device.asks(device.place.renewal), NOW)
    tokens.renew(engine, device.asks(second.renewal), NOW)
    assert refused(engine, device.asks(device.place.renewal), NOW) == "session_copied"


def test_a_renewal_without_the_devices_key_is_worth_nothing(engine: sa.Engine) -> None:
    device, other = signed_in(engine), signed_in(engine)
    stolen = device.place.renewal
    assert refused(engine, device.asks(stolen, other.seed), NOW) == "session_unknown"
    assert refused(engine, wire.RenewAsk(stolen, "00" * 64), NOW) == "session_unknown"
    parts = stolen.split(".")
    for made_up in (
        "",
        "x",
        stolen[:-1],
        ".".join([*parts[:3], "2", parts[4]]),
        ".".join([*parts[:3], "x", parts[4]]),
        ".".join([*parts[:4], "đ"]),
        ".".join([*other.place.renewal.split(".")[:2], *parts[2:]]),
    ):
        assert refused(engine, device.asks(made_up), NOW) == "session_unknown"
    assert tokens.renew(engine, device.asks(stolen), NOW).token  # nothing of it hurt the device itself


def test_a_sign_in_ends_after_its_time_and_begins_anew_under_the_same_id(engine: sa.Engine) -> None:
    agency = f"Sở {uuid4().hex}"
    device = signed_in(engine, agency)
    late = NOW + tokens.SESSION_VALID
    assert refused(engine, device.asks(device.place.renewal), late) == "session_over"
    code = accounts.make_code(engine, agency, late).code
    again = replace_device(ask(code, device.seed), device)
    assert accounts.enrol(engine, again, "", late).device == device.place.device
    stranger = replace_device(
        ask(accounts.make_code(engine, agency, late).code, secrets.token_bytes(32)), device
    )
    assert accounts.enrol(engine, stranger, "", late).device != device.place.device


def replace_device(question: wire.EnrolAsk, device: SignedIn) -> wire.EnrolAsk:
    return wire.EnrolAsk(question.code, question.public_key, question.proof, device=device.place.device)


def test_a_revoked_device_gets_no_new_token_and_not_its_id_back(engine: sa.Engine) -> None:
    agency = f"Sở {uuid4().hex}"
    device = signed_in(engine, agency)
    accounts.revoke(engine, device.place.device, NOW)
    assert opens(engine, device.place.token, NOW) == "device_revoked"
    assert refused(engine, device.asks(device.place.renewal), NOW) == "device_revoked"
    code = accounts.make_code(engine, agency, NOW).code
    again = accounts.enrol(engine, replace_device(ask(code, device.seed), device), "", NOW)
    assert again.device != device.place.device


def test_a_portal_put_back_takes_the_tokens_that_it_gave_since(tmp_path: Path) -> None:
    engine = database.open_database("", tmp_path)
    device = signed_in(engine)
    engine.dispose()  # the last connection takes the journal file in: the file is whole
    older = (tmp_path / "portal.db").read_bytes()
    second = tokens.renew(engine, device.asks(device.place.renewal), NOW)
    third = tokens.renew(engine, device.asks(second.renewal), NOW)
    engine.dispose()
    (tmp_path / "portal.db").write_bytes(older)
    assert opens(engine, third.token, NOW) == "portal_token_refused"
    fourth = tokens.renew(engine, device.asks(third.renewal), NOW + MINUTE)
    assert opens(engine, fourth.token, NOW + MINUTE) == ""
    late = NOW + 3 * MINUTE
    assert refused(engine, device.asks(second.renewal), late) == "session_copied"
    engine.dispose()


def test_a_desk_asks_at_once_again_when_the_answer_was_lost(engine: sa.Engine) -> None:
    device, keys = signed_in(engine), Keys()
    keys.put(SEED, device.seed)
    keys.put(TOKEN, device.place.renewal.encode())
    session, asked = Session(keys), []

    def lossy(question: wire.RenewAsk) -> wire.Renewed:
        asked.append(question)
        given = tokens.renew(engine, question, NOW)
        if len(asked) == 1:
            raise OutsideError("portal_unreachable", portal="test")
        return given

    token = session.token(lossy)
    assert opens(engine, token, NOW) == ""
    assert asked[0] == asked[1]
    assert session.token(lossy) == token
    assert session.token(lossy, token) != token
    kept = keys.get(TOKEN)
    assert kept is not None
    assert token.encode() not in b"".join(keys.kept.values())


def test_a_client_renews_whatever_it_asks_when_its_token_is_over(embedded_portal: RunningPortal) -> None:
    """Also with HEAD, whose answers have no body to say why."""
    device, keys = embedded_portal.device(), Keys()
    keys.put(SEED, device.seed)
    keys.put(TOKEN, device.place.renewal.encode())
    session = Session(keys)
    with closing(HttpPortal(embedded_portal.url, session)) as client:
        asks: tuple[Callable[[], object], ...] = (
            lambda: client.hello("any"),
            lambda: client.has_file("any", "ab" * 32),
            lambda: client.put_file("any", Attachment("ab" * 32, "a", 3), BytesIO(b"abc")),
        )
        for ask_it in asks:
            over = (
                sa.update(access_token)
                .values(expires_at=NOW)
                .where(access_token.c.device == device.place.device)
            )
            with database.writing(embedded_portal.engine) as connection:
                connection.execute(over)
            with suppress(OutsideError):  # these are not the bytes of that hash
                ask_it()
            with database.reading(embedded_portal.engine) as connection:
                left = sa.select(access_token.c.expires_at).where(
                    access_token.c.device == device.place.device
                )
                assert [at > NOW for at in connection.execute(left).scalars()] == [True]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[portal.Portal]:
    """A portal in this process whose clock the test turns."""
    folder = tmp_path_factory.mktemp("tokens")
    opened = database.open_database("", folder)
    yield replace(portal.portal_at(opened, folder), now=lambda: NOW)
    opened.dispose()


def routes_of_desks(served: portal.Portal) -> list[tuple[str, str]]:
    """Give method and path of every route that wants a token."""
    guard = app.build(served)
    assert isinstance(guard, requests.Guard)
    assert isinstance(guard.app, Starlette)
    found = []
    for route in guard.app.routes:
        assert isinstance(route, Route)
        if route.path.split("/")[1] in app.OF_DESKS:
            found += [(method, route.path) for method in sorted(route.methods or ())]
    # These say what of tus is spoken here, to anybody; and that a method is none.
    return [one for one in found if one[0] != "OPTIONS" and one != ("POST", "/uploads/{id}")]


@asynccontextmanager
async def asking(served: portal.Portal, now: datetime) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app.build(replace(served, now=lambda: now)))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
        yield client


async def statuses(served: portal.Portal, token: str, owner: str, now: datetime = NOW) -> dict[str, int]:
    """Ask every route for something of a journal; give the answers that were not the expected refusal."""
    found: dict[str, int] = {}
    async with asking(served, now) as client:
        for method, path in routes_of_desks(served):
            place = (
                path.replace("{journal}", owner).replace("{sha256}", "ab" * 32).replace("{id}", str(uuid4()))
            )
            headers = {"tus-resumable": "1.0.0", "upload-length": "5", "content-type": "application/json"}
            if token:
                headers["authorization"] = f"Bearer {token}"
            answer = await client.request(method, place, headers=headers)
            found[f"{method} {path}"] = answer.status_code
    return found


def test_no_route_answers_without_a_good_token(served: portal.Portal) -> None:
    device, gone = signed_in(served.engine), signed_in(served.engine)
    accounts.revoke(served.engine, gone.place.device, NOW)
    owner = str(device.place.journal)
    late = NOW + tokens.ACCESS_VALID
    made_up = f"{device.place.journal.hex}.{device.place.device.hex}.{'x' * 43}"
    cases = {
        "none": ("", owner, NOW),
        "made up": (made_up, owner, NOW),
        "no token": ("x", owner, NOW),
        "renewal": (device.place.renewal, owner, NOW),
        "expired": (device.place.token, owner, late),
        "revoked": (gone.place.token, str(gone.place.journal), NOW),
    }
    for name, (token, whose, now) in cases.items():
        found = asyncio.run(statuses(served, token, whose, now))
        assert len(found) > 12
        assert {place: status for place, status in found.items() if status != 401} == {}, name


def test_a_foreign_token_finds_no_route_of_another_journal(served: portal.Portal) -> None:
    mine, theirs = signed_in(served.engine), signed_in(served.engine)
    found = asyncio.run(statuses(served, mine.place.token, str(theirs.place.journal)))
    of_a_journal = {place: status for place, status in found.items() if "{journal}" in place}
    assert of_a_journal
    assert set(of_a_journal.values()) == {404}
    own = {place: status for place, status in found.items() if "{sha256}" in place or "{id}" in place}
    assert all(status in {404, 400, 411, 415} for status in own.values()), own
