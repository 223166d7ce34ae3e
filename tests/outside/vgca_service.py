"""A stand-in for VGCA Sign Service, written from its public description: fetches the PDF, signs, sends it back."""

import json
import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.typeset.sign import sign
from tests import pki

STAMP = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@dataclass
class Service:
    """What the simulator does, and what it was asked.

    Attributes:
        mode: signs; refuses; alters (changes a byte before signing); silent (waits for nobody);
            forgets (says done without sending the file); babbles (answers no JSON).
    """

    mode: str = "signs"
    address: str = ""
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    waiting: threading.Event = field(default_factory=threading.Event)

    def answer(self, socket: ServerConnection) -> None:
        order = json.loads(socket.recv())
        assert socket.request is not None
        path, origin = socket.request.path.strip("/"), socket.request.headers.get("Origin", "")
        self.asked.append((path, order, origin))
        if self.mode == "silent":
            self.waiting.set()
            with suppress(ConnectionClosed):
                socket.recv()
            return
        socket.send(self.work(path, order))

    def work(self, path: str, order: dict[str, str]) -> str:
        if self.mode == "babbles":
            return "OK"
        if self.mode == "refuses":
            return json.dumps(
                {"Status": 11, "Message": "Người dùng hủy ký", "FileName": "", "FileServer": ""}
            )
        pdf = self.fetch(order["FileName"])
        if self.mode == "alters":
            pdf = pdf.replace(b"%%EOF", b"%%eof", 1)
        kind = SignatureKind.LEADER if path == "SignApproved" else SignatureKind.AGENCY
        who = pki.leader() if kind is SignatureKind.LEADER else pki.agency()
        signed = sign(pdf, who.signing_key(), SignAsk(kind, STAMP))
        if self.mode != "forgets":
            self.send(order["FileUploadHandler"], signed)
        return json.dumps({"Status": 0, "Message": "", "FileName": "van-ban.pdf", "FileServer": ""})

    def fetch(self, url: str) -> bytes:
        answer = httpx.get(url, trust_env=False)
        self.statuses.append(answer.status_code)
        return answer.content

    def send(self, url: str, signed: bytes) -> None:
        for _again in range(2):
            answer = httpx.post(url, files={"uploadfile": ("van-ban.signed.pdf", signed)}, trust_env=False)
            self.statuses.append(answer.status_code)


@contextmanager
def running(folder: Path, mode: str) -> Iterator[Service]:
    """Run the simulator on a free port with a self-signed certificate for 127.0.0.1."""
    service = Service(mode)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(folder))
    # A greeting that the simulator itself fumbles is its own affair; the signer's answer is what is tested.
    quiet = logging.Logger("vgca-simulator", logging.CRITICAL)
    with serve(service.answer, "127.0.0.1", 0, ssl=context, logger=quiet) as server:
        port: Any = server.socket.getsockname()[1]
        service.address = f"wss://127.0.0.1:{port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "service.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    return file
