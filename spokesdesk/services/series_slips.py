"""The file by which a number series or a block of it goes from desk to desk: sealed by one, meant for one other."""

import hashlib
import json
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.holding import Block, OtherDesk, Span

ENDING = "banso"
MOST_BYTES = 1_000_000
_FORM = "spokesdesk-number-series"
_CODE_BYTES = 10


class SlipKind(StrEnum):
    """What a file carries."""

    SERIES = "series"  # bàn giao sổ số
    BLOCK = "block"  # cho mượn khối số
    RETURN = "return"  # trả khối số


@dataclass(frozen=True, slots=True)
class Slip:
    """What a hand-over file says.

    Attributes:
        sender: who sealed it; its code comes from the key that did.
        to: code of the desk it is meant for.
        span: of a block, None for a series.
        given: numbers given so far (series), or used of the block (return).
        lent: blocks that are out (series).
    """

    kind: SlipKind
    token: UUID
    series: str
    turn: int
    sender: OtherDesk
    to: str
    at: datetime
    span: Span | None = None
    given: tuple[Span, ...] = ()
    lent: tuple[Block, ...] = ()


def code_of(public_key: str) -> str:
    """Give the code of a desk's key, for people to compare: four groups of four letters and digits."""
    digest = hashlib.sha256(b"spokesdesk-desk:" + bytes.fromhex(public_key)).digest()
    plain = b32encode(digest[:_CODE_BYTES]).decode()
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def clean_code(typed: str, field: str = "to") -> str:
    """Give a code as it is written; raises UserError("desk_code")."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    if len(plain) != 16 or not set(plain) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"):
        raise UserError("desk_code", field=field)
    return "-".join(plain[at : at + 4] for at in range(0, 16, 4))


def sealed(slip: Slip, seed: bytes) -> bytes:
    """Give the file: JSON with the key and the seal of the desk that made it."""
    body = _body(slip)
    seal = wire.sign_bytes(seed, _bytes(body))
    made = {"form": _FORM, "body": body, "key": wire.public_key(seed), "seal": seal}
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True).encode()


def opened(data: bytes) -> Slip:
    """Read a file whose seal holds.

    Raises:
        UserError: ``slip_unreadable``: no such file, or altered after it was sealed.
    """
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("too large")
        held = json.loads(data)
        key, body = str(held["key"]), held["body"]
        if held["form"] != _FORM or not wire.is_signature(key, str(held["seal"]), _bytes(body)):
            raise ValueError("seal")
        return _slip(body, code_of(key))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("slip_unreadable", field="file") from error


def _bytes(body: Any) -> bytes:
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _FORM.encode() + b":" + plain.encode()


def _body(slip: Slip) -> dict[str, Any]:
    return {
        "kind": slip.kind.value,
        "token": str(slip.token),
        "series": slip.series,
        "turn": slip.turn,
        "from": slip.sender.name,
        "to": slip.to,
        "at": slip.at.isoformat(),
        "span": _numbers(slip.span) if slip.span else None,
        "given": [_numbers(span) for span in slip.given],
        "lent": [
            {
                "token": str(one.token),
                "span": _numbers(one.span),
                "code": one.desk.code,
                "name": one.desk.name,
            }
            for one in slip.lent
        ],
    }


def _slip(body: Any, code: str) -> Slip:
    return Slip(
        SlipKind(body["kind"]),
        UUID(body["token"]),
        str(body["series"]),
        int(body["turn"]),
        OtherDesk(code, str(body["from"])),
        str(body["to"]),
        datetime.fromisoformat(body["at"]),
        _span(body["span"]) if body["span"] is not None else None,
        tuple(_span(value) for value in body["given"]),
        tuple(
            Block(UUID(one["token"]), _span(one["span"]), OtherDesk(str(one["code"]), str(one["name"])))
            for one in body["lent"]
        ),
    )


def _numbers(span: Span) -> list[int]:
    return [span.year, span.first, span.last]


def _span(value: Any) -> Span:
    year, first, last = (int(part) for part in value)
    if not (1945 <= year <= 2199 and 1 <= first <= last <= 999_999):
        raise ValueError("span")
    return Span(year, first, last)
