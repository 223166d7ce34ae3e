"""Viện dẫn: a document is named in full the first time; legal bases are whole."""

import re
from collections.abc import Iterator, Sequence

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.lint.findings import Finding, expand, finding
from spokesdesk.typeset.lint.passages import Passage

_NAMED = (
    r"(?<!\w)(?i:%T)\s+(?:số\s*:?\s*)?"
    r"(?P<code>\d{1,6}\s*/\s*(?:\d{4}\s*/\s*)?[%U][%U%L&]*(?:-[%U][%U%L&]*\d*|\s*-\s*[%U][%U&]+\d*)*)"
)
_DATED = re.compile(r",?\s*(?:được\s+)?(?:ban hành\s+|ký\s+|đề\s+)?ngày\s")
_LAW = re.compile(r"Căn cứ (?:Bộ luật|Luật|Pháp lệnh)(?!\w)")
_LAW_NUMBER = re.compile(r"\s+số\s*:?\s*\d+/\d{4}/[\w-]+")
_BASIS = re.compile(r"(?:Căn cứ|Theo|Xét|Thực hiện|Để)(?!\w)", re.IGNORECASE)


def citations(letter: Letter, texts: Sequence[Passage]) -> Iterator[Finding]:
    """Give what is wrong with how other documents are cited (Phụ lục I, Phần I, Mục II, khoản 6)."""
    bases = [passage for passage in texts if passage.field.startswith("legal_bases.")]
    for passage in bases:
        yield from _basis(passage)
    yield from _first_citations(letter, texts)


def _first_citations(letter: Letter, texts: Sequence[Passage]) -> Iterator[Finding]:
    own = f"{letter.number:02d}/{letter.symbol}" if letter.number else ""
    seen = {own}
    for passage in texts:
        if not passage.field.startswith(("legal_bases", "body", "annexes")):
            continue
        for match in expand(_NAMED).finditer(passage.text):
            code = re.sub(r"\s", "", match["code"])
            if code in seen:
                continue
            seen.add(code)
            if not _DATED.match(passage.text, match.end()):
                message = _(
                    "Viện dẫn lần đầu phải ghi đủ tên loại, số, ký hiệu, ngày ban hành, cơ quan ban hành và trích yếu"
                )
                yield finding("VD", passage.field, passage.span(*match.span()), message)


def _basis(passage: Passage) -> Iterator[Finding]:
    text, whole = passage.text, passage.span(0, len(passage.text))
    if not _BASIS.match(text):
        yield finding("CC1", passage.field, whole, _("Mỗi căn cứ bắt đầu bằng chữ “Căn cứ”"))
    law = _LAW.match(text)
    numbered = _LAW_NUMBER.search(text) if law else None
    if numbered:
        message = _("Căn cứ là Luật, Pháp lệnh thì không ghi số, ký hiệu và cơ quan ban hành")
        yield finding("CC1", passage.field, passage.span(*numbered.span()), message, level="hint")
    if law and not re.search(r"(?<!\w)(?:ngày|năm)\s+\d", text):
        yield finding("CC1", passage.field, whole, _("Căn cứ chưa ghi ngày, tháng, năm ban hành"))
    elif not law and _without_agency(text):
        yield finding(
            "CC1", passage.field, whole, _("Căn cứ chưa ghi cơ quan ban hành và trích yếu nội dung")
        )


def _without_agency(text: str) -> bool:
    named = expand(_NAMED).search(text)
    return bool(named) and not re.search(r"(?<!\w)của\s", text[named.end() :] if named else "")
