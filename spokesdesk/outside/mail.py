"""Hands mail over to a server (SMTP): encrypted and checked, or not at all."""

import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING

from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.domain.sending import MailServer

if TYPE_CHECKING:
    from smtplib import SMTP

IMPLICIT_TLS = 465
_PATIENCE_S = 60


class SmtpMailer:
    """Sends through the server that the workspace names."""

    def send(
        self, server: MailServer, password: str, message: bytes, to: Sequence[str]
    ) -> tuple[tuple[str, str], ...]:
        """Hand a message over.

        A server on this machine may be spoken to in the clear; every other one needs TLS with a certificate of its
        name before password or message are sent.

        Args:
            message: the mail with its headers, CRLF line ends.
            to: the addresses of the envelope.

        Returns:
            The addresses that were refused, each with the server's answer; the others have been accepted.

        Raises:
            OutsideError: ``mail_unreachable``, ``mail_no_tls``, ``mail_refused`` (nobody was accepted).
            AccessError: ``mail_login``.
        """
        import smtplib

        try:
            with _connected(server) as session:
                if server.user:
                    _log_in(session, server.user, password)
                refused = session.sendmail(server.sender, list(to), message)
        except smtplib.SMTPAuthenticationError as error:
            raise AccessError("mail_login", field="mail_password", host=server.host) from error
        except smtplib.SMTPRecipientsRefused as error:
            said = "; ".join(f"{address}: {_answer(answer)}" for address, answer in error.recipients.items())
            raise OutsideError("mail_refused", host=server.host, detail=said[:400]) from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise _broken(server, error) from error
        except UnicodeError as error:
            raise OutsideError("mail_unreachable", host=server.host, port=server.port) from error
        return tuple((address, _answer(answer)) for address, answer in refused.items())


def _connected(server: MailServer) -> "SMTP":
    import smtplib
    import ssl

    context = ssl.create_default_context()
    if server.port == IMPLICIT_TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE_S, context=context)
    session = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE_S)
    try:
        session.ehlo_or_helo_if_needed()
        if session.has_extn("starttls"):
            session.starttls(context=context)
        elif not is_here(server.host):
            raise OutsideError("mail_no_tls", host=server.host, detail="STARTTLS")
    except BaseException:
        session.close()
        raise
    return session


def _log_in(session: "SMTP", user: str, password: str) -> None:
    """Log in; what is not ASCII goes as UTF-8 (RFC 4616), which smtplib does not do."""
    import base64
    import smtplib

    if f"{user}{password}".isascii():
        session.login(user, password)
        return
    session.ehlo_or_helo_if_needed()
    given = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    code, words = session.docmd("AUTH", f"PLAIN {given}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def is_here(host: str) -> bool:
    """Tell whether a name means this machine, so that nobody can listen on the way."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _broken(server: MailServer, error: Exception) -> OutsideError:
    import smtplib
    import ssl

    if isinstance(error, ssl.SSLError):
        detail = getattr(error, "verify_message", "") or error.reason or "TLS"
        return OutsideError("mail_no_tls", host=server.host, detail=detail)
    if isinstance(error, smtplib.SMTPResponseException):
        answer = (error.smtp_code, error.smtp_error)
        return OutsideError("mail_refused", host=server.host, detail=_answer(answer)[:400])
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return OutsideError("mail_refused", host=server.host, detail=str(error)[:400])
    return OutsideError("mail_unreachable", host=server.host, port=server.port)


def _answer(answer: tuple[int, bytes | str]) -> str:
    code, words = answer
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
