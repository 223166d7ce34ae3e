"""Long bodies straight from the line: the connection serves what comes after, whatever became of the body."""

import base64
import hashlib
import secrets
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from spokesdesk import wire
from tests.pki import self_signed
from tests.server.running import RunningPortal, ask

LONG = 3 * 1024**2 + 77
TUS = {"tus-resumable": "1.0.0"}


class Line:
    """One connection that a device keeps, spoken over without the client's care."""

    def __init__(self, connection: HTTPConnection, token: str) -> None:
        self.connection, self.token = connection, token
        if connection.sock is None:
            connection.connect()
        self.socket = connection.sock

    def say(self, method: str, place: str, body: bytes = b"", **more: str) -> tuple[int, dict[str, str]]:
        """Ask, and give status and headers of the answer; it came over the first connection."""
        headers = {**TUS, "authorization": f"Bearer {self.token}"}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        self.connection.request(method, place, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        assert self.connection.sock is self.socket
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}

    def begin(self, data: bytes) -> str:
        """Begin an upload."""
        name = base64.b64encode(hashlib.sha256(data).hexdigest().encode()).decode()
        told = {"upload_length": str(len(data)), "upload_metadata": f"sha256 {name}"}
        status, headers = self.say("POST", "/uploads", b"", **told)
        assert status == 201
        return "/uploads/" + headers["location"].rsplit("/", 1)[1]

    def send(self, place: str, at: int, data: bytes, **more: str) -> int:
        """Send a piece of it."""
        kind = {"content_type": "application/offset+octet-stream", "upload_offset": str(at)}
        return self.say("PATCH", place, data, **kind, **more)[0]

    def offset(self, place: str) -> int:
        """Ask how far it is."""
        return int(self.say("HEAD", place)[1]["upload-offset"])


@pytest.fixture
def line(embedded_portal: RunningPortal) -> Iterator[Line]:
    token = embedded_portal.device().token
    with closing(HTTPConnection("127.0.0.1", embedded_portal.port, timeout=30)) as connection:
        yield Line(connection, token)


def is_stored(portal: RunningPortal, data: bytes) -> bool:
    sha256 = hashlib.sha256(data).hexdigest()
    return (portal.data / "files" / sha256[:2] / sha256).read_bytes() == data


def test_one_connection_carries_one_long_body_after_the_other(
    embedded_portal: RunningPortal, line: Line
) -> None:
    for _ in range(2):
        data = secrets.token_bytes(2 * LONG)
        place = line.begin(data)
        assert line.send(place, 0, data[:LONG]) == 204
        assert line.offset(place) == LONG
        assert line.send(place, LONG, data[LONG:]) == 204
        assert is_stored(embedded_portal, data)


def test_who_sends_a_wrong_stretch_hears_of_it_and_goes_on_over_the_same_connection(
    embedded_portal: RunningPortal, line: Line
) -> None:
    data = secrets.token_bytes(3 * wire.CHUNK_BYTES)
    place = line.begin(data)
    wrong, right = (
        "crc32 " + ",".join([base64.b64encode(zlib.crc32(one).to_bytes(4, "big")).decode()] * 3)
        for one in (data, data[: wire.CHUNK_BYTES])
    )
    assert line.send(place, 0, data, upload_checksum=wrong) == 460
    assert line.offset(place) == 0
    assert line.send(place, 0, data, upload_checksum=right) == 460
    assert line.offset(place) == wire.CHUNK_BYTES
    assert line.send(place, wire.CHUNK_BYTES, data[wire.CHUNK_BYTES :]) == 204
    assert is_stored(embedded_portal, data)


def test_a_request_that_comes_with_the_end_of_a_long_body_is_answered(
    embedded_portal: RunningPortal, line: Line
) -> None:
    data = secrets.token_bytes(LONG)
    place = line.begin(data)
    common = f"Host: cong\r\nAuthorization: Bearer {line.token}\r\nTus-Resumable: 1.0.0\r\n"
    kind = "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
    head = f"PATCH {place} HTTP/1.1\r\n{common}{kind}Content-Length: {len(data)}\r\n\r\n"
    next_one = f"GET /healthz HTTP/1.1\r\n{common}Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", embedded_portal.port), timeout=30) as raw:
        raw.sendall(head.encode() + data + next_one.encode())
        answers = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answers.startswith(b"HTTP/1.1 204")
    assert answers.endswith(b"ok")
    assert is_stored(embedded_portal, data)


def test_who_asks_before_sending_a_long_body_is_told_to_go_on(
    embedded_portal: RunningPortal, line: Line
) -> None:
    data = secrets.token_bytes(LONG)
    place = line.begin(data)
    head = (
        f"PATCH {place} HTTP/1.1\r\nHost: cong\r\nAuthorization: Bearer {line.token}\r\n"
        "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
        f"Expect: 100-continue\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", embedded_portal.port), timeout=30) as raw:
        raw.sendall(head.encode())
        assert raw.recv(65536).startswith(b"HTTP/1.1 100")
        raw.sendall(data)
        assert raw.recv(65536).startswith(b"HTTP/1.1 204")
    assert is_stored(embedded_portal, data)


def test_a_long_body_comes_whole_over_an_encrypted_line(own_portal: RunningPortal, tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    own_portal.options = ("--tls-cert", str(certificate), "--tls-key", str(key))
    own_portal.start()
    trust = ssl.create_default_context(cafile=str(certificate))
    seed = secrets.token_bytes(32)
    with closing(HTTPSConnection("127.0.0.1", own_portal.port, timeout=30, context=trust)) as connection:
        connection.request("POST", "/enrol", wire.encode(ask(own_portal.quick_code("Sở Mã"), seed)))
        given = wire.decode(connection.getresponse().read(), wire.Enrolled)
        line, data = Line(connection, given.token), secrets.token_bytes(2 * wire.CHUNK_BYTES + LONG)
        place = line.begin(data)
        assert line.send(place, 0, data[:-LONG]) == 204
        assert line.send(place, len(data) - LONG, data[-LONG:]) == 204
    assert is_stored(own_portal, data)
