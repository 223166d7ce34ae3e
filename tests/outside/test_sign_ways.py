"""What of each way to sign is on this machine; nothing that hangs holds up the look or whoever wants to stop."""

import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.sign_ways import SignWay, WayFound
from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.outside.signing.machine import Machine
from spokesdesk.outside.signing.vgca import VgcaSigner
from spokesdesk.outside.signing.waiting import at_once
from spokesdesk.services.stop import Stop
from spokesdesk.typeset.verify import verify
from tests import pki
from tests.outside import vgca_service
from tests.tokens import PIN, Token

NOBODY = "wss://127.0.0.1:1"


def found(machine: Machine) -> dict[SignWay, WayFound]:
    return {one.way: one for one in machine.look()}


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    settings = bootstrap.machine_settings()
    settings.put("pkcs11_library", str(tmp_path / "none.so"))
    ways = found(Machine(settings, NOBODY))
    assert [ways[way].is_there for way in (SignWay.OUTSIDE, SignWay.PKCS12, SignWay.INK)] == [
        True,
        True,
        True,
    ]
    assert (ways[SignWay.VGCA].is_there, ways[SignWay.VGCA].lacks) == (False, "service")
    assert (ways[SignWay.PKCS11].is_there, ways[SignWay.PKCS11].lacks) == (False, "driver")


def test_the_service_and_the_token_s_certificates_are_found_without_a_pin(
    tmp_path: Path, token: Token
) -> None:
    settings = bootstrap.machine_settings()
    settings.put("pkcs11_library", token.library)
    with vgca_service.running(tmp_path, "signs") as service:
        ways = found(Machine(settings, service.address))
    assert ways[SignWay.VGCA].is_there
    held = {one.signer: one for one in ways[SignWay.PKCS11].tokens}
    assert set(held) == {"Nguyễn Văn Ổn", "Sở Thông tin và Truyền thông", "Trần Minh Khuê"}
    chosen = held["Sở Thông tin và Truyền thông"]
    signer = Machine(settings).signer(SignWay.PKCS11, secret=lambda: PIN, token=chosen)
    signed = signer.sign(vgca_pdf(), SignAsk(SignatureKind.AGENCY, datetime.now(UTC)))
    assert verify(signed, [pki.authority().der]).signatures[0].signer == chosen.signer


def vgca_pdf() -> bytes:
    from spokesdesk.typeset.compose import compose
    from spokesdesk.typeset.to_pdf import to_pdf
    from tests.typeset.signed import letter

    return to_pdf(compose(letter()))


def test_one_that_hangs_hides_no_other() -> None:
    hang = threading.Event()
    try:
        assert at_once((hang.wait, lambda: True), 0.3) == (None, True)
    finally:
        hang.set()


def test_a_greeting_that_hangs_can_be_left() -> None:
    """The service took the call and says nothing: whoever signs may stop at once."""
    stop = Stop()
    with socket.create_server(("127.0.0.1", 0)) as mute:
        held: list[socket.socket] = []

        def take() -> None:
            held.append(mute.accept()[0])
            stop.set()

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        signer = VgcaSigner(f"wss://127.0.0.1:{mute.getsockname()[1]}")
        with pytest.raises(WaitError) as caught:
            signer.sign(b"%PDF-1.4", SignAsk(SignatureKind.LEADER, datetime.now(UTC), cancelled=stop))
        assert caught.value.code == "sign_cancelled"
        thread.join(5)
        assert held, "the service did take the call"
        held[0].close()
