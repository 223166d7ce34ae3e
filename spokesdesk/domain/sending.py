"""How papers leave the desk: by e-mail, as an exchange package, over Zalo; each sending is an entry of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import clean_line

MOST_ADDRESSES = 100
ADDRESS_LIMIT = 254
SUBJECT_LIMIT = 500
TEXT_LIMIT = 20_000
GONE = frozenset({"released", "corrected"})
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{2,39}\]?")


class Way(StrEnum):
    """How a paper went."""

    MAIL = "mail"  # thư điện tử
    EDXML = "edxml"  # gói tin edXML
    ZALO = "zalo"  # Zalo, noted by hand


class Result(StrEnum):
    """What became of it."""

    SENT = "sent"  # máy chủ đã nhận
    PARTIAL = "partial"  # một số địa chỉ bị từ chối
    FAILED = "failed"  # không gửi được
    EXPORTED = "exported"  # đã ghi ra tệp
    NOTED = "noted"  # người gửi tự ghi


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over; the password is in ``DeviceKeys``, never here.

    Attributes:
        port: 465 speaks TLS from the first byte; any other begins with STARTTLS.
        user: "" where the server asks for none.
        sender: address the mail comes from.
    """

    host: str
    port: int
    user: str
    sender: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of a paper (lượt gửi).

    Attributes:
        to: addresses, or the codes of agencies, or the name of a group.
        message_id: of the mail, or the DocumentId of the package.
        files: names of the files that went, each with its SHA-256.
        detail: what the server said when it refused; "" otherwise.
    """

    id: UUID
    paper_id: UUID
    way: Way
    to: tuple[str, ...]
    subject: str
    message_id: str
    files: tuple[tuple[str, str], ...]
    at: datetime
    by: Ref
    result: Result
    detail: str = ""


def require_gone(paper: Paper) -> None:
    """Raise ConflictError("sending_not_released") for a paper that has not been released, or was withdrawn."""
    if paper.state.value not in GONE:
        raise ConflictError("sending_not_released")


def checked_server(server: MailServer) -> MailServer:
    """Give a mail server's settings as they are kept; raises UserError naming host, port, user or sender."""
    host = clean_line(server.host, field="mail_host", limit=255, required=True)
    if not _HOST.fullmatch(host):
        raise UserError("mail_host_form", field="mail_host", host=host[:60])
    if not 1 <= server.port <= 65_535:
        raise UserError("mail_port_form", field="mail_port")
    user = clean_line(server.user, field="mail_user", limit=ADDRESS_LIMIT)
    sender = checked_address(server.sender, "mail_sender")
    return replace(server, host=host.strip("[]"), user=user, sender=sender)


def checked_address(text: str, field: str = "mail_to") -> str:
    """Give one e-mail address; raises UserError("mail_address_form") naming it."""
    given = clean_line(text, field=field, limit=ADDRESS_LIMIT, required=True)
    if not _ADDRESS.fullmatch(given):
        raise UserError("mail_address_form", field=field, address=given)
    return given


def checked_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Give the addresses, each once; several may stand in one text, parted by commas or semicolons.

    Raises:
        UserError: ``text_required``, ``mail_address_form``, ``mail_too_many``.
    """
    parts = [part for text in texts for part in re.split(r"[,;\s]+", text) if part]
    found = tuple(dict.fromkeys(checked_address(part) for part in parts))
    if not found:
        raise UserError("text_required", field="mail_to")
    if len(found) > MOST_ADDRESSES:
        raise UserError("mail_too_many", field="mail_to", limit=MOST_ADDRESSES)
    return found
