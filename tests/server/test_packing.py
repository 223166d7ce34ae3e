"""Bodies packed on the way: understood, never inflated beyond what a body may have, refused when damaged."""

import gzip
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from uuid import uuid4

import pytest
import zstandard

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.server.packing import unpacked
from spokesdesk.server.portal import utc_now
from tests.server.running import Device

MOST = 1024 * 1024


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(data)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstd,
    "gzip": gzip.compress,
    "": bytes,
    "identity": bytes,
}


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_body_comes_out_as_it_went_in(encoding: str) -> None:
    data = "Về việc Đắk Lắk".encode() * 1000
    assert unpacked(PACKERS[encoding](data), encoding, MOST) == data


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_a_bomb_is_stopped_while_it_unfolds(encoding: str) -> None:
    bomb = PACKERS[encoding](bytes(200 * MOST))
    assert len(bomb) < MOST
    with pytest.raises(UserError, match="body_too_big"):
        unpacked(bomb, encoding, MOST)


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_damaged_and_cut_bodies_are_refused(encoding: str) -> None:
    whole = PACKERS[encoding](b"x" * 5000)
    for bad in (b"", b"not packed", whole[:-3], b"\0" + whole[1:]):
        with pytest.raises(UserError, match="message_malformed"):
            unpacked(bad, encoding, MOST)


def test_a_frame_that_claims_a_huge_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    frame = packer.compress(bytes(10)) + packer.flush()
    with pytest.raises(UserError, match="message_malformed"):
        unpacked(frame, "zstd", MOST)


def test_an_unknown_encoding_is_refused(device: Device) -> None:
    answer = device.call(
        "POST", f"/j/{device.journal}/push", content=b"{}", headers={"content-encoding": "br"}
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "message_malformed")


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_a_packed_push_is_taken_and_a_packed_feed_given(device: Device, encoding: str) -> None:
    ops = [device.put(uuid4(), "a", None, "x" * 50) for _ in range(30)]
    body = PACKERS[encoding](wire.encode(wire.Push(ops)))
    path = f"/j/{device.journal}"
    answer = device.call("POST", f"{path}/push", content=body, headers={"content-encoding": encoding})
    assert {told.outcome for told in wire.decode(answer.content, wire.PushReply).outcomes} == {"applied"}
    asked = {"epoch": device.place.epoch, "after": 0, "chain": wire.GENESIS.hex()}
    plain = device.call("GET", f"{path}/changes", params=asked, headers={"accept-encoding": "identity"})
    packed = device.call("GET", f"{path}/changes", params=asked, headers={"accept-encoding": encoding})
    assert packed.headers["content-encoding"] == encoding
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_every_answer_carries_the_portals_clock(device: Device) -> None:
    answer = device.call("GET", "/hello")
    assert abs((parsedate_to_datetime(answer.headers["date"]) - utc_now()).total_seconds()) < 60


def test_an_idle_round_is_small(device: Device) -> None:
    """Hello and an empty page, questions and answers with their headers: under 2 kB."""
    asked = {"epoch": device.place.epoch, "after": 0, "chain": wire.GENESIS.hex()}
    answers = [device.call("GET", "/hello"), device.call("GET", f"/j/{device.journal}/changes", params=asked)]
    size = 0
    for answer in answers:
        size += len(answer.content) + len(answer.request.url.raw_path)
        for headers in (answer.headers, answer.request.headers):
            size += sum(len(name) + len(value) + 4 for name, value in headers.raw)
    assert size <= 2000
