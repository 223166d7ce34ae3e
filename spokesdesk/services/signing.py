"""Signing papers and checking signatures. What is signed is kept by hash and never rendered again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.papers import Paper, PaperState
from spokesdesk.domain.signing import (
    INK,
    PaperSignature,
    SignAsk,
    SignatureKind,
    Validity,
    Verdict,
    check_turn,
    role_of,
)
from spokesdesk.services.papers import file_name, render, stamped_letter
from spokesdesk.services.ports import Desk, Signer, Unit
from spokesdesk.typeset import apart

__all__ = ["SignatureKind", "Verdict"]
_GIVEN = "signing.given"
_MOST_BYTES = 100 * 1024 * 1024


def signatures(desk: Desk, paper_id: UUID) -> tuple[PaperSignature, ...]:
    """Give the signed files of a paper, the newest last."""
    with desk.read() as unit:
        return unit.signatures.of(paper_id)


def sign_paper(
    desk: Desk,
    paper_id: UUID,
    signer: Signer,
    kind: SignatureKind,
    *,
    roots: Sequence[bytes] = (),
    image: bytes = b"",
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[PaperSignature, Changes]:
    """Sign a paper: the leader's signature once approved, the agency's once numbered.

    The leader signs with number and date left open; the agency's signature fills them in the same update. Signing
    holds no transaction: read, sign, check, then write if the paper is still the same.

    Args:
        signer: token, key file, local service.
        roots: trusted certificates, for the verdict kept with the file.
        image: PNG of the signature (blue) or the seal (red).
        cancelled: asked while a device or a person is waited for.

    Raises:
        AccessError: not a leader, or not the registry; a wrong PIN.
        ConflictError: ``sign_state``, ``sign_done``; ``paper_changed_meanwhile``: nothing is kept.
        OutsideError: the device or service; ``sign_broken`` when what came back does not hold.
    """
    found, made = _ready(desk, paper_id, kind, signer.adapter)
    pdf = _base(desk, found, made, image)
    return _signed(desk, found, made, signer, kind, pdf, roots, image, cancelled)


def to_sign(desk: Desk, paper_id: UUID, kind: SignatureKind, image: bytes = b"") -> bytes:
    """Give the PDF to be signed with another program; it is remembered, so that only it is taken back."""
    found, made = _ready(desk, paper_id, kind, "outside")
    pdf = _base(desk, found, made, image)
    kept = desk.files.put_bytes(pdf, file_name(found, "pdf"))
    with desk.write() as unit:
        unit.settings.put(f"{_GIVEN}.{paper_id}", {"sha256": kept.sha256, "kind": kind.value})
    return pdf


def attach_signed(
    desk: Desk, paper_id: UUID, reloaded: Signer, kind: SignatureKind, *, roots: Sequence[bytes] = ()
) -> tuple[PaperSignature, Changes]:
    """Take back a file signed with another program, or the scan of a paper signed in ink.

    Args:
        reloaded: the adapter ``outside`` or ``ink`` with the file.

    Raises:
        ConflictError: ``sign_not_given``: nothing was given out; ``sign_other_file``: it is another file.
    """
    found, made = _ready(desk, paper_id, kind, reloaded.adapter)
    pdf = b"" if reloaded.adapter == INK else _given(desk, paper_id, kind)
    return _signed(desk, found, made, reloaded, kind, pdf, roots)


def sign_file(pdf: bytes, signer: Signer, ask: SignAsk, roots: Sequence[bytes] = ()) -> tuple[bytes, Verdict]:
    """Sign any PDF, no paper of the desk; gives the signed file and what the check afterwards found."""
    signed = signer.sign(pdf, ask)
    return signed, _checked(pdf, signed, roots)


def verify_file(path: Path, roots: Sequence[bytes]) -> Verdict:
    """Give what the signatures of any PDF are worth, read in a process apart.

    Raises:
        UserError: ``sign_file_unreadable``, ``sign_file_large``, ``verify_pdf_bad``, ``look_failed``,
            ``look_too_slow``.
    """
    return apart.verdict(read_file(path), tuple(roots))


def verify_bytes(pdf: bytes, roots: Sequence[bytes]) -> Verdict:
    """Give what the signatures of any PDF are worth; raises UserError("verify_pdf_bad")."""
    from spokesdesk.typeset.verify import verify

    return verify(pdf, roots)


def read_file(path: Path, field: str = "file") -> bytes:
    """Give a file's bytes; raises UserError("sign_file_unreadable") or ("sign_file_large")."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError("sign_file_large", field=field, limit=_MOST_BYTES // 1024 // 1024)
        return path.read_bytes()
    except OSError as error:
        raise UserError("sign_file_unreadable", field=field, path=path) from error


def _ready(
    desk: Desk, paper_id: UUID, kind: SignatureKind, adapter: str
) -> tuple[Paper, tuple[PaperSignature, ...]]:
    desk.member.require(role_of(kind))
    with desk.read() as unit:
        return _turn(unit, paper_id, kind, adapter)


def _turn(
    unit: Unit, paper_id: UUID, kind: SignatureKind, adapter: str
) -> tuple[Paper, tuple[PaperSignature, ...]]:
    found, made = unit.papers.get(paper_id), unit.signatures.of(paper_id)
    check_turn(found, made, kind, adapter)
    return found, made


def _base(desk: Desk, found: Paper, made: tuple[PaperSignature, ...], image: bytes) -> bytes:
    """Give the file that gets the next signature: the newest signed one, else the paper with its fields."""
    from spokesdesk.typeset.form_fields import prepare

    if made:
        return desk.files.read(made[-1].file.sha256)
    letter = stamped_letter(found)
    if found.state is PaperState.APPROVED or found.pdf is None:
        letter = replace(letter, number=None, date_on=None)
        return prepare(render(letter).pdf, letter, image)
    return prepare(desk.files.read(found.pdf.sha256), letter, image)


def _given(desk: Desk, paper_id: UUID, kind: SignatureKind) -> bytes:
    with desk.read() as unit:
        kept = unit.settings.get(f"{_GIVEN}.{paper_id}")
    if not isinstance(kept, dict) or kept.get("kind") != kind.value:
        raise ConflictError("sign_not_given")
    return desk.files.read(str(kept["sha256"]))


def _signed(
    desk: Desk,
    found: Paper,
    made: tuple[PaperSignature, ...],
    signer: Signer,
    kind: SignatureKind,
    pdf: bytes,
    roots: Sequence[bytes],
    image: bytes = b"",
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[PaperSignature, Changes]:
    is_numbered = kind is SignatureKind.AGENCY
    ask = SignAsk(
        kind,
        desk.now(),
        number=found.number if is_numbered else None,
        dated_on=found.numbered_on if is_numbered else None,
        image=image,
        cancelled=cancelled,
    )
    signed = signer.sign(pdf, ask)
    verdict = Verdict()
    if signer.adapter != INK:
        verdict = _checked(pdf, signed, roots)
        _check_number(found, signed, kind)
    file = desk.files.put_bytes(signed, file_name(found, "pdf"))
    return _kept(desk, found, made, signer.adapter, kind, file, verdict)


def _checked(pdf: bytes, signed: bytes, roots: Sequence[bytes]) -> Verdict:
    """Check what came back: the same bytes, one more signature, and all of them whole."""
    before, verdict = verify_bytes(pdf, roots), verify_bytes(signed, roots)
    if not signed.startswith(pdf):
        raise OutsideError("sign_rewritten")
    if not verdict.unbroken or len(verdict.signatures) <= len(before.signatures):
        raise OutsideError("sign_broken")
    newest = verdict.signatures[-1]
    if newest.certificate in (Validity.EXPIRED, Validity.NOT_YET):
        since, until = (f"{vn_day(at):%d/%m/%Y}" for at in (newest.valid_from, newest.valid_until))
        raise UserError(
            "sign_certificate_expired", field="certificate", signer=newest.signer, since=since, until=until
        )
    return verdict


def _check_number(found: Paper, signed: bytes, kind: SignatureKind) -> None:
    """Check that number and date in the file's fields are those of the register."""
    from spokesdesk.typeset.form_fields import filled, open_fields, values

    held = filled(signed)
    wanted = values(found.number, found.numbered_on) if kind is SignatureKind.AGENCY else {}
    if any(wanted.get(name) != value for name, value in held.items()):
        raise ConflictError("sign_number_differs", number=held.get("SoVanBan", ""))
    if wanted and open_fields(signed):
        raise ConflictError("sign_number_blank")


def _kept(
    desk: Desk,
    found: Paper,
    made: tuple[PaperSignature, ...],
    adapter: str,
    kind: SignatureKind,
    file: Attachment,
    verdict: Verdict,
) -> tuple[PaperSignature, Changes]:
    name = verdict.signatures[-1].signer if verdict.signatures else desk.member.name
    new = PaperSignature(
        desk.new_id(), found.id, kind, name, desk.now(), adapter, file, verdict, desk.member.ref
    )
    with desk.write() as unit:
        now, present = _turn(unit, found.id, kind, adapter)
        if (now.state, now.version, now.number, present) != (found.state, found.version, found.number, made):
            raise ConflictError("paper_changed_meanwhile")
        unit.signatures.add(new)
        unit.settings.put(f"{_GIVEN}.{found.id}", {})
    return new, (Change("paper", found.id),)
