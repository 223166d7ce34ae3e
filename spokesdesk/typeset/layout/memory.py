"""How a document was laid out last time, so that after a change only the pages it touches are set anew."""

from dataclasses import dataclass, field

from spokesdesk.typeset.document import Block, Para, Section
from spokesdesk.typeset.layout.sheets import Sheet, Stroke, Text


@dataclass(frozen=True, slots=True)
class Rest:
    """The state in which the first whole block of a page began.

    Attributes:
        at: that block.
        sheet: number of the page, from 1.
        y, gap, bottom, fresh: where it began.
        free: whether nothing before it has to keep with it.
        texts, strokes: what already stood on the page.
        tried: how many blocks had been tried by then: one that did not go on a page any more decided where it ends.
    """

    at: int
    sheet: int
    y: int
    gap: int
    bottom: int
    fresh: bool
    free: bool
    texts: tuple[Text, ...]
    strokes: tuple[Stroke, ...]
    tried: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Before:
    """A section as it was laid out before, against the section now.

    Attributes:
        sheets: its pages.
        rests: one for each page on which a block began; for a page inside of one block that of the next.
        same: how many blocks at the beginning are the same.
        tail: from which block on all are the same again; more than there are when their number changed.
    """

    sheets: list[Sheet]
    rests: list[Rest]
    same: int
    tail: int

    def first(self) -> Rest | None:
        """Give the last page that began before the change and can be gone on with."""
        usable = [
            rest
            for at, rest in enumerate(self.rests, 1)
            if rest.sheet == at and rest.tried <= self.same and rest.free
        ]
        return usable[-1] if usable else None

    def goes_on(self, now: Rest) -> bool:
        """Whether the pages from here on are those of before."""
        if now.at < self.tail or now.sheet > len(self.rests) or not now.free:
            return False
        return self.rests[now.sheet - 1] == now


@dataclass(slots=True)
class _Known:
    section: Section
    sheets: list[Sheet]
    rests: list[Rest]


@dataclass(slots=True)
class Memory:
    """What is known of one document that is being written; used by one thread at a time."""

    _known: dict[int, _Known] = field(default_factory=dict)

    def run_of(self, at: int, section: Section) -> Before | None:
        """Give how a section was laid out before; None when its page is another one."""
        known = self._known.get(at)
        if known is None or _frame(known.section) != _frame(section):
            return None
        old, new = known.section.blocks, section.blocks
        most = min(len(old), len(new))
        same = next((n for n in range(most) if not _alike(old[n], new[n])), most)
        tail = len(new) + 1
        if len(old) == len(new):
            tail = next((n + 1 for n in range(len(new) - 1, -1, -1) if not _alike(old[n], new[n])), 0)
        return Before(known.sheets, known.rests, same, tail)

    def keep(self, at: int, section: Section, sheets: list[Sheet], rests: list[Rest]) -> None:
        """Know how a section is laid out now."""
        self._known[at] = _Known(section, sheets, rests)


def _frame(section: Section) -> tuple[object, ...]:
    return section.page, section.number, section.top, section.foot


def _alike(old: Block, new: Block) -> bool:
    """Whether a block is the same and comes from the same place."""
    if old is new:
        return True
    if isinstance(old, Para) and isinstance(new, Para) and old.source != new.source:
        return False
    return old == new
