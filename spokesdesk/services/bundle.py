"""A case given out as a bundle that a stranger verifies without this program; every export is in the custody log."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from spokesdesk.domain import bundle as rules
from spokesdesk.domain.bundle import Book, BundleFile, BundleItem, BundlePaper
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import iso_vn, to_vn
from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.domain.evidence import CustodyAct, Evidence, visible_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.text import short_date
from spokesdesk.services import cases, evidence
from spokesdesk.services.bundle_writing import Bag, bag_at
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import wording

Told = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written.

    Attributes:
        path: the folder or .zip file.
        items: how many items of evidence have their file in it.
        size: bytes of the kept files.
        seal: SHA-256 of its last list of hashes; equal seals, equal bundles.
    """

    path: Path
    items: int
    size: int
    seal: str


def proposed_name(desk: Desk, case_id: UUID) -> str:
    """Give the name that is proposed for a case's bundle, without an ending."""
    with desk.read() as unit:
        title = unit.cases.get(case_id).title
    return rules.bundle_name(title, f"{to_vn(desk.now()):%Y%m%d}")


def size_of(desk: Desk, case_id: UUID) -> int:
    """Give how many bytes of evidence a bundle of a case will hold, for showing progress."""
    with desk.read() as unit:
        return sum(item.file.size for item in unit.evidence.of(case_id) if not item.withdrawn)


def export(desk: Desk, case_id: UUID, target: Path, told: Told | None = None) -> tuple[Bundle, Changes]:
    """Write a case as a bundle: facts, evidence, letters, custody log, chain head, viewer and lists of hashes.

    The custody log says so before the first byte leaves; an export that does not end well is said there as well. The
    bundle's seal becomes a step of the case, so that the bundle is known again.

    Args:
        target: a name ending in .zip makes an archive, any other a folder; nothing may stand there yet.
        told: called with the bytes written so far, about once a MiB; False stops, and nothing is left.

    Raises:
        ConflictError: ``bundle_exists``.
        WaitError: ``bundle_stopped``, when ``told`` said so.
        OutsideError: ``bundle_disk_full``, ``file_unwritable``, ``blob_missing``, ``blob_damaged``.
    """
    name = target.stem if target.suffix.lower() == ".zip" else target.name
    with bag_at(target, desk.now(), _stopping(told)) as bag:
        ids = _announce(desk, case_id, target)
        try:
            book = _book(desk, case_id, name)
            seal = _fill(desk, bag, book)
            cases.note_export(desk, case_id, visible_name(target.name), seal)
        except BaseException:
            evidence.note(desk, ids, CustodyAct.EXPORT_STOPPED, _bundle_words(target))
            raise
    size = sum(file.size for file in book.files)
    return Bundle(target, len(ids), size, seal), (Change("case", case_id),)


def _stopping(told: Told | None) -> Callable[[int], None]:
    def step(written: int) -> None:
        if told is not None and not told(written):
            raise WaitError("bundle_stopped")

    return step


def _announce(desk: Desk, case_id: UUID, target: Path) -> tuple[UUID, ...]:
    with desk.read() as unit:
        unit.cases.get(case_id)
        ids = tuple(item.id for item in unit.evidence.of(case_id) if not item.withdrawn)
    if ids:
        evidence.note(desk, ids, CustodyAct.EXPORTED, _bundle_words(target))
    return ids


def _bundle_words(target: Path) -> str:
    return _("gói chứng cứ {name}").format(name=visible_name(target.name))


def _book(desk: Desk, case_id: UUID, name: str) -> Book:
    with desk.read() as unit:
        head = unit.chain.head()
        assert head is not None, "a case without a link cannot be"
        items = unit.evidence.of(case_id)
        found = unit.cases.get(case_id)
        return Book(
            name=name,
            agency=unit.people.agency().name,
            made_at=desk.now(),
            made_by=desk.member.name,
            case=found,
            versions=unit.cases.versions(case_id),
            items=tuple(_item(n, item) for n, item in enumerate(items, 1)),
            papers=_papers(unit, found.papers),
            log=unit.evidence.log(case_id),
            head=head,
        )


def _item(n: int, item: Evidence) -> BundleItem:
    if item.withdrawn:
        return BundleItem(item, None)
    path = rules.bundle_path(rules.ITEMS, n, item.original_name or item.file.name)
    return BundleItem(item, BundleFile(path, item.file.sha256, item.file.size))


def _papers(unit: Unit, ids: tuple[UUID, ...]) -> tuple[BundlePaper, ...]:
    made: list[BundlePaper] = []
    n = 0
    for paper in map(unit.papers.get, ids):
        files: list[BundleFile] = []
        for kept in _kept_files(unit, paper):
            n += 1
            files.append(BundleFile(rules.bundle_path(rules.PAPERS, n, kept[0]), kept[1], kept[2]))
        made.append(BundlePaper(paper.title, tuple(files)))
    return tuple(made)


def _kept_files(unit: Unit, paper: Paper) -> list[tuple[str, str, int]]:
    """Give name, hash and size of a paper's signed files, or of the numbered PDF where nothing is signed."""
    signed = [made.file for made in unit.signatures.of(paper.id)]
    files = signed[-1:] or ([paper.pdf] if paper.pdf else [])
    mark = f"{paper.number}-{paper.letter.symbol}" if paper.number else paper.title
    return [(f"{mark}.pdf", file.sha256, file.size) for file in files]


def _fill(desk: Desk, bag: Bag, book: Book) -> str:
    from spokesdesk.typeset.case_viewer import viewer_html

    for file in book.files:
        with desk.files.open(file.sha256) as source:
            if bag.add(file.path, source) != file.sha256:
                raise OutsideError("blob_damaged", sha256=file.sha256[:12])
    record = _record(book)
    bag.add_bytes(rules.RECORD, record)
    bag.close_payload()
    bag.add_bytes("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    bag.add_bytes("bag-info.txt", _info(book, bag.oxum([len(record), *(file.size for file in book.files)])))
    bag.add_bytes(rules.VIEWER, viewer_html(book).encode())
    bag.add_bytes(rules.README, _readme(book).encode())
    return bag.close_tags()


def _info(book: Book, oxum: str) -> bytes:
    lines = {
        "Source-Organization": book.agency,
        "External-Identifier": str(book.case.id),
        "External-Description": book.case.title,
        "Bagging-Date": f"{to_vn(book.made_at):%Y-%m-%d}",
        "Bag-Software-Agent": "SpokesDesk",
        "Payload-Oxum": oxum,
        "Contact-Name": book.made_by,
        "Journal-Chain-Head": f"{book.head.n} {book.head.hash.hex()}",
    }
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in lines.items()).encode()


def _readme(book: Book) -> str:
    words = wording("case_bundle")
    named = {"viewer": rules.VIEWER, "manifest": rules.MANIFEST, "tag_manifest": rules.TAG_MANIFEST}
    at = to_vn(book.made_at)
    text: str = words["readme"].format(
        title=book.case.title,
        agency=book.agency,
        who=book.made_by,
        at=f"{at:%H:%M} {short_date(at.date())}",
        link=book.head.n,
        head=book.head.hash.hex(),
        **named,
    )
    return text.lstrip("\n").replace("\n", "\r\n")


def _record(book: Book) -> bytes:
    """Give the case for programs: JSON, UTF-8, times with their zone."""
    value = {
        "format": "spokesdesk-case-1",
        "agency": book.agency,
        "exported_at": book.made_at,
        "exported_by": book.made_by,
        "case": asdict(book.case),
        "versions": [asdict(one) for one in book.versions],
        "evidence": [asdict(one.item) | {"path": one.file.path if one.file else None} for one in book.items],
        "papers": [asdict(one) for one in book.papers],
        "custody": [asdict(entry) for entry in book.log],
        "chain_head": {"n": book.head.n, "at": book.head.at, "hash": book.head.hash.hex()},
    }
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return iso_vn(value)
    return value.isoformat() if isinstance(value, date) else str(value)
