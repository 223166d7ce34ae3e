"""Quyền hạn, chức vụ và họ tên người ký (Phụ lục I, Phần I, Mục II, khoản 7)."""

import re
from collections.abc import Iterator

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind, Signer
from spokesdesk.typeset.lint.findings import Finding, finding, is_small, words

_SHORT = re.compile(
    r"\s*(?P<mark>T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?U\.?\s?Q|Q)(?P<end>[./]?)(?P<gap>\s*)(?=\S)",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"\s*(?:K/T|T/M|T/L|TUQ/|KT/|TM/|TL/)[./]?\s*", re.IGNORECASE)
_DEPUTY = re.compile(r"\s*(?:PHÓ|THỨ TRƯỞNG|ỦY VIÊN|UỶ VIÊN)", re.IGNORECASE)
_ACTING = "Q."


def signing(letter: Letter) -> Iterator[Finding]:
    """Give what is wrong with the signature blocks."""
    wanted = 2 if letter.kind is LetterKind.BIEN_BAN else 1
    if len(letter.signers) < wanted:
        two = _("Biên bản có hai người ký: thư ký và chủ tọa")
        yield finding("KY1", "signers", (0, 0), two if wanted == 2 else _("Thiếu người ký"))
    for at, signer in enumerate(letter.signers, 1):
        yield from _authority(signer, f"signers.{at}.authority")
        yield from _name(letter, signer.name, f"signers.{at}.name")


def _authority(signer: Signer, field: str) -> Iterator[Finding]:
    lines = [(at, line) for at, line in enumerate(signer.authority, 1) if line.strip()]
    if not lines:
        yield finding("KY1", field, (0, 0), _("Thiếu quyền hạn, chức vụ của người ký"))
        return
    marks = []
    for at, line in lines:
        mark, problem = _mark(line, f"{field}.{at}")
        marks.append(mark)
        if problem is not None:
            yield problem
    at, last = lines[-1]
    if marks[-1] not in ("", _ACTING):
        message = _("Sau dòng {mark} phải có dòng chức vụ của chính người ký").format(mark=marks[-1])
        yield finding("KY1", f"{field}.{at}", (0, len(last)), message)
    for (_first, mark), (at, line) in zip(enumerate(marks), lines[1:], strict=False):
        if mark == "KT." and not _DEPUTY.match(line):
            message = _("Ký thay (KT.) là cấp phó ký; dòng dưới phải là chức vụ cấp phó")
            yield finding("KY1", f"{field}.{at}", (0, len(line)), message, level="warn")


def _mark(line: str, field: str) -> tuple[str, Finding | None]:
    """Give the abbreviation a line of authority begins with, "" for none, and what is wrong with its writing."""
    loose = _LOOSE.match(line)
    if loose:
        mark = re.sub(r"[^A-Z]", "", loose[0].upper()) + "."
        return mark, _badly_written(line, field, loose.end(), mark)
    short = _SHORT.match(line)
    if short is None:
        return "", None
    mark = re.sub(r"[^A-Z]", "", short["mark"].upper()) + "."
    apart = short["end"] or short["gap"]
    if mark not in words("authority") or not apart:
        return "", None
    exact = line[: short.end()].upper() == f"{mark} "
    return mark, None if exact else _badly_written(line, field, short.end(), mark)


def _badly_written(line: str, field: str, end: int, mark: str) -> Finding:
    message = _("Quyền hạn người ký ghi đúng là “{mark}” rồi cách chữ").format(mark=mark)
    return finding("KY1", field, (0, end), message, f"{mark} ")


def _name(letter: Letter, name: str, field: str) -> Iterator[Finding]:
    if not name.strip():
        yield finding("KY2", field, (0, len(name)), _("Thiếu họ tên người ký"))
        return
    titles = "|".join(re.escape(title) for title in sorted(words("titles"), key=len, reverse=True))
    lead = re.match(rf"\s*(?:(?:{titles})(?:[.,]\s*|\s+))+(?=\S)", name)
    if lead:
        message = _("Trước họ tên người ký không ghi học hàm, học vị, danh hiệu")
        spared = any(part in letter.agency.upper() for part in words("titled_agencies"))
        yield finding("KY2", field, lead.span(), message, level="hint" if spared else "")
    start = lead.end() if lead else 0
    rest = name[start:]
    if rest.isupper() and any(
        len(part.strip(".")) > 1 and "." not in part.strip(".") for part in rest.split()
    ):
        yield finding(
            "KY2", field, (start, len(name)), _("Họ tên người ký viết chữ thường, viết hoa đầu âm tiết")
        )
    for word in re.finditer(r"[^\s-]+", rest):
        if is_small(word[0][0]):
            at = start + word.start()
            message = _("Tên người viết hoa chữ cái đầu của tất cả các âm tiết")
            right = word[0][0].upper() + word[0][1:]
            yield finding("C2", field, (at, at + len(word[0])), message, right)
