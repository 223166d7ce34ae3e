"""Format check (kiểm tra thể thức): one file per group of rules; data in ``resources/formats/lint_nd30.toml``."""

from spokesdesk.domain.letters import Letter, tidied
from spokesdesk.typeset.lint.capitals import capitals
from spokesdesk.typeset.lint.citations import citations
from spokesdesk.typeset.lint.dates import dates
from spokesdesk.typeset.lint.findings import Finding, Level
from spokesdesk.typeset.lint.numbers import numbers
from spokesdesk.typeset.lint.parts import parts
from spokesdesk.typeset.lint.passages import passages
from spokesdesk.typeset.lint.signing import signing

__all__ = ["Finding", "Level", "lint"]

_ORDER = (
    "agency",
    "symbol",
    "place",
    "size",
    "circulation",
    "subject",
    "addressees",
    "legal_bases",
    "body",
    "recipients",
    "archive",
    "signers",
    "annexes",
)


def lint(letter: Letter) -> tuple[Finding, ...]:
    """Check a letter against the rules of form.

    Args:
        letter: any letter, complete or still being written; nothing of it is changed.

    Returns:
        What was found, in the order of the fields on paper. Places count characters of the text as
        ``domain.letters.tidy`` gives it. Quotations are left alone: they stand as their author wrote them.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục I, II, III; each finding names its clause.
    """
    letter = tidied(letter)
    texts = list(passages(letter))
    found = [
        *parts(letter),
        *signing(letter),
        *numbers(letter, texts),
        *dates(letter, texts),
        *citations(letter, texts),
        *capitals(letter, texts),
    ]
    return tuple(sorted(set(found), key=_rank))


def _rank(found: Finding) -> tuple[int, tuple[tuple[bool, int, str], ...], int, int, str]:
    name, *rest = found.field.split(".")
    at = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    path = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in (name, *rest))
    return at, path, found.start, found.end, found.rule
