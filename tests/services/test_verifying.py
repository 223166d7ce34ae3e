"""Checking any PDF received: revocation asked of the issuer where allowed, else said to be unchecked; the report."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pdfplumber
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from spokesdesk import bootstrap
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.signing import Revocation, SignAsk, SignatureKind, Validity
from spokesdesk.domain.verdicts import headline
from spokesdesk.services import verifying
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.sign import sign
from spokesdesk.typeset.to_pdf import to_pdf
from tests import pki
from tests.typeset.signed import letter

NOW = datetime.now(UTC)


class Issuer:
    """Answers for the tests' authority: a list at /list, OCSP at /ocsp; ``revoked`` holds serial numbers."""

    def __init__(self) -> None:
        self.revoked: set[int] = set()
        self.asked: list[str] = []
        self.is_forged = False

    def crl(self) -> bytes:
        issuer = pki.stranger() if self.is_forged else pki.authority()
        made = x509.CertificateRevocationListBuilder().issuer_name(issuer.name)
        made = made.last_update(NOW - timedelta(days=1)).next_update(NOW + timedelta(days=1))
        for serial in self.revoked:
            gone = (
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(NOW - timedelta(days=2))
            )
            made = made.add_revoked_certificate(gone.build())
        return made.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def ocsp(self, data: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(data)
        gone = asked.serial_number in self.revoked
        issuer = pki.stranger() if self.is_forged else pki.authority()
        made = ocsp.OCSPResponseBuilder().add_response_by_hash(
            asked.issuer_name_hash,
            asked.issuer_key_hash,
            asked.serial_number,
            asked.hash_algorithm,
            ocsp.OCSPCertStatus.REVOKED if gone else ocsp.OCSPCertStatus.GOOD,
            NOW - timedelta(hours=1),
            NOW + timedelta(hours=1),
            NOW - timedelta(days=2) if gone else None,
            None,
        )
        made = made.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
        return made.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@contextmanager
def serving(issuer: Issuer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append("list")
            self.answer(issuer.crl())

        def do_POST(self) -> None:
            issuer.asked.append("ocsp")
            self.answer(issuer.ocsp(self.rfile.read(int(self.headers["Content-Length"]))))

        def answer(self, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def identity(address: str, *, by_ocsp: bool, root: pki.Authority | None = None) -> pki.Identity:
    where = x509.UniformResourceIdentifier(f"{address}/{'ocsp' if by_ocsp else 'list'}")
    points = x509.CRLDistributionPoints([x509.DistributionPoint([where], None, None, None)])
    access = x509.AuthorityInformationAccess(
        [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)]
    )
    return (root or pki.authority()).certify("Trần Minh Khuê", more=(access if by_ocsp else points,))


def check(who: pki.Identity, *, online: bool) -> verifying.Checked:
    signed = sign(to_pdf(compose(letter())), who.signing_key(), SignAsk(SignatureKind.LEADER, NOW))
    machine = bootstrap.signing_machine(online=online)
    return verifying.check_bytes("thư đến.pdf", signed, [pki.authority().der], machine)


@pytest.mark.parametrize("by_ocsp", [True, False])
def test_the_issuer_is_asked_only_where_it_is_allowed(by_ocsp: bool) -> None:
    issuer = Issuer()
    with serving(issuer) as address:
        who = identity(address, by_ocsp=by_ocsp)
        offline = check(who, online=False).verdict.signatures[0]
        assert (offline.revocation, offline.ok, issuer.asked) == (Revocation.UNCHECKED, True, [])
        assert check(who, online=True).verdict.signatures[0].revocation is Revocation.GOOD
        issuer.revoked.add(who.certificate.serial_number)
        gone = check(who, online=True)
        one = gone.verdict.signatures[0]
        assert (one.revocation, one.ok, one.certificate) == (Revocation.REVOKED, False, Validity.REFUSED)
        assert headline(gone.verdict)[0] == "red"
        issuer.is_forged = True
        assert check(who, online=True).verdict.signatures[0].revocation is Revocation.UNCHECKED


def test_no_answer_says_unchecked_and_a_stranger_s_address_is_never_called() -> None:
    issuer = Issuer()
    with serving(issuer) as address:
        foreign = check(identity(address, by_ocsp=True, root=pki.stranger()), online=True)
        assert issuer.asked == [], "a hostile file must not choose what this machine calls"
        assert foreign.verdict.signatures[0].certificate is Validity.FOREIGN
    nobody = check(identity(address, by_ocsp=False), online=True)
    assert nobody.verdict.signatures[0].revocation is Revocation.UNCHECKED
    assert nobody.verdict.ok


def test_the_report_says_who_when_and_which_file() -> None:
    checked = check(pki.leader(), online=False)
    with pdfplumber.open(BytesIO(verifying.report_pdf(checked))) as book:
        text = "\n".join(page.extract_text() for page in book.pages)
    for said in ("thư đến.pdf", "Nguyễn Văn Ổn", "+07:00", "chưa kiểm tra thu hồi", "HỢP LỆ"):
        assert said in text
    assert checked.sha256 in "".join(text.split())


def test_what_is_no_pdf_is_refused_in_words(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"MZ")
    with pytest.raises(UserError) as caught:
        verifying.check_file(bad, bootstrap.signing_machine())
    assert caught.value.code == "verify_pdf_bad"
