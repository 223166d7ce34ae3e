"""Mail is handed over encrypted or not at all; the server runs in another process."""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.domain.sending import MailServer
from spokesdesk.outside.mail import SmtpMailer
from tests.mailserver import post_office

NAME = "thu.example.vn"
MAIL = b"Subject: x\r\n\r\n.mot dong bat dau bang cham\r\n"
TO = ("a@bao.example.vn", "b@bao.example.vn")


def server(port: int, host: str = "127.0.0.1", user: str = "") -> MailServer:
    return MailServer(host, port, user, "vp@coquan.example.vn")


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a name that is not this machine's lead here, as a name server would."""
    real = socket.getaddrinfo

    def found(host: Any, *more: Any, **options: Any) -> Any:
        return real("127.0.0.1" if host == NAME else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.fixture
def certificate(tmp_path: Path, judge: Callable[[str], str]) -> Path:
    """A certificate of that name, signed by itself."""
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            judge("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", str(key), "-out", str(made),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    whole = tmp_path / "whole.pem"
    whole.write_bytes(key.read_bytes() + made.read_bytes())
    return whole


def test_a_server_on_this_machine_takes_mail_in_the_clear(tmp_path: Path) -> None:
    with post_office(tmp_path / "box") as post:
        assert SmtpMailer().send(server(post.port), "", MAIL, TO) == ()
        (got,) = post.received()
    assert (got.sender, got.to) == ("vp@coquan.example.vn", list(TO))
    assert got.mail.get_content().startswith(".mot dong")


@pytest.mark.usefixtures("far")
def test_a_far_server_gets_password_and_mail_encrypted(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    users = {"vp": "mật khẩu", "vt": "mat-khau"}
    with post_office(tmp_path / "box", certificate=str(certificate), users=users) as post:
        for user, password in users.items():
            SmtpMailer().send(server(post.port, NAME, user), password, MAIL, TO)
        assert [(got.user, got.is_encrypted) for got in post.received()] == [("vp", True), ("vt", True)]
        for user, password in users.items():
            with pytest.raises(AccessError, match="mail_login"):
                SmtpMailer().send(server(post.port, NAME, user), f"{password}?", MAIL, TO)
        assert len(post.received()) == 2


@pytest.mark.usefixtures("far")
def test_a_far_server_without_encryption_gets_nothing(tmp_path: Path) -> None:
    with post_office(tmp_path / "box", users={"vp": "x"}) as post:
        with pytest.raises(OutsideError, match="mail_no_tls"):
            SmtpMailer().send(server(post.port, NAME, "vp"), "x", MAIL, TO)
        assert post.received() == []


@pytest.mark.usefixtures("far")
def test_a_certificate_nobody_vouches_for_gets_nothing(tmp_path: Path, certificate: Path) -> None:
    with post_office(tmp_path / "box", certificate=str(certificate), users={"vp": "x"}) as post:
        with pytest.raises(OutsideError, match="mail_no_tls") as caught:
            SmtpMailer().send(server(post.port, NAME, "vp"), "x", MAIL, TO)
        assert caught.value.params["detail"]
        assert post.received() == []


def test_refused_addresses_are_named_and_the_others_served(tmp_path: Path) -> None:
    with post_office(tmp_path / "box", refuse=[TO[1]]) as post:
        ((address, answer),) = SmtpMailer().send(server(post.port), "", MAIL, TO)
        assert address == TO[1]
        assert answer.startswith("550")
        assert post.received()[0].to == [TO[0]]


def test_when_everybody_is_refused_nothing_was_sent(tmp_path: Path) -> None:
    with post_office(tmp_path / "box", refuse=list(TO)) as post:
        with pytest.raises(OutsideError, match="mail_refused") as caught:
            SmtpMailer().send(server(post.port), "", MAIL, TO)
        assert TO[0] in str(caught.value.params["detail"])
        assert post.received() == []


def test_a_line_that_breaks_or_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        post_office(tmp_path / "box", drop=True) as post,
        pytest.raises(OutsideError, match="mail_unreachable"),
    ):
        SmtpMailer().send(server(post.port), "", MAIL, TO)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(OutsideError, match="mail_unreachable"):
            SmtpMailer().send(server(free.getsockname()[1]), "", MAIL, TO)
