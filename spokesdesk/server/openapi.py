"""The portal's interface for desks as an OpenAPI document, made from the messages themselves (OpenAPI 3.1)."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from spokesdesk import wire

_REF = "#/components/schemas/{name}"
_UUID = {"type": "string", "format": "uuid"}
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_SECONDS = {"type": "integer", "minimum": 0, "maximum": 25}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 2**49}
_TEXT = {"type": "string", "maxLength": 200}
_NOUN = {"type": "string", "pattern": "^[a-z][a-z_-]{0,39}$"}
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that a desk may ask.

    Attributes:
        ask: the message in the body; bytes for a file; None for nothing.
        answer: the message of the answer; bytes for a file; None for none.
        query: names of the query with their schemas; those with a star may come many times.
        headers: those that must be there, with their schemas.
        status: of an answer that is well.
        is_open: no token is wanted.
        said: what it does, in one sentence.
    """

    method: str
    path: str
    said: str
    ask: Any = None
    answer: Any = None
    query: tuple[tuple[str, dict[str, Any]], ...] = ()
    headers: tuple[tuple[str, dict[str, Any]], ...] = ()
    status: int = 200
    is_open: bool = False


_TUS = (("Tus-Resumable", {"type": "string", "const": "1.0.0"}),)
_CURSOR = (("epoch", _TEXT), ("after", _COUNT), ("chain", _TEXT), ("limit", _COUNT))
CALLS = (
    Call("POST", "/enrol", "Enrol a device with a one-time code", wire.EnrolAsk, wire.Enrolled, is_open=True),
    Call("POST", "/enrol/browser", "Enrol after a sign-in", wire.SignInAsk, wire.Enrolled, is_open=True),
    Call("POST", "/token", "Renew a device's tokens", wire.RenewAsk, wire.Renewed, is_open=True),
    Call("GET", "/hello", "Where the caller's journal stands", answer=wire.Hello),
    Call("POST", "/j/{journal}/push", "Take operations", wire.Push, wire.PushReply),
    Call("GET", "/j/{journal}/changes", "What follows a cursor", answer=wire.Changes, query=_CURSOR),
    Call(
        "GET",
        "/j/{journal}/snapshot",
        "A page of records",
        answer=wire.Snapshot,
        query=(("after", _TEXT), ("entity", _NOUN), ("limit", _COUNT)),
    ),
    Call(
        "GET",
        "/j/{journal}/chain",
        "Chain hashes at places of the feed",
        answer=wire.ChainPoints,
        query=(("seq*", _COUNT),),
    ),
    Call(
        "GET",
        "/j/{journal}/digest",
        "Digests of the records",
        answer=wire.Digests,
        query=(("entity", _NOUN),),
    ),
    Call(
        "GET",
        "/j/{journal}/wait",
        "Wait until the journal, its devices, its inbox or the door moves",
        answer=wire.Poke,
        query=(
            ("after", _COUNT),
            ("mail", _COUNT),
            ("door", _COUNT),
            ("members", _TEXT),
            ("for", _SECONDS),
        ),
    ),
    Call("GET", "/j/{journal}/members", "The journal's devices with their public keys", answer=wire.Members),
    Call("POST", "/j/{journal}/box", "Publish a device's public keys", wire.DeviceBox, wire.Members),
    Call("POST", "/j/{journal}/restored", "Tell of a restored backup", wire.ForkTold, wire.Hello),
    Call(
        "GET",
        "/j/{journal}/releases",
        "Where releases stand",
        answer=wire.Releases,
        query=(("rec*", _UUID),),
    ),
    Call("POST", "/j/{journal}/missing", "Which files are not held", wire.FilesAsk, wire.FilesMissing),
    Call(
        "GET",
        "/j/{journal}/inbox",
        "What follows a cursor of the inbox",
        answer=wire.Mail,
        query=(("after", _COUNT), ("mark", _TEXT), ("limit", _COUNT)),
    ),
    Call("POST", "/j/{journal}/inbox/claim", "Write requests down", wire.Claim, wire.Claimed),
    Call("GET", "/j/{journal}/agencies", "The agencies, for the province", answer=wire.Agencies),
    Call("POST", "/j/{journal}/door", "What came through the journalists' door", wire.DoorCall, wire.DoorBox),
    Call("GET", "/province/complaints", "Complaints, for the province", answer=wire.Complaints),
    Call("POST", "/province/complaints", "Answer a complaint", wire.ComplaintSaid, wire.Complaints),
    Call("GET", "/province/journalists", "Journalists' accounts, for the province", answer=wire.Journalists),
    Call("POST", "/province/journalists", "Verify an account", wire.JournalistDecided, wire.Journalists),
    Call("HEAD", "/files/{sha256}", "Whether the journal holds a file"),
    Call("GET", "/files/{sha256}", "A file of the journal", answer=bytes),
    Call("PUT", "/files/{sha256}", "Store a file under its hash", bytes, status=204),
    Call(
        "POST",
        "/uploads",
        "Begin an upload (tus 1.0.0)",
        headers=(*_TUS, ("Upload-Length", _COUNT), ("Upload-Metadata", _TEXT)),
        status=201,
    ),
    Call("HEAD", "/uploads/{id}", "How far an upload is", headers=_TUS),
    Call(
        "PATCH",
        "/uploads/{id}",
        "Go on with an upload",
        bytes,
        headers=(*_TUS, ("Upload-Offset", _COUNT)),
        status=204,
    ),
    Call("DELETE", "/uploads/{id}", "End an upload", headers=_TUS, status=204),
)
_IN_PATH = {"journal": _UUID, "sha256": _HASH, "id": _UUID}


@cache
def document() -> bytes:
    """Give the document as JSON."""
    kinds = [kind for call in CALLS for kind in (call.ask, call.answer) if kind not in {None, bytes}]
    _schemas, components = msgspec.json.schema_components([*kinds, wire.Fault], ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    told = {
        "openapi": "3.1.0",
        "info": {"title": "SpokesDesk portal", "version": str(wire.PROTOCOL)},
        "paths": paths,
        "components": {
            "schemas": _plain(components),
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def _plain(schema: Any) -> Any:
    """Give a schema whose patterns other languages read: theirs end where a text ends."""
    if isinstance(schema, dict):
        return {
            key: value.replace(r"(?!\n)", "") if key == "pattern" else _plain(value)
            for key, value in schema.items()
        }
    return [_plain(one) for one in schema] if isinstance(schema, list) else schema


def _operation(call: Call) -> dict[str, Any]:
    names = [part[1:-1] for part in call.path.split("/") if part.startswith("{")]
    parameters = [{"name": name, "in": "path", "required": True, "schema": _IN_PATH[name]} for name in names]
    parameters += [_asked(name, schema) for name, schema in call.query]
    parameters += [
        {"name": name, "in": "header", "required": True, "schema": schema} for name, schema in call.headers
    ]
    made: dict[str, Any] = {"summary": call.said, "parameters": parameters}
    made["operationId"] = f"{call.method.lower()}{call.path}".translate(str.maketrans("/{}", "__ ")).replace(
        " ", ""
    )
    if call.ask is not None:
        made["requestBody"] = {"required": True, "content": _content(call.ask, call.method)}
    made["responses"] = {
        str(call.status): _answer(call),
        "default": {"description": "A fault, by its code", "content": _content(wire.Fault)},
    }
    if call.method == "HEAD":
        made["responses"]["default"] = {"description": "A fault"}
    made["security"] = [] if call.is_open else [{"device": []}]
    return made


def _asked(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    if name.endswith("*"):
        schema = {"type": "array", "items": schema, "maxItems": 100}
    return {"name": name.rstrip("*"), "in": "query", "schema": schema}


def _answer(call: Call) -> dict[str, Any]:
    told = {"description": call.said}
    return told | {"content": _content(call.answer)} if call.answer is not None else told


def _content(kind: Any, method: str = "") -> dict[str, Any]:
    if kind is bytes:
        media = "application/offset+octet-stream" if method == "PATCH" else "application/octet-stream"
        return {media: _BYTES["application/octet-stream"]}
    return {"application/json": {"schema": {"$ref": _REF.format(name=kind.__name__)}}}


async def serve(request: Request) -> Response:
    """Give the document to whoever asks."""
    return Response(document(), 200, {"cache-control": "no-cache"}, media_type="application/json")
