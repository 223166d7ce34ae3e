"""Writes edXML packages: the layout of law.md §11, every element in the namespace of QCVN 102."""

import base64
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from spokesdesk import assets
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.exchange import Organ, Package, PackedFile, Trace, slashed

MOMENT = "%Y/%m/%d %H:%M:%S"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """One element: text or children."""

    name: str
    inside: "str | tuple[Node, ...]" = ""
    attributes: tuple[tuple[str, str], ...] = ()


@cache
def rules() -> dict[str, Any]:
    """Give the namespace, the codes and the limits; see the data file."""
    return tomllib.loads(assets.read_text("formats", "edxml.toml"))


def check_organ_id(text: str, field: str = "organ_id") -> str:
    """Give an agency's code as packages carry it.

    Args:
        text: as typed.
        field: for the error.

    Raises:
        UserError: ``organ_id_old`` for a code in the order of before 2020, ``organ_id_form`` for anything else.

    Source:
        QĐ 20/2020/QĐ-TTg, Điều 4–6.
    """
    given, forms = "".join(text.split()).upper(), rules()["organ_id"]
    if re.fullmatch(forms["old"], given, re.ASCII):
        raise UserError("organ_id_old", field=field, id=given)
    known = (forms["agency"], forms["enterprise"], forms["other"])
    if len(given) > forms["most"] or not any(re.fullmatch(form, given, re.ASCII) for form in known):
        raise UserError("organ_id_form", field=field, id=given[:40], most=forms["most"])
    return given


def write_package(package: Package) -> bytes:
    """Give a package as UTF-8 XML; equal packages give equal bytes."""
    head = _bare("edXMLHeader", (_message(package), _traces(package), _bare("DigitalSignature")))
    references = tuple(_reference(file) for file in package.files)
    body = _bare("edXMLBody", (_bare("edXMLManifest", references),))
    envelope = _bare("edXMLEnvelope", (head, body))
    attachments = Node("AttachmentEncoded", tuple(_attachment(file) for file in package.files))
    spaces = (("xmlns", "namespace"), ("xmlns:edXML", "namespace"), ("xmlns:xlink", "xlink"))
    root = Node("edXML", (envelope, attachments), tuple((name, rules()[key]) for name, key in spaces))
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_lines(root, 0))).encode()


def _bare(name: str, inside: str | tuple[Node, ...] = "") -> Node:
    return Node(f"edXML:{name}", inside)


def _texts(*pairs: tuple[str, object]) -> tuple[Node, ...]:
    return tuple(_bare(name, "" if value is None else str(value)) for name, value in pairs)


def _organ(name: str, organ: Organ) -> Node:
    needed = (
        ("OrganId", organ.organ_id),
        ("OrganizationInCharge", organ.in_charge),
        ("OrganName", organ.name),
    )
    more = (
        ("OrganAdd", organ.address),
        ("Email", organ.email),
        ("Telephone", organ.phone),
        ("Fax", organ.fax),
        ("Website", organ.website),
    )
    return _bare(name, _texts(*needed, *((key, value) for key, value in more if value)))


def _message(package: Package) -> Node:
    return _bare(
        "MessageHeader",
        (
            _organ("From", package.sender),
            *(_organ("To", receiver) for receiver in package.receivers),
            _bare("Code", _texts(("CodeNumber", package.number), ("CodeNotation", package.notation))),
            _bare(
                "PromulgationInfo",
                _texts(("Place", package.place), ("PromulgationDate", slashed(package.on))),
            ),
            _bare(
                "DocumentType",
                _texts(("Type", package.type_code), ("TypeName", package.type_name), ("TypeDetail", "")),
            ),
            *_texts(("Subject", package.subject), ("Content", package.content)),
            _bare(
                "SignerInfo",
                _texts(
                    ("Competence", package.competence),
                    ("Position", package.position),
                    ("FullName", package.signer),
                ),
            ),
            *_texts(("DueDate", slashed(package.due_on) if package.due_on else "")),
            _bare("ToPlaces", _texts(*(("Place", place) for place in package.to_places))),
            _other(package),
            *_texts(("SteeringType", ""), ("DocumentId", package.document_id)),
        ),
    )


def _other(package: Package) -> Node:
    return _bare(
        "OtherInfo",
        (
            *_texts(
                ("Priority", package.priority),
                ("SphereOfPromulgation", package.sphere),
                ("TyperNotation", package.drafter),
                ("PromulgationAmount", package.copies),
                ("PageAmount", package.pages),
            ),
            _bare("Appendixes", _texts(*(("Appendix", title) for title in package.annexes))),
        ),
    )


def _traces(package: Package) -> Node:
    staff = _bare("StaffInfo", _texts(("Department", ""), ("Staff", ""), ("Mobile", ""), ("Email", "")))
    business = (
        *_texts(("BussinessDocType", package.business), ("BussinessDocReason", "")),
        staff,
        *_texts(("Paper", 0)),
    )
    passed = tuple(_bare("TraceHeader", _trace(trace)) for trace in package.traces)
    return _bare("TraceHeaderList", (*passed, _bare("Bussiness", business)))


def _trace(trace: Trace) -> tuple[Node, ...]:
    return _texts(("OrganId", trace.organ_id), ("Timestamp", to_vn(trace.at).strftime(MOMENT)))


def _reference(file: PackedFile) -> Node:
    told = _texts(
        ("ContentId", file.content_id),
        ("ContentType", file.media),
        ("Description", file.description),
        ("AttachmentName", file.name),
    )
    return Node("edXML:Reference", told, (("xlink:href", f"cid:{file.content_id}"),))


def _attachment(file: PackedFile) -> Node:
    parts = (
        ("ContentType", file.media),
        ("ContentId", file.content_id),
        ("Description", file.description),
        ("ContentTransferEncoded", base64.b64encode(file.data).decode()),
        ("AttachmentName", file.name),
    )
    return Node("Attachment", tuple(Node(name, text) for name, text in parts))


def _lines(node: Node, depth: int) -> Iterable[str]:
    pad = "  " * depth
    given = "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes)
    if not node.inside:
        yield f"{pad}<{node.name}{given}/>\n"
    elif isinstance(node.inside, str):
        yield f"{pad}<{node.name}{given}>{escape(_NOT_XML.sub('', node.inside))}</{node.name}>\n"
    else:
        yield f"{pad}<{node.name}{given}>\n"
        for child in node.inside:
            yield from _lines(child, depth + 1)
        yield f"{pad}</{node.name}>\n"
