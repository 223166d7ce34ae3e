"""Reads edXML packages from anywhere: no document type, no entity, nothing fetched, everything limited."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from xml.parsers import expat

from spokesdesk.domain.clock import VN
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.exchange import Organ, Package, PackedFile, Trace
from spokesdesk.domain.text import nfc, safe_file_name
from spokesdesk.typeset.edxml import MOMENT, rules

_JOIN = "\n"


@dataclass(slots=True)
class Element:
    """An element as read, its name without the namespace."""

    name: str
    href: str = ""
    text: str = ""
    children: "list[Element]" = field(default_factory=list)

    def all(self, name: str) -> "Iterator[Element]":
        """Give the children of that name."""
        return (child for child in self.children if child.name == name)

    def one(self, *names: str) -> "Element":
        """Give the first child down the path; raises UserError("edxml_broken") naming what is missing."""
        found = self
        for name in names:
            following = next(found.all(name), None)
            if following is None:
                raise UserError("edxml_broken", field="file", where=f"{found.name}/{name}")
            found = following
        return found

    def said(self, *names: str) -> str:
        """Give the text of a descendant on one line, "" when there is none."""
        try:
            return " ".join(nfc(self.one(*names).text).split())
        except UserError:
            return ""


def read_package(data: bytes) -> Package:
    """Read a package.

    Args:
        data: the file.

    Returns:
        What it says; file names are made safe, files are decoded.

    Raises:
        UserError: ``edxml_too_big``, ``edxml_unsafe`` (a document type or an entity), ``edxml_broken`` naming the
            element.
    """
    root = _parsed(data)
    if root.name != "edXML":
        raise UserError("edxml_broken", field="file", where=root.name)
    found = _package(root, root.one("edXMLEnvelope"))
    if root.one("edXMLEnvelope", "edXMLHeader", "MessageHeader").said("DocumentId") != found.document_id:
        raise UserError("edxml_broken", field="file", where="MessageHeader/DocumentId")
    return found


def _package(root: Element, envelope: Element) -> Package:
    head, traced = (
        envelope.one("edXMLHeader", "MessageHeader"),
        envelope.one("edXMLHeader", "TraceHeaderList"),
    )
    other = next(head.all("OtherInfo"), Element("OtherInfo"))
    places, annexes = next(head.all("ToPlaces"), None), next(other.all("Appendixes"), None)
    return Package(
        sender=_organ(head.one("From")),
        receivers=tuple(_organ(item) for item in head.all("To")),
        number=head.said("Code", "CodeNumber"),
        notation=head.said("Code", "CodeNotation"),
        place=head.said("PromulgationInfo", "Place"),
        on=_day(head.one("PromulgationInfo", "PromulgationDate")),
        type_code=_number(head.said("DocumentType", "Type")) or 0,
        type_name=head.said("DocumentType", "TypeName"),
        subject=head.said("Subject"),
        content=head.said("Content"),
        competence=head.said("SignerInfo", "Competence"),
        position=head.said("SignerInfo", "Position"),
        signer=head.said("SignerInfo", "FullName"),
        due_on=_day(head.one("DueDate")) if head.said("DueDate") else None,
        priority=_number(other.said("Priority")) or 0,
        sphere=other.said("SphereOfPromulgation"),
        drafter=other.said("TyperNotation"),
        copies=_number(other.said("PromulgationAmount")),
        pages=_number(other.said("PageAmount")),
        annexes=tuple(_line(item) for item in annexes.all("Appendix")) if annexes else (),
        to_places=tuple(_line(item) for item in places.all("Place")) if places else (),
        traces=tuple(_trace(item) for item in traced.all("TraceHeader")),
        business=_number(traced.said("Bussiness", "BussinessDocType")) or 0,
        files=_files(envelope, root),
    )


def _parsed(data: bytes) -> Element:
    if len(data) > rules()["most_bytes"]:
        raise UserError("edxml_too_big", field="file", most=rules()["most_bytes"] // 1_000_000)
    tree = _Tree()
    try:
        return tree.read(data)
    except expat.ExpatError as error:
        raise UserError("edxml_broken", field="file", where=str(error)) from error


class _Tree:
    """Builds elements while expat reads, and stops at the first thing a package never holds."""

    def __init__(self) -> None:
        self._root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0

    def read(self, data: bytes) -> Element:
        parser = expat.ParserCreate("UTF-8", _JOIN)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        parser.Parse(data, True)
        if self._root is None:
            raise UserError("edxml_broken", field="file", where="edXML")
        return self._root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _joint, name = tag.rpartition(_JOIN)
        self._count += 1
        if self._count > rules()["most_elements"] or len(self._open) >= rules()["most_depth"]:
            raise UserError("edxml_broken", field="file", where=name)
        if self._root is None and space != rules()["namespace"]:
            raise UserError("edxml_broken", field="file", where=f"xmlns {space[:80]}")
        made = Element(name, attributes.get(f"{rules()['xlink']}{_JOIN}href", ""))
        if self._open:
            self._open[-1].children.append(made)
        self._root = self._root or made
        self._open.append(made)
        self._texts.append([])

    def _letters(self, text: str) -> None:
        self._texts[-1].append(text)

    def _end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop()).strip()


def _refuse(*_: object) -> int:
    raise UserError("edxml_unsafe", field="file")


def _organ(item: Element) -> Organ:
    return Organ(
        organ_id=item.said("OrganId"),
        name=item.said("OrganName"),
        in_charge=item.said("OrganizationInCharge"),
        address=item.said("OrganAdd"),
        email=item.said("Email"),
        phone=item.said("Telephone"),
        fax=item.said("Fax"),
        website=item.said("Website"),
    )


def _line(item: Element) -> str:
    return " ".join(nfc(item.text).split())


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _day(item: Element) -> date:
    parts = item.text.split("/")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError as error:
        raise UserError("edxml_broken", field="file", where=item.name) from error


def _trace(item: Element) -> Trace:
    try:
        at = datetime.strptime(item.said("Timestamp"), MOMENT).replace(tzinfo=VN)
    except ValueError as error:
        raise UserError("edxml_broken", field="file", where="TraceHeader/Timestamp") from error
    return Trace(item.said("OrganId"), at.astimezone(UTC))


def _files(envelope: Element, root: Element) -> tuple[PackedFile, ...]:
    manifest = envelope.one("edXMLBody", "edXMLManifest")
    named = {item.href.removeprefix("cid:") for item in manifest.all("Reference")}
    holder = next(root.all("AttachmentEncoded"), Element("AttachmentEncoded"))
    found = tuple(_file(item) for item in holder.all("Attachment"))
    known = {file.content_id for file in found}
    if len(known) != len(found) or known != named or len(found) > rules()["most_attachments"]:
        raise UserError("edxml_broken", field="file", where="edXMLManifest/Reference")
    return found


def _file(item: Element) -> PackedFile:
    try:
        data = base64.b64decode("".join(item.one("ContentTransferEncoded").text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UserError("edxml_broken", field="file", where="Attachment/ContentTransferEncoded") from error
    return PackedFile(
        content_id=item.said("ContentId").removeprefix("cid:"),
        name=safe_file_name(item.said("AttachmentName")),
        media=item.said("ContentType"),
        description=item.said("Description"),
        data=data,
    )
