"""Sentences with their citations, told briefly: what rests on the same law together, each doubt once below."""

from collections.abc import Sequence

from spokesdesk.domain.rules import Confidence


def joined(sentences: Sequence[str]) -> list[str]:
    """Give the sentences with those that rest on the same citation told together, the citation once.

    Args:
        sentences: each ending in its citation in brackets, ``Chưa có số giấy (khoản 4 Điều 27 …).``
    """
    by_law: dict[str, list[str]] = {}
    for sentence in sentences:
        said, bracket, law = sentence.partition(" (")
        by_law.setdefault(bracket + law, []).append(said)
    return ["; ".join([said[0], *map(_lower_first, said[1:])]) + law for law, said in by_law.items()]


def footnoted(text: str) -> str:
    """Give the text with each doubt about a source said once below it, and marked where it belongs."""
    notes: list[str] = []
    for confidence in Confidence:
        doubt = f"; {confidence.wording})"
        if doubt in text:
            mark = "*" * (len(notes) + 1)
            text = text.replace(doubt, f"{mark})")
            notes.append(f"{mark} {confidence.wording}.")
    return "\n".join([text, *notes])


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
