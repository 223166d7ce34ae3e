"""Evidence: taken in by streaming, looked at, given out, withdrawn; every touch is an entry of the custody log."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from spokesdesk.domain import evidence as rules
from spokesdesk.domain.cases import CaseState
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.evidence import Custody, CustodyAct, Evidence, EvidenceKind, Taken
from spokesdesk.domain.journal import Attachment, FileKind, likely_kind
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.photo_time import HEAD_BYTES, photo_time
from spokesdesk.domain.text import clean_line, clean_text, safe_file_name
from spokesdesk.services import secrecy
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.typeset import apart
from spokesdesk.typeset.pages import PageImage

Shown = bytes | PageImage | UserError
NOTHING_SAID = Taken()
LOOK_LIMIT = 64 << 20


def add_file(
    desk: Desk,
    case_id: UUID,
    source: Path,
    taken: Taken = NOTHING_SAID,
    kind: EvidenceKind = EvidenceKind.FILE,
    told: Callable[[int], bool] | None = None,
    *,
    looked: bool = False,
) -> tuple[Evidence, Changes]:
    """Take a file into a case: hashed while it is streamed into the encrypted store.

    Args:
        source: the file; its own name may hold anything.
        taken: when it was made, on whose word, what it shows; without a time the file's own stands (``file_time``).
        kind: FILE or SCREENSHOT.
        told: called with the bytes read so far, about once a MiB; False stops, and nothing is kept.
        looked: somebody has looked into it: it is kept even when its inside cannot be read here.

    Raises:
        UserError: ``evidence_identity_card`` unless ``taken.card_reason`` says why such a picture is kept;
            ``attachment_unread``; the file is empty, gone, not readable or too big; names ``taken_at``,
            ``taken_by``, ``note``.
        ConflictError: ``case_closed``.
        WaitError: ``attachment_stopped``, when ``told`` said so.
        OutsideError: ``disk_full``, ``read_only``.
    """
    clean = rules.checked_taken(taken, desk.now())
    if rules.looks_like_identity_card(source.name) and not clean.card_reason:
        raise UserError("evidence_identity_card", field="attachments", name=rules.visible_name(source.name))
    _require_open(desk, case_id)
    if not looked:
        secrecy.require_readable(source)
    if clean.at is None:
        own = file_time(desk, source)
        clean = replace(clean, at=own.at, by=own.by)
    kept = desk.files.put_file(source, safe_file_name(rules.visible_name(source.name)), told)
    return _add(desk, case_id, kind, kept, clean, original=rules.visible_name(source.name))


def add_picture(
    desk: Desk,
    case_id: UUID,
    data: bytes,
    name: str,
    taken: Taken = NOTHING_SAID,
    kind: EvidenceKind = EvidenceKind.SCREENSHOT,
) -> tuple[Evidence, Changes]:
    """Take a picture from the clipboard or of the screen into a case; it never lies on the disk in the clear.

    Args:
        data: PNG.
        name: what it is called.

    Raises:
        UserError: names ``taken_at``, ``taken_by``, ``note``.
        ConflictError: ``case_closed``.
        OutsideError: ``disk_full``, ``read_only``.
    """
    clean = rules.checked_taken(taken, desk.now())
    _require_open(desk, case_id)
    kept = desk.files.put_bytes(data, safe_file_name(name))
    return _add(desk, case_id, kind, kept, clean)


def file_time(desk: Desk, source: Path) -> Taken:
    """Give when a file was made, on the word of the camera in it, else of the day the file itself bears.

    Nothing where neither can be told, or where the clock that wrote it ran ahead of ours.
    """
    try:
        if not source.is_file():  # a pipe would be waited for
            return NOTHING_SAID
        with source.open("rb") as handle:
            taken = photo_time(handle.read(HEAD_BYTES))
        at = datetime.fromtimestamp(source.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return NOTHING_SAID
    said = ((taken, _("đồng hồ của máy ảnh")), (at, _("ngày giờ ghi trong tệp")))
    return next((Taken(one, by) for one, by in said if one and one <= desk.now()), NOTHING_SAID)


def add_testimony(
    desk: Desk, case_id: UUID, text: str, taken: Taken = NOTHING_SAID
) -> tuple[Evidence, Changes]:
    """Take a typed testimony (lời trình bày) into a case, kept as a text file of its own.

    Args:
        taken: ``by`` is who speaks, ``at`` when.

    Raises:
        UserError: names ``testimony``, ``taken_by`` …
        ConflictError: ``case_closed``.
    """
    clean = rules.checked_taken(taken, desk.now())
    said = clean_text(text, field="testimony", limit=rules.TESTIMONY_LIMIT, required=True)
    _require_open(desk, case_id)
    speaker = clean_line(taken.by, field="taken_by", limit=rules.NAME_LIMIT, required=True)
    name = _("Lời trình bày của {who}").format(who=speaker)
    kept = desk.files.put_bytes(f"{said}\n".encode(), safe_file_name(f"{name}.txt"))
    return _add(desk, case_id, EvidenceKind.TESTIMONY, kept, replace(clean, by=speaker), name=name, text=said)


def add_web(
    desk: Desk, case_id: UUID, url: str, note: str = "", taken: Taken = NOTHING_SAID
) -> tuple[Evidence, Changes]:
    """Take a web address with what was seen there into a case; nothing is fetched.

    Raises:
        UserError: names ``url``, ``testimony`` …
        ConflictError: ``case_closed``.
    """
    clean = rules.checked_taken(taken, desk.now())
    address = rules.checked_url(url)
    seen = clean_text(note, field="testimony", limit=rules.TESTIMONY_LIMIT)
    _require_open(desk, case_id)
    content = f"{address}\n\n{seen}\n" if seen else f"{address}\n"
    kept = desk.files.put_bytes(content.encode(), safe_file_name(f"{address}.url.txt", otherwise="trang.txt"))
    return _add(
        desk, case_id, EvidenceKind.WEB, kept, clean, name=address[: rules.NAME_LIMIT], text=seen, url=address
    )


def look(desk: Desk, evidence_id: UUID) -> tuple[Evidence, Shown, Changes]:
    """Give an item for showing in the window; the viewing is written down first.

    Returns:
        The item; its bytes, a picture's pixels (decoded in a process apart), or why those could not be had.

    Raises:
        UserError: ``evidence_too_big_to_show`` above 64 MB.
        OutsideError: ``blob_missing``, ``blob_damaged``.
    """
    with desk.read() as unit:
        item = unit.evidence.get(evidence_id)
    if item.file.size > LOOK_LIMIT:
        raise UserError("evidence_too_big_to_show", field="attachments", name=item.name)
    data = desk.files.read(item.file.sha256)
    changes = note(desk, (evidence_id,), CustodyAct.VIEWED)
    if likely_kind(item.file.name) is not FileKind.PHOTO:
        return item, data, changes
    try:
        return item, apart.picture(data), changes
    except UserError as fault:
        return item, fault, changes


def open_copy(desk: Desk, evidence_id: UUID, target: Path) -> tuple[Path, Changes]:
    """Write a copy for the system's own program to show, and write the viewing down.

    Raises:
        OutsideError: ``blob_missing``, ``blob_damaged``, ``disk_full``, ``read_only``.
    """
    with desk.read() as unit:
        item = unit.evidence.get(evidence_id)
    desk.files.export(item.file.sha256, target)
    return target, note(desk, (evidence_id,), CustodyAct.VIEWED, _("mở bằng chương trình khác trên máy"))


def export_file(desk: Desk, evidence_id: UUID, target: Path) -> tuple[Path, Changes]:
    """Write one item to the disk, as it was, and write that down.

    Raises:
        OutsideError: ``blob_missing``, ``blob_damaged``, ``disk_full``, ``read_only``.
    """
    with desk.read() as unit:
        item = unit.evidence.get(evidence_id)
    desk.files.export(item.file.sha256, target)
    return target, note(desk, (evidence_id,), CustodyAct.EXPORTED, rules.visible_name(target.name))


def hand_over(desk: Desk, evidence_ids: tuple[UUID, ...], to: str, remark: str = "") -> Changes:
    """Write down that items were handed over.

    Args:
        to: who took them, e.g. "Công an phường Bến Nghé, đại úy Nguyễn Văn A".
        remark: receipt, form, circumstances.

    Raises:
        UserError: names ``to`` or ``remark``.
    """
    who = clean_line(to, field="to", limit=rules.NAME_LIMIT, required=True)
    more = clean_text(remark, field="remark", limit=rules.NOTE_LIMIT)
    said = " – ".join(part for part in (who, more) if part)
    return note(desk, evidence_ids, CustodyAct.HANDED_OVER, said)


def withdraw(desk: Desk, evidence_id: UUID, reason: str) -> Changes:
    """Take an item off the list, with the reason; the item, its file and its log stay.

    Raises:
        UserError: names ``remark`` when no reason is given.
        ConflictError: it is withdrawn already (``evidence_state``), or the case is closed.
    """
    return _hide(desk, evidence_id, CustodyAct.WITHDRAWN, reason)


def restore(desk: Desk, evidence_id: UUID, reason: str) -> Changes:
    """Put a withdrawn item back on the list, with the reason."""
    return _hide(desk, evidence_id, CustodyAct.RESTORED, reason)


def note(desk: Desk, evidence_ids: tuple[UUID, ...], act: CustodyAct, remark: str = "") -> Changes:
    """Write entries of the custody log, one for each item, in one transaction."""
    with desk.write() as unit:
        changed = {note_in(desk, unit, unit.evidence.get(one), act, remark) for one in evidence_ids}
    return tuple(Change("case", case_id) for case_id in sorted(changed))


def note_in(desk: Desk, unit: Unit, item: Evidence, act: CustodyAct, remark: str = "") -> UUID:
    """Write one entry of the log inside a running transaction; gives the case."""
    unit.evidence.note(_entry(desk, item.case_id, item.id, act, remark))
    return item.case_id


def remark(desk: Desk, evidence_id: UUID, text: str) -> Changes:
    """Write a remark on an item into the log: what was learnt later; the item itself stays as it is.

    Raises:
        UserError: names ``remark``.
    """
    said = clean_text(text, field="remark", limit=rules.NOTE_LIMIT, required=True)
    return note(desk, (evidence_id,), CustodyAct.NOTED, said)


def _hide(desk: Desk, evidence_id: UUID, act: CustodyAct, reason: str) -> Changes:
    why = clean_text(reason, field="remark", limit=rules.NOTE_LIMIT, required=True)
    with desk.write() as unit:
        item = unit.evidence.get(evidence_id)
        if unit.cases.get(item.case_id).state is CaseState.CLOSED:
            raise ConflictError("case_closed")
        if item.withdrawn is (act is CustodyAct.WITHDRAWN):
            raise ConflictError("evidence_state")
        note_in(desk, unit, item, act, why)
    return (Change("case", item.case_id),)


def _require_open(desk: Desk, case_id: UUID) -> None:
    """Refuse before a large file is read; the writing transaction checks again."""
    with desk.read() as unit:
        if unit.cases.get(case_id).state is CaseState.CLOSED:
            raise ConflictError("case_closed")


def _add(
    desk: Desk,
    case_id: UUID,
    kind: EvidenceKind,
    kept: Attachment,
    taken: Taken,
    *,
    name: str = "",
    original: str = "",
    text: str = "",
    url: str = "",
) -> tuple[Evidence, Changes]:
    with desk.write() as unit:
        if unit.cases.get(case_id).state is CaseState.CLOSED:
            raise ConflictError("case_closed")
        item = Evidence(
            id=desk.new_id(),
            case_id=case_id,
            kind=kind,
            name=name or kept.name,
            original_name=original,
            file=kept,
            taken=taken,
            added_at=desk.now(),
            by=desk.member.ref,
            url=url,
            text=text,
        )
        unit.evidence.add(item, _entry(desk, case_id, item.id, CustodyAct.ADDED, taken.card_reason))
    return item, (Change("case", case_id),)


def _entry(desk: Desk, case_id: UUID, evidence_id: UUID, act: CustodyAct, remark: str) -> Custody:
    return Custody(desk.new_id(), case_id, evidence_id, act, desk.now(), desk.member.ref, remark)
