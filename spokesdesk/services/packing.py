"""What an edXML package says of a paper, gathered from paper, agency and files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.exchange import Organ, Package, PackedFile, Trace
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.services.mailtext import MEDIA


def package_of(
    found: Paper,
    agency: Agency,
    own: str,
    receivers: tuple[Organ, ...],
    files: Sequence[tuple[str, bytes]],
    at: datetime,
) -> Package:
    """Give the package of a numbered paper.

    Args:
        own: this agency's code.
        files: name and content, the PDF first.
        at: UTC, when it is packed.
    """
    from spokesdesk.typeset.edxml import rules as codes
    from spokesdesk.typeset.pages import page_count

    letter, kinds = found.letter, codes()["types"]
    code, name = kinds[letter.kind.value]
    lines = letter.signers[0].authority if letter.signers else ()
    sender = Organ(
        own, agency.name, agency.parent, agency.address, agency.email, agency.phone, "", agency.website
    )
    assert found.numbered_on is not None
    return Package(
        sender=sender,
        receivers=receivers,
        number=f"{found.number:02d}",
        notation=letter.symbol,
        place=letter.place,
        on=found.numbered_on,
        type_code=code,
        type_name=name,
        subject=letter.subject,
        content=letter.subject,
        competence=" ".join(lines[:-1]),
        position=lines[-1] if lines else "",
        signer=letter.signers[0].name if letter.signers else "",
        priority=codes()["priority"][letter.urgency.value] if letter.urgency else 0,
        to_places=tuple(clean.strip(" ;.") for clean in letter.recipients),
        traces=(Trace(own, at.replace(microsecond=0)),),
        files=tuple(_packed(name, data) for name, data in files),
        sphere=letter.circulation,
        drafter=letter.drafter,
        copies=letter.copies,
        pages=page_count(files[0][1]),
        annexes=tuple(annex.title for annex in letter.annexes),
        business=codes()["business"]["new"],
    )


def _packed(name: str, data: bytes) -> PackedFile:
    key = UUID(bytes=hashlib.sha256(data).digest()[:16], version=4)
    form = name.rpartition(".")[2]
    return PackedFile(str(key), name, "/".join(MEDIA[form]), form.upper(), data)
