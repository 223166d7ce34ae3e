"""The steps of ``self-test`` that need no window: what an installed program must be able to do on this machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.domain.words import word
from spokesdesk.services import journal, papers, signing, workspace
from spokesdesk.services.ports import Desk, Signer
from spokesdesk.services.trialkey import TrialKey

OK, SKIPPED, FAILED = "ok", "skipped", "failed"
SAMPLE = ("samples", "cong-van-cai-chinh.toml")
NAMES = {
    "workspace": _("Tạo, khóa và mở bàn làm việc"),
    "keyring": _("Kho khóa của hệ điều hành"),
    "visit": _("Ghi một lần tiếp xúc"),
    "letter": _("Kết xuất văn bản ra Word và PDF"),
    "signature": _("Ký số bằng tệp khóa và kiểm tra"),
    "window": _("Mở cửa sổ, vẽ từng màn hình"),
    "print": _("In ra tệp"),
    "portal": _("Đồng bộ với cổng trên máy này"),
    "doctor": _("Kiểm tra toàn vẹn"),
}


class LackError(Exception):
    """This machine lacks what the step is about; its text says so."""


class TrialError(Exception):
    """The step ran and gave something wrong; its text says what."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its result.

    Attributes:
        result: "ok", "skipped" (the machine lacks what it needs) or "failed".
        said: what was found, for people.
        ms: how long it took, milliseconds.
    """

    name: str
    result: str
    said: str
    ms: int


@dataclass(slots=True)
class Trial:
    """Runs steps one after the other; a failed one does not keep the next from running."""

    steps: list[Step] = field(default_factory=list)

    def run(self, name: str, work: Callable[[], str]) -> bool:
        """Run one step; ``work`` gives a sentence, raises LackError or anything else.

        Returns:
            Whether it did not fail.
        """
        begun = time.monotonic()
        try:
            result, said = OK, work()
        except LackError as reason:
            result, said = SKIPPED, str(reason)
        except DeskError as error:
            result, said = FAILED, f"{word(error)} [{error.code}]"
        except Exception as error:
            # A test of the installed program reports whatever breaks instead of breaking itself.
            result, said = FAILED, f"{type(error).__name__}: {error}"
        self.steps.append(Step(name, result, said, round((time.monotonic() - begun) * 1000)))
        return result != FAILED

    @property
    def ok(self) -> bool:
        """Whether no step failed."""
        return all(step.result != FAILED for step in self.steps)


def log_visit(desk: Desk) -> str:
    """Log a visit and find it again without accents."""
    draft = ContactDraft(
        Channel.VISIT, desk.now(), "Báo Ấp Bắc", "Trần Thị Ấu Ổn", "Hỏi về đường Nguyễn Huệ ngập"
    )
    entry, _changes = journal.log_contact(desk, draft)
    found = journal.contact_list(desk, "duong nguyen hue ngap")
    rows = list(found.page(found.open(), 0, 10))
    if entry.id not in {row.id for row in rows}:
        raise TrialError(_("Mục vừa ghi không tìm lại được."))
    return _("Đã ghi và tìm lại được bằng từ không dấu.")


def render_letter(folder: Path) -> str:
    """Write the sample letter as ``letter.docx`` and ``letter.pdf`` into a folder."""
    made = papers.render(papers.read_letter(assets.read_text(*SAMPLE)))
    (folder / "letter.docx").write_bytes(made.docx)
    (folder / "letter.pdf").write_bytes(made.pdf)
    pages = len(papers.preview_pdf(made.pdf, 40))
    return _("{pages} trang, PDF {size} KB.").format(pages=pages, size=len(made.pdf) // 1024)


def sign_and_verify(folder: Path, key: TrialKey, signer: Signer) -> str:
    """Sign ``letter.pdf``, check the signature, and see that a changed copy is found out."""
    pdf = (folder / "letter.pdf").read_bytes()
    ask = SignAsk(SignatureKind.LEADER, datetime.now(UTC))
    signed, _verdict = signing.sign_file(pdf, signer, ask, (key.root,))
    (folder / "signed.pdf").write_bytes(signed)
    verdict = signing.verify_bytes(signed, (key.root,))
    if not verdict.ok or len(verdict.signatures) != 1:
        raise TrialError(_("Chữ ký vừa ký không kiểm tra được là hợp lệ."))
    at = pdf.index(b"stream") + 20
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    if signing.verify_bytes(changed, (key.root,)).ok:
        raise TrialError(_("Tệp bị sửa vẫn được báo là hợp lệ."))
    return _("Chữ ký hợp lệ; tệp bị sửa một bit thì bị phát hiện.")


def check_printed(folder: Path) -> str:
    """See that the file the window printed has the pages of the letter."""
    target = folder / "printed.pdf"
    if not target.is_file():
        raise TrialError(_("Cửa sổ không in ra tệp nào."))
    wanted, printed = (
        len(papers.preview_pdf((folder / name).read_bytes(), 20)) for name in ("letter.pdf", target.name)
    )
    if wanted != printed:
        raise TrialError(
            _("In ra {printed} trang, văn bản có {wanted}.").format(printed=printed, wanted=wanted)
        )
    return _("{pages} trang.").format(pages=printed)


def check_whole(desk: Desk) -> str:
    """Run the integrity check."""
    found = workspace.doctor(desk)
    if not found.ok:
        raise TrialError("; ".join(workspace.sentences(found)))
    return _("{n} mục của sổ nguyên vẹn.").format(n=found.entries)
