"""The register of papers sent (sổ đăng ký văn bản đi) with the ten columns of NĐ 30/2020/NĐ-CP, Phụ lục IV Mục I."""

from dataclasses import dataclass
from datetime import date

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Move, Paper, PaperState


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register, column by column.

    Attributes:
        mark: (1) số, ký hiệu.
        on: (2) ngày tháng văn bản.
        subject: (3) tên loại và trích yếu nội dung.
        signer: (4) người ký.
        recipients: (5) nơi nhận văn bản.
        archive: (6) đơn vị, người nhận bản lưu.
        copies: (7) số lượng bản, None when it was not written down.
        sent_on: (8) ngày chuyển, None before release.
        receipt: (9) ký nhận, signed on paper: always empty here.
        note: (10) ghi chú: withdrawn, corrected, corrects, urgency.
    """

    number: int
    mark: str
    on: date
    subject: str
    signer: str
    recipients: str
    archive: str
    copies: int | None
    sent_on: date | None
    receipt: str
    note: str


@dataclass(frozen=True, slots=True)
class Register:
    """A register of one year; ``series`` "" is every series together."""

    agency: str
    parent: str
    year: int
    series: str
    rows: tuple[RegisterRow, ...]

    @property
    def numbers(self) -> tuple[int, int] | None:
        """First and last number, None for an empty register."""
        found = [row.number for row in self.rows]
        return (min(found), max(found)) if found else None

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day, None for an empty register."""
        found = [row.on for row in self.rows]
        return (min(found), max(found)) if found else None


def columns() -> tuple[str, ...]:
    """Give the heads of the ten columns, as the decree words them."""
    return (
        _("Số, ký hiệu văn bản"),
        _("Ngày tháng văn bản"),
        _("Tên loại và trích yếu nội dung văn bản"),
        _("Người ký"),
        _("Nơi nhận văn bản"),
        _("Đơn vị, người nhận bản lưu"),
        _("Số lượng bản"),
        _("Ngày chuyển"),
        _("Ký nhận"),
        _("Ghi chú"),
    )


def cells(row: RegisterRow) -> tuple[str, ...]:
    """Give the ten columns of a line as text."""
    return (
        row.mark,
        f"{row.on:%d/%m/%Y}",
        row.subject,
        row.signer,
        row.recipients,
        row.archive,
        str(row.copies) if row.copies is not None else "",
        f"{row.sent_on:%d/%m/%Y}" if row.sent_on else "",
        row.receipt,
        row.note,
    )


def row_of(found: Paper, kind: str, sent_on: date | None, links: tuple[str, ...] = ()) -> RegisterRow:
    """Give a numbered paper's line.

    Args:
        found: numbered.
        kind: tên loại in words, "" for a công văn, which has none.
        sent_on: day of release in Vietnam.
        links: notes on papers that correct it or that it corrects.
    """
    assert found.number is not None
    assert found.numbered_on is not None
    letter = found.letter
    subject = f"{kind}: {letter.subject}" if kind and letter.subject else kind or letter.subject
    return RegisterRow(
        number=found.number,
        mark=mark(found),
        on=found.numbered_on,
        subject=subject,
        signer="; ".join(signer.name for signer in letter.signers if signer.name),
        recipients="; ".join(_sent_to(letter)),
        archive=letter.archive,
        copies=letter.copies,
        sent_on=sent_on,
        receipt="",
        note="; ".join((*_notes(found), *links)),
    )


def mark(found: Paper) -> str:
    """Give số, ký hiệu as printed: ``05/STTTT-VP``; under 10 with a zero in front."""
    return f"{found.number:02d}/{found.letter.symbol}" if found.letter.symbol else f"{found.number:02d}"


def _sent_to(letter: Letter) -> tuple[str, ...]:
    as_above = {"như trên", "như điều"}
    others = [name for name in letter.recipients if name.strip().lower().rstrip(";.") not in as_above]
    return tuple(dict.fromkeys((*letter.addressees, *others)))


def _notes(found: Paper) -> tuple[str, ...]:
    notes: list[str] = []
    for step in found.moves:
        if step.move is Move.WITHDRAW:
            notes.append(_("Thu hồi: {reason}").format(reason=step.remark))
        elif step.move is Move.CORRECT:
            notes.append(_("Đính chính: {reason}").format(reason=step.remark))
        elif step.move is Move.RENUMBER:
            notes.append(_("Đổi số: {reason}").format(reason=step.remark))
    if found.state is PaperState.NUMBERED:
        notes.append(_("chưa phát hành"))
    return tuple(notes)
