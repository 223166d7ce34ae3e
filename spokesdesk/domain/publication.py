"""What of a released paper goes to the public: which kinds, and the text as plain paragraphs."""

import re

from spokesdesk.domain.letters import Letter, LetterKind

# Letters and reports are written to someone; only what is addressed to the press at large is for everybody.
PUBLIC_KINDS = frozenset({LetterKind.THONG_CAO_BAO_CHI})

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_ITALIC = re.compile(r"(?<!\*)\*(?=\S)([^*]+?)(?<=\S)\*(?!\*)")
_OWN_LINE = re.compile(r"(\d+\.|[a-zđ]\)|-|#|\||[IVXLC]+\.)\s?")
_RULE = re.compile(r"\|[\s:|-]+\|?")


def is_public(letter: Letter) -> bool:
    """Say whether a paper is for the public once released: a press release without a circulation mark."""
    return letter.kind in PUBLIC_KINDS and not letter.circulation.strip()


def paragraphs(body: str) -> tuple[str, ...]:
    """Give a body in the letter format's markup as plain paragraphs.

    Args:
        body: markup of letter format 1: blank lines part paragraphs, ``**bold**``, ``*italic*``,
            ``# heading``, tables with ``|``; lines beginning ``1. ``, ``a) `` or ``- `` stand alone.

    Returns:
        Paragraphs without markup; the cells of a table row are joined by " – ".
    """
    found: list[str] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        parts: list[str] = []
        for line in filter(None, (line.strip() for line in block.split("\n"))):
            if _OWN_LINE.match(line) or not parts or _is_alone(parts[-1]):
                parts.append(line)
            else:
                parts[-1] = f"{parts[-1]} {line}"
        found += [plain for part in parts if (plain := _plain(part))]
    return tuple(found)


def _is_alone(line: str) -> bool:
    return line.startswith(("#", "|"))


def _plain(line: str) -> str:
    if line.startswith("|"):
        if _RULE.fullmatch(line):
            return ""
        line = " – ".join(cell for cell in (part.strip() for part in line.strip("|").split("|")) if cell)
    line = line.lstrip("#").strip() if line.startswith("#") else line
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", line))
