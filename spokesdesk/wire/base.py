"""Limits, versions and the reading and writing of messages."""

import threading
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from spokesdesk.domain.errors import UserError

PROTOCOL = 1
# Schema version of the records; the portal takes this one and the two before it. 3: fields that the agency alone reads.
SV = 3
SV_OLDEST = max(1, SV - 2)
MIN_CLIENT = 1

PUSH_OPS = 200
PUSH_BYTES = 1024 * 1024
# The same with signatures and what stands around; only one operation that is larger by itself may go beyond.
PUSH_BODY_BYTES = PUSH_BYTES + PUSH_OPS * 512
BODY_BYTES = 16 * 1024 * 1024
OP_BYTES = 4 * 1024 * 1024
PAGE_OPS = 1000
PAGE_BYTES = 4 * 1024 * 1024
FILE_BYTES = 256 * 1024 * 1024
# By a resumable upload; a desk keeps no larger file.
UPLOAD_BYTES = 2 * 1024**3
# Of an upload: how much is sent at once and made safe at once.
CHUNK_BYTES = 8 * 1024 * 1024
FILES_ASKED = 1000
GENESIS = bytes(32)

# Python takes "$" for the place before a last line break, too: hence what follows it.
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Signature = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}$(?!\n)")]
Word = Annotated[str, Meta(pattern=r"^[a-z][a-z_-]{0,39}$(?!\n)")]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Name = Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]{0,39}$(?!\n)")]

T = TypeVar("T")


def encode(message: object) -> bytes:
    """Give a message as JSON bytes."""
    return msgspec.json.encode(message)


def decode(data: bytes | str, kind: type[T]) -> T:
    """Read a message.

    Raises:
        UserError: ``message_malformed``: not JSON, or a field is missing, unknown, of a wrong type, too long.
    """
    try:
        return _decoder(kind).decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error


def converted(value: object, kind: type[T]) -> T:
    """Read a message from values that were decoded already; raises msgspec.MsgspecError."""
    _decoder(kind)
    return msgspec.convert(value, kind)


def _decoder(kind: type[T]) -> "msgspec.json.Decoder[T]":
    """Give what reads messages of a kind, made once.

    msgspec shows a type to other threads while it still works out its fields: who read it then ended the process.
    """
    found: msgspec.json.Decoder[T] | None = _decoders.get(kind)
    if found is None:
        with _making:
            found = _decoders.setdefault(kind, msgspec.json.Decoder(kind))
    return found


_decoders: dict[Any, Any] = {}
_making = threading.Lock()
