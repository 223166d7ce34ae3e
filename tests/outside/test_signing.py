"""Ways to sign, on real parts: a key file, a SoftHSM2 token, a simulator of VGCA's service, a file from elsewhere."""

import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import TokenFlag
from pyhanko.sign.timestamps import DummyTimeStamper
from reportlab.pdfgen.canvas import Canvas

from spokesdesk import bootstrap
from spokesdesk.domain.errors import AccessError, ConflictError, OutsideError, UserError, WaitError
from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.outside.signing import pkcs11 as pkcs11_module
from spokesdesk.outside.signing.ink import InkScan
from spokesdesk.outside.signing.onefile import served
from spokesdesk.outside.signing.outside import SignedOutside
from spokesdesk.outside.signing.pkcs11 import Pkcs11Signer
from spokesdesk.outside.signing.pkcs12 import Pkcs12Signer
from spokesdesk.outside.signing.trust import roots_in
from spokesdesk.outside.signing.tsa import stamping_from
from spokesdesk.outside.signing.vgca import VgcaSigner
from spokesdesk.outside.signing.waiting import in_reach
from spokesdesk.services.ports import Signer
from spokesdesk.typeset.verify import verify
from tests import pki
from tests.outside import vgca_service
from tests.tokens import PIN, Token

ASK = SignAsk(SignatureKind.LEADER, datetime(2026, 11, 20, 2, 30, tzinfo=UTC))
SPIES = ("/usr/lib/x86_64-linux-gnu/pkcs11-spy.so", "/usr/lib/x86_64-linux-gnu/pkcs11/pkcs11-spy.so")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.drawString(100, 700, "Thu cong van")
    canvas.save()
    return made.getvalue()


class Asked:
    """A question for a secret that counts how often it was put."""

    def __init__(self, secret: str) -> None:
        self.secret, self.times = secret, 0

    def __call__(self) -> str:
        self.times += 1
        return self.secret


def holds(pdf: bytes, signed: bytes, signer: str) -> bool:
    found = verify(signed, [pki.authority().der])
    return signed.startswith(pdf) and found.ok and found.signatures[-1].signer == signer


def test_a_key_file_signs_and_asks_each_time(pdf: bytes, tmp_path: Path) -> None:
    asked = Asked("mật khẩu khóa")
    signer = Pkcs12Signer(pki.leader().p12(tmp_path / "k.p12", "mật khẩu khóa"), asked)
    assert holds(pdf, signer.sign(pdf, ASK), "Nguyễn Văn Ổn")
    assert holds(pdf, signer.sign(pdf, ASK), "Nguyễn Văn Ổn")
    assert asked.times == 2
    assert "mật khẩu khóa" not in repr(vars(signer))


def test_a_wrong_passphrase_is_asked_once(pdf: bytes, tmp_path: Path) -> None:
    asked = Asked("sai")
    signer = Pkcs12Signer(pki.leader().p12(tmp_path / "k.p12", "đúng"), asked)
    with pytest.raises(AccessError) as caught:
        signer.sign(pdf, ASK)
    assert (caught.value.code, asked.times) == ("sign_passphrase_wrong", 1)


def test_what_is_no_key_file_is_named(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "k.p12").write_bytes(b"abc")
    with pytest.raises(UserError) as caught:
        Pkcs12Signer(tmp_path / "k.p12", Asked("x")).sign(pdf, ASK)
    assert caught.value.code == "sign_key_bad"
    with pytest.raises(UserError) as caught:
        Pkcs12Signer(tmp_path / "none.p12", Asked("x")).sign(pdf, ASK)
    assert caught.value.code == "sign_file_unreadable"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("lanh-dao", "Nguyễn Văn Ổn"),
        ("co-quan", "Sở Thông tin và Truyền thông"),
        ("duong-cong", "Trần Minh Khuê"),
    ],
)
def test_a_token_signs(pdf: bytes, token: Token, key: str, name: str) -> None:
    asked = Asked(PIN)
    signer = Pkcs11Signer(token.library, token.label, key, asked)
    assert holds(pdf, signer.sign(pdf, ASK), name)
    assert asked.times == 1
    assert PIN not in repr(vars(signer))


SPIED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.outside.signing.pkcs11 import Pkcs11Signer
library, label, pin, pdf = sys.argv[1:]
signer = Pkcs11Signer(library, label, "lanh-dao", lambda: pin)
try:
    signer.sign(Path(pdf).read_bytes(), SignAsk(SignatureKind.LEADER, datetime.now(UTC)))
except AccessError as error:
    print(error.code)
"""


def logins(pdf: bytes, token: Token, pin: str, folder: Path) -> tuple[str, int]:
    """Sign in a process of its own behind OpenSC's spy; give what was said and how often the token was logged into."""
    spy = next((path for path in SPIES if Path(path).exists()), None)
    assert spy, "pkcs11-spy.so is missing: apt-get install -y --no-install-recommends opensc-pkcs11"
    (folder / "a.pdf").write_bytes(pdf)
    log = folder / "spy.log"
    env = {**os.environ, "PKCS11SPY": token.library, "PKCS11SPY_OUTPUT": str(log)}
    done = subprocess.run(
        [sys.executable, "-c", SPIED, spy, token.label, pin, str(folder / "a.pdf")],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip(), log.read_text(errors="replace").count(": C_Login\n")


def test_a_wrong_pin_reaches_the_token_once(pdf: bytes, token: Token, tmp_path: Path) -> None:
    assert logins(pdf, token, "111111", tmp_path) == ("token_pin_wrong", 1)
    assert logins(pdf, token, PIN, tmp_path / "..") == ("", 1)


def test_the_pin_is_not_tried_when_it_is_the_last_time_or_the_token_is_locked() -> None:
    class Held:
        def __init__(self, flags: TokenFlag) -> None:
            self.flags = flags

    for flags, code in (
        (TokenFlag.USER_PIN_FINAL_TRY, "token_last_try"),
        (TokenFlag.USER_PIN_LOCKED | TokenFlag.USER_PIN_FINAL_TRY, "token_locked"),
    ):
        with pytest.raises(AccessError) as caught:
            pkcs11_module._check_tries(Held(flags))
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("library", "label", "key", "code"),
    [
        ("/khong/co.so", "", "", "token_library"),
        ("", "không có", "", "token_missing"),
        ("", "ban-lam-viec", "không có", "token_key_missing"),
    ],
)
def test_a_missing_driver_token_or_key_is_named(
    pdf: bytes, token: Token, library: str, label: str, key: str, code: str
) -> None:
    with pytest.raises(UserError) as caught:
        Pkcs11Signer(library or token.library, label, key, Asked(PIN)).sign(pdf, ASK)
    assert caught.value.code == code


def test_a_driver_that_hangs_can_be_left() -> None:
    never, cancel = Event(), Event()
    threading.Timer(0.2, cancel.set).start()
    with pytest.raises(WaitError) as caught:
        in_reach(never.wait, cancel.is_set, 60)
    assert caught.value.code == "sign_cancelled"
    with pytest.raises(WaitError) as caught:
        in_reach(never.wait, lambda: False, 0.1)
    assert caught.value.code == "sign_too_long"
    never.set()


def test_the_service_fetches_signs_and_sends_back(pdf: bytes, tmp_path: Path) -> None:
    with vgca_service.running(tmp_path, "signs") as service:
        signed = VgcaSigner(service.address).sign(pdf, ASK)
    assert holds(pdf, signed, "Nguyễn Văn Ổn")
    path, order, origin = service.asked[0]
    assert (path, origin) == ("SignApproved", "http://localhost:8080")
    assert set(order) == {"FileUploadHandler", "SessionId", "FileName"}
    assert service.statuses == [200, 200, 409], "a second file is refused"


def test_the_agency_s_signature_takes_number_and_date_along(pdf: bytes, tmp_path: Path) -> None:
    ask = SignAsk(SignatureKind.AGENCY, ASK.at, number=5, dated_on=date(2026, 11, 20))
    with vgca_service.running(tmp_path, "signs") as service:
        assert holds(pdf, VgcaSigner(service.address).sign(pdf, ask), "Sở Thông tin và Truyền thông")
    path, order, _origin = service.asked[0]
    assert (path, order["DocNumber"], order["IssuedDate"]) == ("SignIssued", "05", "20/11/2026")


@pytest.mark.parametrize("mode", ["refuses", "forgets", "babbles"])
def test_what_the_service_does_not_do_is_said(pdf: bytes, tmp_path: Path, mode: str) -> None:
    with vgca_service.running(tmp_path, mode) as service, pytest.raises(OutsideError) as caught:
        VgcaSigner(service.address).sign(pdf, ASK)
    assert caught.value.code == "vgca_failed"
    if mode == "refuses":
        assert caught.value.params["detail"] == "Người dùng hủy ký"


def test_waiting_for_the_service_s_window_can_be_ended(pdf: bytes, tmp_path: Path) -> None:
    with vgca_service.running(tmp_path, "silent") as service:
        ask = SignAsk(SignatureKind.LEADER, ASK.at, cancelled=service.waiting.is_set)
        with pytest.raises(WaitError) as caught:
            VgcaSigner(service.address).sign(pdf, ask)
    assert caught.value.code == "sign_cancelled"


def test_a_missing_service_is_known_within_two_seconds(pdf: bytes) -> None:
    begun = datetime.now(UTC)
    with pytest.raises(OutsideError) as caught:
        VgcaSigner("wss://127.0.0.1:9").sign(pdf, ASK)
    assert caught.value.code == "vgca_missing"
    assert (datetime.now(UTC) - begun).total_seconds() < 2


def test_only_who_knows_the_whole_address_gets_the_file(pdf: bytes) -> None:
    with served(pdf, "a.pdf") as file:
        assert httpx.get(file.source, trust_env=False).content == pdf
        base = f"http://{file.address}"
        wrong = [f"{base}/a.pdf", f"{base}/{file.token}/b.pdf", f"{base}/{'x' * 43}/a.pdf"]
        assert [httpx.get(url, trust_env=False).status_code for url in wrong] == [404, 404, 404]
        foreign = httpx.get(file.source, headers={"Host": "trang-la.vn"}, trust_env=False)
        assert foreign.status_code == 404
        assert httpx.post(file.target, content=b"x" * 10, trust_env=False).status_code == 400
        assert not file.came.is_set()
    with pytest.raises(httpx.TransportError):
        httpx.get(file.source, trust_env=False)


def test_a_file_signed_elsewhere_is_taken_only_if_it_goes_on_from_ours(pdf: bytes, tmp_path: Path) -> None:
    signed = Pkcs12Signer(pki.leader().p12(tmp_path / "k.p12", "x"), Asked("x")).sign(pdf, ASK)
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    assert SignedOutside(file).sign(pdf, ASK) == signed
    for other in (pdf, pdf.replace(b"ReportLab", b"reportlab") + signed[len(pdf) :]):
        file.write_bytes(other)
        with pytest.raises(ConflictError) as caught:
            SignedOutside(file).sign(pdf, ASK)
        assert caught.value.code == "sign_other_file"


def test_a_scan_must_be_a_pdf(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf)
    assert InkScan(tmp_path / "scan.pdf").sign(b"", ASK) == pdf
    (tmp_path / "scan.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(UserError) as caught:
        InkScan(tmp_path / "scan.jpg").sign(b"", ASK)
    assert caught.value.code == "sign_not_pdf"


def test_roots_come_from_a_folder_in_either_form(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        roots_in(tmp_path / "none")
    assert caught.value.code == "trust_folder_missing"
    (tmp_path / "readme.txt").write_text("không phải chứng thư")
    (tmp_path / "broken.crt").write_bytes(b"abc")
    with pytest.raises(UserError) as caught:
        roots_in(tmp_path)
    assert caught.value.code == "trust_folder_empty"
    (tmp_path / "a.pem").write_bytes(pki.authority().pem + pki.stranger().pem)
    (tmp_path / "b.cer").write_bytes(pki.authority().der)
    assert sorted(set(roots_in(tmp_path))) == sorted({pki.authority().der, pki.stranger().der})


def test_the_machine_s_settings_name_the_folder_and_no_root_comes_with_the_program(tmp_path: Path) -> None:
    assert bootstrap.trust_roots() == ()
    (tmp_path / "a.crt").write_bytes(pki.authority().der)
    bootstrap.machine_settings().put("trust_folder", str(tmp_path))
    assert bootstrap.trust_roots() == (pki.authority().der,)


@pytest.mark.parametrize("adapter", ["pkcs12", "pkcs11", "vgca", "outside", "ink"])
def test_every_way_to_sign_is_a_signer_of_its_name(adapter: str, tmp_path: Path) -> None:
    options: dict[str, dict[str, Any]] = {
        "pkcs12": {"file": tmp_path, "ask_passphrase": str},
        "pkcs11": {"ask_pin": str},
        "outside": {"file": tmp_path},
        "ink": {"file": tmp_path},
    }
    made: Signer = bootstrap.signer(adapter, **options.get(adapter, {}))
    assert made.adapter == adapter


def test_time_stamps_come_over_http(pdf: bytes, tmp_path: Path) -> None:
    tsa = pki.authority().certify("Dấu thời gian", usage="tsa")
    key = tsa.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    clock = DummyTimeStamper(
        x509.Certificate.load(tsa.certificate.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(key)
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = clock.request_tsa_response(request).dump()
            self.send_response(200 if self.path == "/tsa" else 500)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None: ...

    with serving(Handler) as address:
        signer = Pkcs12Signer(
            pki.leader().p12(tmp_path / "k.p12", "x"), Asked("x"), stamping_from(f"{address}/tsa")
        )
        signed = signer.sign(pdf, SignAsk(SignatureKind.LEADER, datetime.now(UTC)))
        assert verify(signed, [pki.authority().der]).signatures[0].is_stamped
        broken = Pkcs12Signer(tmp_path / "k.p12", Asked("x"), stamping_from(f"{address}/broken"))
        with pytest.raises(OutsideError) as caught:
            broken.sign(pdf, ASK)
        assert caught.value.code == "tsa_failed"


class serving:  # noqa: N801
    """Serve on a free port while a block runs; gives the address."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self.server = HTTPServer(("127.0.0.1", 0), handler)
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
