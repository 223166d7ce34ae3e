"""The checkup of a workspace (kiểm tra toàn vẹn): everything is read, nothing changed; what was found, what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import backups, workspace
from spokesdesk.services.ports import Desk

Progress = Callable[[int, int], object]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a checkup found.

    Attributes:
        findings: one sentence per fault; empty when all is in order.
        advice: what to do, in the order of doing it.
        lost: hashes of the attachments that are missing or damaged.
        is_database_hurt: pages of the database itself are damaged.
        copy: the last good backup, as words; "" when there is none.
    """

    at: datetime
    agency: str
    folder: Path
    by: str
    findings: tuple[str, ...]
    advice: tuple[str, ...]
    lost: tuple[str, ...]
    is_database_hurt: bool
    links: int
    head: str
    copy: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def examine(
    desk: Desk, *, progress: Progress = backups.no_progress, is_cancelled: Stopped = backups.never
) -> Checkup:
    """Read everything: pages, references, chain, every attachment.

    Args:
        progress: told steps done and steps in all.
        is_cancelled: asked between steps; WaitError("stopped") follows.
    """
    found = workspace.doctor(desk, progress=progress, is_cancelled=is_cancelled)
    state = backups.state(desk)
    with desk.read() as unit:
        agency = unit.people.agency().name
    copy = f"{to_vn(state.good.at):%H:%M ngày %d/%m/%Y}" if state.good is not None else ""
    return Checkup(
        at=desk.now(),
        agency=agency,
        folder=desk.keeper.folder,
        by=desk.actor.name if desk.actor is not None else "",
        findings=workspace.sentences(found),
        advice=_advice(found, copy),
        lost=found.files,
        is_database_hurt=bool(found.database),
        links=found.entries,
        head=found.head,
        copy=copy,
    )


def lines(found: Checkup) -> tuple[str, ...]:
    """Give the report as lines of text, to read, save and print."""
    head = [
        _("BÁO CÁO KIỂM TRA BÀN LÀM VIỆC"),
        found.agency,
        _("Lúc {time}, tại {folder}").format(
            time=f"{to_vn(found.at):%H:%M ngày %d/%m/%Y}", folder=found.folder
        ),
        _("{n} mắt xích, đầu chuỗi {head}").format(n=found.links, head=found.head),
        _("Bản sao lưu tốt gần nhất: {copy}").format(copy=found.copy or _("chưa có")),
        "",
    ]
    if found.ok:
        return (*head, _("Mọi thứ nguyên vẹn: cơ sở dữ liệu, mọi tệp kèm theo và chuỗi của sổ đều đúng."))
    wrong = [_("Có {n} chỗ không khớp:").format(n=len(found.findings))]
    wrong += [f"- {sentence}" for sentence in found.findings]
    advice = ["", _("Việc cần làm:"), *(f"{n}. {sentence}" for n, sentence in enumerate(found.advice, 1))]
    return (*head, *wrong, *advice)


def save(found: Checkup, target: Path) -> Path:
    """Write the report as a text or, by its name, a PDF.

    Raises:
        OutsideError: ``file_unwritable``.
    """
    is_pdf = target.suffix.lower() == ".pdf"
    data = pdf(found) if is_pdf else ("\n".join(lines(found)) + "\n").encode()
    try:
        target.write_bytes(data)
    except OSError as error:
        raise OutsideError("file_unwritable", path=target) from error
    return target


def pdf(found: Checkup) -> bytes:
    """Give the report as a PDF of A4 pages."""
    from spokesdesk.typeset.checkup import checkup_pdf

    return checkup_pdf(lines(found), author=found.agency, by=found.by)


def print_report(desk: Desk, found: Checkup) -> str:
    """Print the report; gives the print job's name. Raises OutsideError when no printer takes it."""
    return desk.printer.print_pdf(pdf(found), title=_("Báo cáo kiểm tra"))


def fetch_back(desk: Desk, found: Checkup) -> tuple[int, Changes]:
    """Bring lost or damaged attachments back from the copies, each checked by its hash.

    Returns:
        How many came back.
    """
    place = backups.state(desk).place.parent
    back = sum(desk.keeper.fetch_file(place, sha) for sha in found.lost)
    return back, (Change("backup"),)


def _advice(found: workspace.Doctor, copy: str) -> tuple[str, ...]:
    if found.ok:
        return ()
    said = [_("Đừng sửa hay xóa gì trong thư mục dữ liệu; chép nguyên thư mục ra ổ khác trước.")]
    if found.database:
        said.append(
            _(
                "Ổ đĩa có thể đang hỏng. Dùng “Cứu dữ liệu sang thư mục mới” để lấy ra mọi dòng còn đọc được, rồi làm "
                "việc với thư mục mới."
            )
        )
    if found.files:
        said.append(
            _("Dùng “Lấy lại tệp từ bản sao lưu”; tệp nào không có ở đó thì đính kèm lại từ bản gốc.")
        )
    if found.chain:
        said.append(
            _("Đối chiếu báo cáo ngày đã in và bản sao lưu cũ để biết mục nào bị sửa; báo người phụ trách.")
        )
    if copy:
        said.append(_("Nếu cần, khôi phục bản sao lưu lúc {copy} sang một thư mục mới.").format(copy=copy))
    return tuple(said)
