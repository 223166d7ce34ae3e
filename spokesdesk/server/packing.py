"""Bodies packed on the way: zstd, or gzip for who cannot; never more inflated than a body may have."""

import zlib

from starlette.requests import Request
from starlette.responses import Response

from spokesdesk import wire
from spokesdesk.domain.errors import UserError

LEAST_BYTES = 1024
ZSTD_LEVEL = 3
GZIP_LEVEL = 1
# Frames that ask for a larger window would let a few bytes claim much memory.
_WINDOW = 8 * 1024 * 1024
_STEP = 256 * 1024


def unpacked(data: bytes, encoding: str, most: int) -> bytes:
    """Give a body as it was before it was packed.

    Args:
        data: the body as it came.
        encoding: its Content-Encoding; "" for none.
        most: bytes that it may have unpacked; counted while it is unpacked, not believed.

    Raises:
        UserError: ``body_too_big``; ``message_malformed``: damaged, cut off, or an encoding that is not known.
    """
    if encoding in {"", "identity"}:
        return data
    if encoding == "zstd":
        found = _from_zstd(data, most)
    elif encoding == "gzip":
        found = _from_gzip(data, most)
    else:
        raise UserError("message_malformed", detail="content-encoding")
    if len(found) > most:
        raise UserError("body_too_big", limit_mb=most // 1024**2)
    return found


def _from_zstd(data: bytes, most: int) -> bytes:
    import zstandard

    found = bytearray()
    try:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        for at in range(0, len(data), _STEP):
            found += unpacker.decompress(data[at : at + _STEP])
            if len(found) > most:
                break
        else:
            if not unpacker.eof:
                raise UserError("message_malformed", detail="zstd")
    except zstandard.ZstdError as error:
        raise UserError("message_malformed", detail="zstd") from error
    return bytes(found)


def _from_gzip(data: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(31)
    try:
        found = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise UserError("message_malformed", detail="gzip") from error
    if len(found) <= most and not unpacker.eof:
        raise UserError("message_malformed", detail="gzip")
    return found


def packed(request: Request, message: object) -> Response:
    """Give a message as an answer that no cache keeps, packed as the client can read it when that is worth it."""
    data = wire.encode(message)
    headers = {"cache-control": "no-store", "vary": "accept-encoding"}
    offered = _offered(request.headers.get("accept-encoding", ""))
    if len(data) >= LEAST_BYTES and "zstd" in offered:
        import zstandard

        data = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(data)
        headers["content-encoding"] = "zstd"
    elif len(data) >= LEAST_BYTES and "gzip" in offered:
        packer = zlib.compressobj(GZIP_LEVEL, wbits=31)
        data = packer.compress(data) + packer.flush()
        headers["content-encoding"] = "gzip"
    return Response(data, 200, headers, media_type="application/json")


def _offered(header: str) -> set[str]:
    parts = (part.split(";") for part in header.lower().split(","))
    return {name.strip() for name, *more in parts if not any(one.strip() == "q=0" for one in more)}
