"""Two texts word by word: what stayed, what was added, what was removed; numbers and dates are one word each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from spokesdesk.domain.letters import LIMITS, Annex, Footer, Letter, Signer

# Beyond this many tokens, words that stand everywhere no longer serve as anchors: else time grows with the square.
MANY = 4_000

_TOKEN = re.compile(
    r"""
    ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4}        # a date in words
    | \d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?![\w/])       # a date in figures
    | \d[\w.,]{0,20}(?:/[\w-]+)+                     # số, ký hiệu: 214/STTTT-VP, 30/2020/NĐ-CP
    | \d+(?:[.,:]\d+)*%?                             # a number, a time
    | [\w\u0300-\u036f]+                             # a word
    | \n | [^\S\n]+                                  # a line break; other space
    | .                                              # any other mark
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class RunKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"  # giữ nguyên
    ADDED = "added"  # thêm
    REMOVED = "removed"  # bỏ


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; all removed and same pieces make the old text, all added and same ones the new."""

    kind: RunKind
    text: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of a paper that differs between two versions.

    Attributes:
        part: field of the letter: body, subject, addressees … .
        label: what a reader calls it (Vietnamese).
    """

    part: str
    label: str
    runs: tuple[Run, ...]


def tokens(text: str) -> list[str]:
    """Give the words of a text with everything between them; joined they are the text again."""
    return _TOKEN.findall(text)


def compare(before: str, after: str) -> tuple[Run, ...]:
    """Give what became of a text.

    Args:
        before: the old text.
        after: the new text.

    Returns:
        Runs in reading order; what was removed stands before what was put in its place. Empty texts give none.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs: list[tuple[RunKind, str]] = []
    for tag, left, right in _blocks(old, new):
        if tag == "equal":
            runs.append((RunKind.SAME, "".join(left)))
        else:
            for before_part, after_part in _paired(left, right):
                runs += _word_runs(before_part, after_part)
    return tuple(_joined(runs))


def changes(runs: Iterable[Run]) -> int:
    """Give in how many places a text was changed: a word put in another's place counts once."""
    count, inside = 0, False
    for run in runs:
        changed = run.kind is not RunKind.SAME
        count += changed and not inside
        inside = changed
    return count


def compare_letters(before: Letter, after: Letter) -> tuple[PartChange, ...]:
    """Give the parts of a paper that differ, the text itself first.

    Number and date are left out: the registry stamps them, they are no part of a version.
    """
    old, new = _parts(before), _parts(after)
    first = ["body", "subject"]
    order = [*first, *(part for part in {**old, **new} if part not in first)]
    return tuple(
        PartChange(part, _label(part), compare(old.get(part, ""), new.get(part, "")))
        for part in order
        if old.get(part, "") != new.get(part, "")
    )


def _paired(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Give paragraphs that stand for each other: renumbered or slightly changed ones one by one, else all at once."""
    keys_left, keys_right = [_key(line) for line in left], [_key(line) for line in right]
    matcher = SequenceMatcher(str.isspace, keys_left, keys_right, autojunk=len(left) > MANY)
    pairs: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal" or (i2 - i1 == j2 - j1 and _alike(left[i1:i2], right[j1:j2])):
            pairs += zip(left[i1:i2], right[j1:j2], strict=True)
        else:
            pairs.append(("".join(left[i1:i2]), "".join(right[j1:j2])))
    return pairs


def _key(line: str) -> str:
    return "".join(mark for mark in line if not mark.isdecimal())


def _alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """Say whether paragraphs, one by one, share more than half of their words."""
    for old, new in zip(left, right, strict=True):
        words = Counter(old.split()), Counter(new.split())
        if 2 * sum((words[0] & words[1]).values()) < max(words[0].total(), words[1].total()):
            return False
    return True


def _word_runs(before: str, after: str) -> Iterator[tuple[RunKind, str]]:
    for tag, left, right in _blocks(tokens(before), tokens(after)):
        if tag == "equal":
            yield RunKind.SAME, "".join(left)
        else:
            yield RunKind.REMOVED, "".join(left)
            yield RunKind.ADDED, "".join(right)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Give (tag, old part, new part) in order; what both begin and end with is not searched."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    if start:
        yield "equal", old[:start], new[:start]
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if left or right:
        is_long = max(len(left), len(right)) > MANY
        matcher = SequenceMatcher(str.isspace, left, right, autojunk=is_long)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            yield tag, left[i1:i2], right[j1:j2]
    if end:
        yield "equal", old[len(old) - end :], new[len(new) - end :]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _joined(runs: Iterable[tuple[RunKind, str]]) -> Iterator[Run]:
    """Join neighbours of one kind; between two stays, what was removed comes before what was added."""
    held = {RunKind.SAME: "", RunKind.REMOVED: "", RunKind.ADDED: ""}
    for kind, text in runs:
        if (kind is RunKind.SAME and text and (held[RunKind.REMOVED] or held[RunKind.ADDED])) or (
            kind is not RunKind.SAME and text and held[RunKind.SAME]
        ):
            yield from _flushed(held)
        held[kind] += text
    yield from _flushed(held)


def _flushed(held: dict[RunKind, str]) -> Iterator[Run]:
    for kind, text in held.items():
        if text:
            yield Run(kind, text)
        held[kind] = ""


def _parts(letter: Letter) -> dict[str, str]:
    found = {"kind": letter.kind.value, "size": str(letter.size), "copies": str(letter.copies or "")}
    found["urgency"] = letter.urgency.value if letter.urgency else ""
    for part in LIMITS:
        if "." not in part:
            found[part] = _text(getattr(letter, part))
    found["contact"] = _text(letter.contact)
    return found


def _text(value: object) -> str:
    if isinstance(value, Signer):
        return "\n".join((*value.authority, value.name))
    if isinstance(value, Annex):
        return "\n".join((value.title, value.body))
    if isinstance(value, Footer):
        return "\n".join((value.address, value.phone, value.fax, value.email, value.website))
    if isinstance(value, tuple):
        return "\n".join(_text(item) for item in value)
    return str(value or "")


def _label(part: str) -> str:
    from spokesdesk.domain.labels import label

    return LIMITS[part].label if part in LIMITS else label(part)
