"""Find anything by words typed without accents."""

from collections.abc import Sequence

from spokesdesk.services.ports import Desk, Hit


def find(desk: Desk, words: str, kinds: Sequence[str] = (), limit: int = 50) -> tuple[Hit, ...]:
    """Give what holds all the words, newest first.

    Args:
        words: with or without accents; they may sit in different fields of one entry.
        kinds: contact, paper, article, outlet, journalist; empty for all.
        limit: most hits wanted.
    """
    with desk.read() as unit:
        return unit.search.find(words, kinds, limit)
