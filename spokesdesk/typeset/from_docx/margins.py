"""Headers and footers of a .docx: circulation, address line; page numbers are the renderer's work."""

import re
from collections.abc import Iterable
from dataclasses import replace

from spokesdesk.domain.letters import Footer
from spokesdesk.typeset.from_docx.lines import Line
from spokesdesk.typeset.from_docx.signs import key

_CALLS = re.compile(r"(?:ĐT: (?P<phone>.*?))?(?:(?:^|, )Fax: (?P<fax>.*))?")
_NET = re.compile(r"(?:E-Mail: (?P<email>.*?))?(?:(?:^|, )Website: (?P<website>.*))?")
_CIRCULATION = "luuhanh"
_LONGEST = 40


def read_margins(lines: Iterable[Line]) -> tuple[str, Footer | None, list[str]]:
    """Give circulation, address line, and the texts that have no place in a paper's margins."""
    circulation, rest = "", []
    footer = Footer()
    for line in lines:
        text = line.bare
        if not text or line.role == "page_number" or not key(text).strip("0123456789"):
            continue
        if line.role == "circulation" or (key(text).startswith(_CIRCULATION) and len(text) <= _LONGEST):
            circulation = text
        elif line.role == "contact":
            footer = _contact(footer, text)
        elif text not in rest:
            rest.append(text)
    return circulation, footer if footer != Footer() else None, rest


def _contact(footer: Footer, text: str) -> Footer:
    if text.startswith("Địa chỉ: "):
        return replace(footer, address=text.partition(": ")[2])
    found = _CALLS.fullmatch(text) or _NET.fullmatch(text)
    if found is None:
        return replace(footer, address=f"{footer.address} {text}".strip())
    return replace(footer, **{name: value for name, value in found.groupdict().items() if value})
