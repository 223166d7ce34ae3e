"""The OpenAPI document says every address of desks; schemathesis finds nothing against the embedded portal."""

import json
import secrets
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.routing import Route

from spokesdesk.server import accounts, app, openapi, portal, requests
from spokesdesk.server.database import open_database
from spokesdesk.server.portal import Portal, portal_at
from spokesdesk.server.rates import Rates
from tests.server.running import RunningPortal, ask
from tests.server.test_tokens import SignedIn

EXAMPLES, LONG_EXAMPLES = 5, 400
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@schemathesis.serializer("application/offset+octet-stream")
def _as_they_are(_context: object, value: Any) -> bytes:
    """Pieces of a file are sent as they are."""
    data = getattr(value, "data", value)
    return data if isinstance(data, bytes) else str(data).encode()


OPERATIONS = [(call.method, call.path) for call in openapi.CALLS]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal in this process."""
    folder = tmp_path_factory.mktemp("openapi")
    engine = open_database("", folder)
    made = portal_at(engine, folder, rates=Rates(0))
    yield made
    engine.dispose()


@pytest.fixture(scope="module")
def device(served: Portal) -> SignedIn:
    """A device whose token is good now."""
    seed = secrets.token_bytes(32)
    now = portal.utc_now()
    code = accounts.make_code(served.engine, f"Sở {uuid4().hex}", now).code
    return SignedIn(seed, accounts.enrol(served.engine, ask(code, seed), "", now))


def test_anybody_may_read_the_document(embedded_portal: RunningPortal) -> None:
    answer = embedded_portal.get("/openapi.json")
    assert answer.content == openapi.document()
    assert answer.json()["openapi"].startswith("3.1")


def test_the_document_says_every_address_of_desks(served: Portal) -> None:
    guard = app.build(served)
    assert isinstance(guard, requests.Guard)
    assert isinstance(guard.app, Starlette)
    known = {
        (method, route.path)
        for route in guard.app.routes
        if isinstance(route, Route) and route.path.split("/")[1] in app.OF_DESKS | app.SIGNING_IN
        for method in route.methods or ()
    }
    # Starlette answers HEAD where it answers GET; these two say what of tus is spoken, or that a method is none.
    known -= {("HEAD", path) for method, path in known if method == "GET"} - set(OPERATIONS)
    known -= {("OPTIONS", "/uploads"), ("OPTIONS", "/uploads/{id}"), ("POST", "/uploads/{id}")}
    assert known == set(OPERATIONS)


def asked(served: Portal, device: SignedIn, method: str, path: str, examples: int) -> set[int]:
    """Ask an operation what the document allows; give the statuses of the answers."""
    answers: set[int] = set()
    application = app.build(served)
    schema = schemathesis.openapi.from_dict(json.loads(openapi.document()))
    schema.app = application
    operation = schema[path][method]

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        if "journal" in (case.path_parameters or {}) and str(case.path_parameters["journal"])[-1] < "c":
            case.path_parameters["journal"] = str(device.place.journal)
        if path.endswith("/wait"):
            case.query = (case.query or {}) | {"for": 0}
        case.headers = {**(case.headers or {}), "authorization": f"Bearer {device.place.token}"}
        answers.add(case.call_and_validate(checks=list(CHECKS)).status_code)

    run()
    return answers


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_that_the_document_allows_breaks_the_portal(
    served: Portal, device: SignedIn, method: str, path: str
) -> None:
    answers = asked(served, device, method, path, EXAMPLES)
    wants_more = ("{sha256}", "/agencies", "/changes", "/province/complaints", "/province/journalists")
    if method == "GET" and not path.endswith(wants_more):
        # A handful of random questions may all be about nothing.
        assert 200 in answers or 200 in asked(served, device, method, path, 10 * EXAMPLES), answers


@pytest.mark.long
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_in_hundreds_of_cases_breaks_the_portal(
    served: Portal, device: SignedIn, method: str, path: str
) -> None:
    asked(served, device, method, path, LONG_EXAMPLES)
