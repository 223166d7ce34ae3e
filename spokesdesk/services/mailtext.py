"""The words in which a paper goes out by mail and over Zalo, and the mail itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.domain.publication import is_public, paragraphs
from spokesdesk.domain.text import short_date

KINDS: dict[LetterKind, str] = {
    LetterKind.CONG_VAN: _("Công văn"),
    LetterKind.THONG_CAO_BAO_CHI: _("Thông cáo báo chí"),
    LetterKind.BAO_CAO: _("Báo cáo"),
    LetterKind.GIAY_MOI: _("Giấy mời"),
    LetterKind.THONG_BAO: _("Thông báo"),
    LetterKind.KE_HOACH: _("Kế hoạch"),
    LetterKind.TO_TRINH: _("Tờ trình"),
    LetterKind.GIAY_UY_QUYEN: _("Giấy ủy quyền"),
    LetterKind.BIEN_BAN: _("Biên bản"),
}
MEDIA = {
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class MailLetter:
    """A mail before it is put into its form; ``key`` makes its Message-ID, ``at`` UTC."""

    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    text: str
    key: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to be handed over."""

    subject: str
    message_id: str
    data: bytes


def stamp(found: Paper) -> str:
    """Give what a paper is called elsewhere: ``Công văn số 12/SNNMT-VP ngày 05/3/2026``."""
    on = short_date(found.numbered_on) if found.numbered_on else ""
    number = f"{found.number:02d}/{found.letter.symbol}" if found.number else found.letter.symbol
    return _("{kind} số {number} ngày {day}").format(kind=KINDS[found.letter.kind], number=number, day=on)


def subject(found: Paper) -> str:
    """Give the subject of a mail about a paper."""
    return f"{stamp(found)}: {found.title}" if found.title else stamp(found)


def text(found: Paper, agency: Agency) -> str:
    """Give the text of a mail about a paper."""
    lines = [
        _("Kính gửi: {names}").format(names="; ".join(found.letter.addressees) or _("Quý cơ quan báo chí")),
        "",
        _("{agency} gửi kèm {stamp}").format(agency=agency.name, stamp=subject(found)) + ".",
        _("Tệp PDF là bản phát hành; tệp Word để trích dẫn."),
        "",
        _("Trân trọng."),
        "",
        *_contact(agency),
    ]
    return "\n".join(lines).strip()


def zalo(found: Paper, agency: Agency, url: str) -> str:
    """Give a paper for a chat: a press release in full, of anything else what it is and about what."""
    lines = [subject(found), agency.name, ""]
    if is_public(found.letter):
        for line in paragraphs(found.letter.body):
            lines += [line, ""]
    lines += [url] if url else [_("Bản đầy đủ: xem tệp PDF gửi kèm.")]
    return "\n".join([*lines, "", *_contact(agency)]).strip() + "\n"


def compose(letter: MailLetter, files: Sequence[tuple[str, bytes]], *, is_draft: bool = False) -> Composed:
    """Give a mail with its attachments.

    Args:
        files: name and content; the name's ending says what it is.
        is_draft: with ``X-Unsent``, so that a mail program opens it for sending; neither date nor Message-ID.
    """
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    made = EmailMessage(policy=SMTP)
    made["Subject"] = letter.subject
    if letter.sender:
        made["From"] = Address(letter.sender_name, addr_spec=letter.sender)
    if letter.to:
        made["To"] = tuple(Address(addr_spec=address) for address in letter.to)
    message_id = "" if is_draft else f"<{letter.key}@{letter.sender.rpartition('@')[2]}>"
    if is_draft:
        made["X-Unsent"] = "1"
    else:
        made["Date"] = format_datetime(letter.at)
        made["Message-ID"] = message_id
    made["Content-Language"] = "vi"
    made.set_content(letter.text.replace("\r\n", "\n") + "\n", charset="utf-8", cte="base64")
    for name, data in files:
        main, sub = MEDIA[name.rpartition(".")[2]]
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    _fix_boundaries(made, letter.key)
    return Composed(letter.subject, message_id, made.as_bytes())


def _fix_boundaries(made: object, key: UUID) -> None:
    """Let the parts be parted by the mail's own key: the library would draw a number by lot."""
    from email.message import EmailMessage

    assert isinstance(made, EmailMessage)
    if made.is_multipart():
        made.set_boundary(f"=_{key.hex}")


def _contact(agency: Agency) -> list[str]:
    parts = (agency.name, agency.address, agency.phone, agency.email, agency.website)
    return [part for part in parts if part]
