"""Sending released papers: e-mail, mail drafts, exchange packages, text for Zalo; every sending is written down."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from spokesdesk.domain import sending as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, OutsideError, UserError
from spokesdesk.domain.exchange import Organ, Package
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency, Role
from spokesdesk.domain.sending import MailServer, Result, Sending, Way
from spokesdesk.domain.text import clean_line, clean_text
from spokesdesk.services import mailtext, papers
from spokesdesk.services.packing import package_of
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole

__all__ = ["MailServer", "Organ", "Package", "Result", "Sending", "Way"]

ORGAN_ID, MAIL, PASSWORD = "organ_id", "mail", "smtp_password"


def mail_server(desk: Desk) -> MailServer | None:
    """Give where mail is handed over; None before it was set."""
    with desk.read() as unit:
        found = unit.settings.get(MAIL)
    if not isinstance(found, Mapping):
        return None
    return MailServer(str(found["host"]), int(str(found["port"])), str(found["user"]), str(found["sender"]))


def save_mail_server(
    desk: Desk, server: MailServer, password: str | None = None
) -> tuple[MailServer, Changes]:
    """Keep where mail is handed over; an admin's.

    Args:
        password: kept among this device's sealed secrets; None keeps the one there is, "" forgets it.

    Raises:
        AccessError: not an admin.
        UserError: names host, port, user or sender.
    """
    desk.member.require(Role.ADMIN)
    clean = rules.checked_server(server)
    kept = {"host": clean.host, "port": clean.port, "user": clean.user, "sender": clean.sender}
    with desk.write() as unit:
        unit.settings.put(MAIL, kept)
    if password is not None:
        desk.device_keys.put(PASSWORD, password.encode() or None)
    return clean, (Change("setting"),)


def organ_id(desk: Desk) -> str:
    """Give this agency's code in electronic exchange (mã định danh), "" before it was set."""
    with desk.read() as unit:
        return str(unit.settings.get(ORGAN_ID) or "")


def save_organ_id(desk: Desk, code: str) -> tuple[str, Changes]:
    """Keep this agency's code; an admin's. Raises UserError naming ``organ_id``."""
    from spokesdesk.typeset.edxml import check_organ_id

    desk.member.require(Role.ADMIN)
    clean = check_organ_id(code) if code.strip() else ""
    with desk.write() as unit:
        unit.settings.put(ORGAN_ID, clean)
    return clean, (Change("setting"),)


def sendings(desk: Desk, paper_id: UUID) -> tuple[Sending, ...]:
    """Give how a paper was sent so far, the first sending first."""
    with desk.read() as unit:
        return unit.sendings.of(paper_id)


def proposal(desk: Desk, paper_id: UUID) -> tuple[str, str]:
    """Give subject and text for a mail about a released paper, ready to be changed."""
    found, agency = _gone(desk, paper_id)
    return mailtext.subject(found), mailtext.text(found, agency)


def send_mail(
    desk: Desk, paper_id: UUID, to: Sequence[str], subject: str = "", text: str = ""
) -> tuple[Sending, Changes]:
    """Send a released paper, PDF and .docx attached; the sending is written down whether it worked or not.

    Args:
        to: addresses; several may stand in one text.
        subject, text: "" for the usual ones.

    Returns:
        What was sent; ``result`` is partial when the server refused some of the addresses.

    Raises:
        UserError: ``mail_not_set``, or names ``mail_to``, ``mail_subject``, ``mail_text``.
        ConflictError: ``sending_not_released``.
        OutsideError: the server cannot be reached, cannot be trusted or refuses everybody.
        AccessError: ``mail_login``.
    """
    addresses, server = rules.checked_addresses(to), mail_server(desk)
    if server is None:
        raise UserError("mail_not_set", field="mail_host")
    found, agency = _gone(desk, paper_id)
    files = _files(desk, found)
    letter = mailtext.compose(_letter(desk, found, agency, server.sender, addresses, subject, text), files)
    password = (desk.device_keys.get(PASSWORD) or b"").decode()
    made = Sending(
        id=desk.new_id(),
        paper_id=paper_id,
        way=Way.MAIL,
        to=addresses,
        subject=letter.subject,
        message_id=letter.message_id,
        files=_hashes(files),
        at=desk.now(),
        by=desk.member.ref,
        result=Result.SENT,
    )
    try:
        refused = desk.mailer.send(server, password, letter.data, addresses)
    except (OutsideError, AccessError) as error:
        _write(desk, replace(made, result=Result.FAILED, detail=str(error.params.get("detail", error.code))))
        raise
    if refused:
        said = "; ".join(f"{address}: {answer}" for address, answer in refused)
        made = replace(made, result=Result.PARTIAL, detail=said[:1000])
    return made, _write(desk, made)


def mail_draft(
    desk: Desk, paper_id: UUID, to: Sequence[str] = (), subject: str = "", text: str = ""
) -> bytes:
    """Give a mail as an .eml draft that a mail program opens for sending; nothing is written down.

    Raises:
        UserError: names ``mail_to``, ``mail_subject``, ``mail_text``.
        ConflictError: ``sending_not_released``.
    """
    addresses = rules.checked_addresses(to) if to else ()
    found, agency = _gone(desk, paper_id)
    server = mail_server(desk)
    sender = server.sender if server else agency.email
    given = _letter(desk, found, agency, sender, addresses, subject, text)
    return mailtext.compose(given, _files(desk, found), is_draft=True).data


def zalo_text(desk: Desk, paper_id: UUID) -> str:
    """Give a released paper as plain text for a Zalo group, with its public page when there is one."""
    found, agency = _gone(desk, paper_id)
    with desk.read() as unit:
        rows = unit.outbox.rows(5000)
    url = next((row.url for row in rows if row.record == paper_id), "")
    return mailtext.zalo(found, agency, url)


def note_zalo(desk: Desk, paper_id: UUID, group: str) -> tuple[Sending, Changes]:
    """Write down that a paper was given to a Zalo group; raises UserError naming ``mail_to``."""
    found, _agency = _gone(desk, paper_id)
    name = clean_line(group, field="mail_to", limit=200, required=True)
    made = Sending(
        id=desk.new_id(),
        paper_id=paper_id,
        way=Way.ZALO,
        to=(name,),
        subject=found.title,
        message_id="",
        files=(),
        at=desk.now(),
        by=desk.member.ref,
        result=Result.NOTED,
    )
    return made, _write(desk, made)


def export_edxml(
    desk: Desk, paper_id: UUID, receivers: Sequence[Organ], path: Path
) -> tuple[Sending, Changes]:
    """Write a released paper as an edXML package, and note it.

    Args:
        receivers: at least one; only the code is needed.
        path: the file to write; it is whole or not there.

    Raises:
        UserError: ``organ_id_missing``, or the code of a receiver is wrong.
        ConflictError: ``sending_not_released``.
        OutsideError: ``file_unwritable``.
    """
    from spokesdesk.typeset.edxml import check_organ_id, write_package

    if not receivers:
        raise UserError("text_required", field="to_organ")
    checked = tuple(
        replace(
            one,
            organ_id=check_organ_id(one.organ_id, "to_organ"),
            name=clean_line(one.name, field="to_organ", limit=200),
        )
        for one in receivers
    )
    found, agency = _gone(desk, paper_id)
    own = organ_id(desk)
    if not own:
        raise UserError("organ_id_missing", field="organ_id")
    files = _files(desk, found)
    package = package_of(found, agency, own, checked, files, desk.now())
    write_whole(path, write_package(package))
    made = Sending(
        id=desk.new_id(),
        paper_id=paper_id,
        way=Way.EDXML,
        to=tuple(one.organ_id for one in checked),
        subject=found.title,
        message_id=package.document_id,
        files=_hashes(files),
        at=package.traces[0].at,
        by=desk.member.ref,
        result=Result.EXPORTED,
    )
    return made, _write(desk, made)


def read_edxml(data: bytes) -> Package:
    """Read a package from anywhere; raises UserError for what is none or is not safe to open."""
    from spokesdesk.typeset.edxml_reading import read_package

    return read_package(data)


def _gone(desk: Desk, paper_id: UUID) -> tuple[Paper, Agency]:
    with desk.read() as unit:
        found, agency = unit.papers.get(paper_id), unit.people.agency()
    rules.require_gone(found)
    return found, agency


def _files(desk: Desk, found: Paper) -> tuple[tuple[str, bytes], ...]:
    return tuple(
        (papers.file_name(found, form), papers.file(desk, found.id, form)) for form in ("pdf", "docx")
    )


def _hashes(files: Sequence[tuple[str, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, hashlib.sha256(data).hexdigest()) for name, data in files)


def _letter(
    desk: Desk,
    found: Paper,
    agency: Agency,
    sender: str,
    to: tuple[str, ...],
    subject: str,
    text: str,
) -> mailtext.MailLetter:
    clean_subject = clean_line(subject, field="mail_subject", limit=rules.SUBJECT_LIMIT)
    return mailtext.MailLetter(
        sender=sender,
        sender_name=agency.name,
        to=to,
        subject=clean_subject or mailtext.subject(found),
        text=clean_text(text, field="mail_text", limit=rules.TEXT_LIMIT) or mailtext.text(found, agency),
        key=desk.new_id(),
        at=desk.now(),
    )


def _write(desk: Desk, made: Sending) -> Changes:
    with desk.write() as unit:
        unit.sendings.add(made)
    return (Change("paper", made.paper_id),)
