"""Papers from draft to release: each step one function, guarded by the state it expects, recorded with who and when."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from spokesdesk.domain import papers as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError, OutsideError, UserError, WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.letters import Letter, LetterKind, check, check_complete
from spokesdesk.domain.papers import Move, Paper, Stamp
from spokesdesk.domain.signing import waits_for_seal
from spokesdesk.domain.text import fold, safe_file_name
from spokesdesk.services import numbering
from spokesdesk.services.approvals import to_approve
from spokesdesk.services.numbering import doubled, gaps, twins
from spokesdesk.services.paper_after import correct, flagged, review, self_approval_reason, withdraw
from spokesdesk.services.paper_import import import_docx
from spokesdesk.services.paper_lists import paper_list, paper_numbers, paper_rows
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.paper_moves import step as _step
from spokesdesk.services.paper_versions import compare, restore, version, versions
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.registers import (
    register,
    register_pdf,
    save_series,
    series,
    series_name,
    series_years,
)
from spokesdesk.services.secrecy import require_unmarked
from spokesdesk.services.templates import blank as blank_letter
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.letter_file import read_letter, write_letter
from spokesdesk.typeset.lint import Finding, Level, lint
from spokesdesk.typeset.pages import PageImage, page_images

__all__ = [
    "Finding",
    "Level",
    "PageImage",
    "Rendered",
    "add_draft",
    "compare",
    "correct",
    "doubled",
    "flagged",
    "gaps",
    "import_docx",
    "lint",
    "paper_list",
    "paper_numbers",
    "paper_rows",
    "read_letter",
    "register",
    "register_pdf",
    "restore",
    "review",
    "save_series",
    "series",
    "series_name",
    "series_years",
    "to_approve",
    "twins",
    "version",
    "versions",
    "withdraw",
    "write_letter",
]

NUMBER_TRIES = 8


@dataclass(frozen=True, slots=True)
class Rendered:
    """One letter in both forms, from one document model."""

    docx: bytes
    pdf: bytes


def blank(desk: Desk, kind: LetterKind) -> Letter:
    """Give a new letter of a kind, prefilled from the agency's settings; nothing is written yet."""
    with desk.read() as unit:
        return blank_letter(kind, unit.people.agency())


def create(desk: Desk, letter: Letter, article_id: UUID | None = None) -> tuple[Paper, Changes]:
    """Write a new draft; raises UserError naming the field of the letter."""
    require_unmarked(asdict(letter))
    check(letter)
    with desk.write() as unit:
        made = add_draft(desk, unit, letter, article_id)
    return made, (Change("paper", made.id),)


def paper(desk: Desk, paper_id: UUID) -> Paper:
    """Give one paper with its text and history."""
    with desk.read() as unit:
        return unit.papers.get(paper_id)


def save_letter(desk: Desk, paper_id: UUID, letter: Letter, expected_version: int) -> tuple[Paper, Changes]:
    """Save a paper's text as its next version; an unchanged text makes none.

    Args:
        expected_version: the version that was edited.

    Raises:
        UserError: names the field.
        ConflictError: the text is frozen (approved), or someone saved another one meanwhile.
    """
    require_unmarked(asdict(letter))
    check(letter)
    clean = replace(letter, number=None, date_on=None)
    with desk.write() as unit:
        before = unit.papers.get(paper_id)
        if before.is_frozen:
            raise ConflictError("paper_frozen", state=before.state.value)
        if before.letter == clean:
            return before, ()
        unit.papers.save_letter(
            paper_id, desk.new_id(), clean, expected_version + 1, desk.now(), desk.member.ref
        )
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def submit(
    desk: Desk, paper_id: UUID, remark: str = "", due_at: datetime | None = None
) -> tuple[Paper, Changes]:
    """Send a draft up for approval; it must be complete enough to render.

    Args:
        due_at: until when it should be approved, UTC; None keeps the deadline set before, if any.
    """
    letter = paper(desk, paper_id).letter
    _require_complete(letter)
    compose(letter)
    moved, changes = _move(desk, paper_id, Move.SUBMIT, remark)
    return set_due(desk, paper_id, due_at) if due_at is not None else (moved, changes)


def set_due(desk: Desk, paper_id: UUID, due_at: datetime | None) -> tuple[Paper, Changes]:
    """Keep until when a paper should be approved; raises ConflictError once it is approved."""
    with desk.write() as unit:
        found = unit.papers.get(paper_id)
        if found.is_frozen:
            raise ConflictError("paper_frozen", state=found.state.value)
        unit.papers.set_due(paper_id, due_at)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def approve(
    desk: Desk, paper_id: UUID, remark: str = "", *, edited: Letter | None = None, expected_version: int = 0
) -> tuple[Paper, Changes]:
    """Approve what was submitted; from here on the text is frozen. A leader's move.

    Args:
        remark: the reason, where one approves one's own paper; required when another leader works here.
        edited: the text with the leader's own changes: saved as the next version and approved in one transaction,
            so that the history shows whose words they are.
        expected_version: the version that was edited.

    Raises:
        ConflictError: not submitted, or somebody saved another text meanwhile; nothing is written then.
        UserError: names the field.
    """
    if edited is not None:
        edited = replace(edited, number=None, date_on=None)
        check(edited)
        _require_complete(edited)
        compose(edited)
    with desk.write() as unit:
        before = unit.papers.get(paper_id)
        rules.check_move(before, Move.APPROVE, desk.member)
        if edited is not None and edited != before.letter:
            unit.papers.save_letter(
                paper_id, desk.new_id(), edited, expected_version + 1, desk.now(), desk.member.ref
            )
            before = unit.papers.get(paper_id)
        reason = self_approval_reason(desk, unit, before, remark)
        unit.papers.move(paper_id, _step(desk, unit, before, Move.APPROVE, reason), before.state)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def return_paper(desk: Desk, paper_id: UUID, remark: str) -> tuple[Paper, Changes]:
    """Send a paper back to its writer with a remark. A leader's move."""
    return _move(desk, paper_id, Move.RETURN, remark)


def next_number(desk: Desk, paper_id: UUID) -> int:
    """Give the number that the registry would stamp today."""
    with desk.read() as unit:
        letter = unit.papers.get(paper_id).letter
        return numbering.choose(unit, letter, vn_day(desk.now()).year, None)[1]


def number(
    desk: Desk,
    paper_id: UUID,
    wanted: int | None = None,
    on: date | None = None,
    *,
    may_double: bool = False,
) -> tuple[Paper, Changes]:
    """Stamp number and date, and make the files that will be printed and published. The registry's move.

    Rendering holds no transaction: read, work, then write if the state is still the same.

    Args:
        wanted: the number typed; None for the next of the series.
        on: the date printed; None for today in Vietnam.
        may_double: take a number typed that another paper bears; flagged, and neither paper goes out before one of
            them has another number.

    Raises:
        ConflictError: not approved; ``number_taken``; ``series_elsewhere`` and others: this desk may not take it.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 14 and 15: number and date after the signature, in one unbroken series a year.
    """
    stamped_on = on or vn_day(desk.now())
    if stamped_on > vn_day(desk.now()):
        raise UserError("date_in_future", field="date")
    for _try in range(NUMBER_TRIES):
        try:
            return _stamp(desk, paper_id, wanted, stamped_on, may_double=may_double)
        except ConflictError as error:
            # Another desk took the next number while these files were made: the one after it is as good.
            if wanted is not None or error.code != "number_taken":
                raise
    raise WaitError("numbers_busy")


def _stamp(
    desk: Desk, paper_id: UUID, wanted: int | None, on: date, *, may_double: bool
) -> tuple[Paper, Changes]:
    with desk.read() as unit:
        before = unit.papers.get(paper_id)
        rules.check_move(before, Move.NUMBER, desk.member)
        chosen = numbering.choose(unit, before.letter, on.year, wanted, may_double=may_double)
    files = _kept(desk, replace(before.letter, number=chosen[1], date_on=on))
    with desk.write() as unit:
        again = numbering.choose(unit, before.letter, on.year, wanted, may_double=may_double)
        if again != chosen:
            raise ConflictError("number_taken", number=chosen[1], bearer="")
        series, given = chosen
        now = unit.papers.get(paper_id)
        doubles = wanted is not None and _is_taken(unit, before.letter, on.year, given)
        remark = numbering.double_remark(on, given) if doubles else ""
        step, made = _step(desk, unit, now, Move.NUMBER, remark), Stamp(given, on, series, *files)
        unit.papers.move(paper_id, step, before.state, made)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def _is_taken(unit: Unit, letter: Letter, year: int, number: int) -> bool:
    try:
        numbering.choose(unit, letter, year, number)
    except ConflictError:
        return True
    return False


def renumber(desk: Desk, paper_id: UUID, wanted: int | None, reason: str) -> tuple[Paper, Changes]:
    """Give a numbered paper another number, with a reason; see ``numbering.renumber``."""
    return numbering.renumber(desk, paper_id, wanted, reason, lambda letter: _kept(desk, letter))


def _kept(desk: Desk, letter: Letter) -> tuple[Attachment, Attachment]:
    return _keep(desk, letter, render(letter))


def release(desk: Desk, paper_id: UUID, remark: str = "") -> tuple[Paper, Changes]:
    """Release a numbered paper; where the desk is enrolled, it is queued for the portal in the same transaction."""
    with desk.write() as unit:
        before, signed = unit.papers.get(paper_id), unit.signatures.of(paper_id)
        step = _step(desk, unit, before, Move.RELEASE, remark)
        if waits_for_seal(before, signed):
            raise ConflictError("sign_seal_first")
        numbering.check_single(unit, before)
        unit.papers.move(paper_id, step, before.state)
        released = unit.papers.get(paper_id)
        released = replace(released, pdf=signed[-1].file) if signed else released
        unit.outbox.queue_release(released, desk.now())
        unit.elsewhere.queue(released, desk.now())
    return released, (Change("paper", paper_id), Change("sync"))


def render(letter: Letter) -> Rendered:
    """Give a letter as .docx and PDF; raises UserError naming the field (missing glyph, mark of secrecy)."""
    require_unmarked(asdict(letter))
    from spokesdesk.typeset.to_docx import to_docx
    from spokesdesk.typeset.to_pdf import to_pdf

    document = compose(letter)
    return Rendered(to_docx(document), to_pdf(document))


def preview(letter: Letter, dpi: int = 96) -> tuple[PageImage, ...]:
    """Give the PDF's own pages as images, as one types."""
    from spokesdesk.typeset.to_pdf import to_pdf

    return tuple(page_images(to_pdf(compose(letter)), dpi))


def preview_pdf(pdf: bytes, dpi: int = 96, pages: range | None = None) -> tuple[PageImage, ...]:
    """Give pages of a finished PDF as images; ``pages`` counts from 0, None for all."""
    return tuple(page_images(pdf, dpi, pages))


def stamped_letter(found: Paper) -> Letter:
    """Give a paper's letter with the number and date it carries."""
    return replace(found.letter, number=found.number, date_on=found.numbered_on)


def file(desk: Desk, paper_id: UUID, form: str) -> bytes:
    """Give a paper's file: the newest signed PDF, else the file kept when it was numbered, else the draft rendered now.

    Args:
        form: pdf, docx, or toml (the letter file).
    """
    with desk.read() as unit:
        found, signed = unit.papers.get(paper_id), unit.signatures.of(paper_id)
    if form == "toml":
        return write_letter(stamped_letter(found)).encode()
    kept = found.pdf if form == "pdf" else found.docx
    if signed and form == "pdf":
        kept = signed[-1].file
    if kept is not None:
        return desk.files.read(kept.sha256)
    made = render(stamped_letter(found))
    return made.pdf if form == "pdf" else made.docx


def file_name(found: Paper, form: str) -> str:
    """Give the name under which a paper's file is exported, without accents and spaces."""
    stamp = f"{found.number:02d}-{found.letter.symbol}" if found.number else "du-thao"
    words = "-".join(fold(found.title).split())[:60]
    return safe_file_name(f"{stamp}_{words}.{form}".replace("/", "-"))


def print_paper(
    desk: Desk, paper_id: UUID, printer: str = "", copies: int = 1, *, duplex: bool = False
) -> str:
    """Print the PDF itself, page by page; gives the print job's name."""
    if not 1 <= copies <= 99:
        raise UserError("copies_form", field="copies", limit=99)
    found = paper(desk, paper_id)
    pdf = file(desk, paper_id, "pdf")
    return desk.printer.print_pdf(pdf, title=found.title, printer=printer, copies=copies, duplex=duplex)


def printers(desk: Desk) -> tuple[str, ...]:
    """Give the printers of this machine; empty when there is none."""
    try:
        return desk.printer.names()
    except OutsideError:
        return ()


def _move(desk: Desk, paper_id: UUID, move: Move, remark: str) -> tuple[Paper, Changes]:
    with desk.write() as unit:
        before = unit.papers.get(paper_id)
        unit.papers.move(paper_id, _step(desk, unit, before, move, remark), before.state)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def _keep(desk: Desk, letter: Letter, made: Rendered) -> tuple[Attachment, Attachment]:
    name = f"{letter.number:02d}-{letter.symbol}".replace("/", "-")
    return (
        desk.files.put_bytes(made.docx, f"{name}.docx"),
        desk.files.put_bytes(made.pdf, f"{name}.pdf"),
    )


def _require_complete(letter: Letter) -> None:
    """Raise UserError naming the first thing an official would send the paper back for."""
    check_complete(letter)
    needed = {
        "symbol": bool(letter.symbol),
        "subject": bool(letter.subject),
        "signers": bool(letter.signers and letter.signers[0].name),
        "addressees": bool(letter.addressees) or letter.kind is not LetterKind.CONG_VAN,
        "place": bool(letter.place) or letter.kind is LetterKind.BIEN_BAN,
    }
    for field, is_there in needed.items():
        if not is_there:
            raise UserError("field_required", field=field)
