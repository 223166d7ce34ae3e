"""Time stamps of the days' heads: off at first, kept with the checkpoint, checked by the doctor."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.services import checkpoints, dayreport, workspace
from spokesdesk.services.ports import Desk
from tests import pki
from tests.outside.test_signing import serving
from tests.services.test_journal import logged

ASKED: list[bytes] = []


def authority_of(usage: str = "tsa") -> type[BaseHTTPRequestHandler]:
    """Give a time stamping authority that answers over HTTP; /broken fails, /other stamps something else."""
    tsa = pki.authority().certify("Dấu thời gian", usage=usage)
    key = tsa.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    clock = DummyTimeStamper(
        x509.Certificate.load(tsa.certificate.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(key)
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            ASKED.append(sent)
            request = tsp.TimeStampReq.load(sent)
            if self.path == "/other":
                request["message_imprint"]["hashed_message"] = bytes(32)
            answer = clock.request_tsa_response(request).dump()
            self.send_response(500 if self.path == "/broken" else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None: ...

    return Handler


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """A desk with one past day closed."""
    then = replace(desk, now=lambda: datetime(2026, 11, 20, 3, tzinfo=UTC))
    logged(then, topic="Giá đất của hộ ông Ba")
    now = replace(desk, now=lambda: datetime(2026, 11, 21, 3, tzinfo=UTC))
    assert len(checkpoints.close_days(now)) == 1
    return now


def test_nothing_is_asked_until_the_agency_wants_it(closed: Desk) -> None:
    assert checkpoints.authority(closed) == ""
    assert checkpoints.stamp_days(closed) == 0
    with pytest.raises(UserError, match="tsa_url"):
        checkpoints.set_authority(closed, "ftp://x")


def test_a_day_is_stamped_and_only_its_hash_leaves(closed: Desk) -> None:
    ASKED.clear()
    with serving(authority_of()) as address:
        checkpoints.set_authority(closed, f"{address}/tsa")
        assert checkpoints.stamp_days(closed) == 1
        assert checkpoints.stamp_days(closed) == 0
    (sent,) = ASKED
    assert "Giá đất".encode() not in sent
    ((day, said),) = checkpoints.stamps(closed, (pki.authority().der,))
    assert day.hash in sent
    assert (said.ok, said.trusted, said.authority) == (True, True, "Dấu thời gian")
    assert not checkpoints.stamps(closed)[0][1].trusted, "without roots it is only known to be intact"
    assert workspace.doctor(closed).ok
    assert "Dấu thời gian" in dayreport.report(closed, day.day).stamped


@pytest.mark.parametrize("path", ["broken", "other"])
def test_an_answer_that_is_no_stamp_of_ours_is_not_kept(closed: Desk, path: str) -> None:
    with serving(authority_of()) as address:
        checkpoints.set_authority(closed, f"{address}/{path}")
        with pytest.raises(OutsideError, match="tsa_failed"):
            checkpoints.stamp_days(closed)
    assert checkpoints.stamps(closed) == ()


def test_a_stamp_of_another_head_is_found(closed: Desk) -> None:
    with serving(authority_of()) as address:
        token = closed.stamp(f"{address}/tsa", b"\x01" * 32)
    with closed.write() as unit:
        unit.checkpoints.stamp(unit.checkpoints.all()[0].day, token)
    assert {fault.code for fault in workspace.doctor(closed).chain} == {"stamp_bad"}


def test_a_token_is_read_by_a_process_that_has_read_none(closed: Desk, tmp_path: Path) -> None:
    with serving(authority_of()) as address:
        token = closed.stamp(f"{address}/tsa", b"\x01" * 32)
    (tmp_path / "token").write_bytes(token)
    asks = (
        "import sys, pathlib; from spokesdesk.typeset.time_tokens import read_token; "
        "print(read_token(pathlib.Path(sys.argv[1]).read_bytes(), bytes([1]) * 32).ok)"
    )
    command = [sys.executable, "-c", asks, str(tmp_path / "token")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "True"
