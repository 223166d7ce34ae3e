"""Widths that decide a paper's form: balanced lines, and how long the rules under them are."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, cast

from spokesdesk.typeset.document import Block, Grid, Para, Row, Rule, Source, Span, Style
from spokesdesk.typeset.faces import FINE
from spokesdesk.typeset.layout.lines import Line, break_lines, line_counter
from spokesdesk.typeset.nd30 import Form

B = TypeVar("B", bound=Block)

_SLACK = 12
_STEP = 20


def styled(style: Style, text: str) -> Para:
    """Give a paragraph in its style's own look."""
    return Para(style, (Span(text, style.bold, style.italic),) if text else ())


def of_field(items: Iterable[B], field: str, block: int = 0) -> list[B]:
    """Give items that remember which field of the letter, and which block of its text, they come from."""
    return [_of(item, Source(field, block)) for item in items]


def _of(item: B, source: Source) -> B:
    if isinstance(item, Para):
        # Written out: this is done for every paragraph at every key, and ``replace`` takes four times as long.
        looks = (
            item.align,
            item.first,
            item.left,
            item.right,
            item.before,
            item.after,
            item.keep_next,
            item.box,
        )
        return cast(B, Para(item.style, item.spans, *looks, item.page_number, source))
    if not isinstance(item, Grid):
        return item
    rows, cell = [], 0
    for row in item.rows:
        cells = []
        for items in row.cells:
            cells.append(tuple(_of(each, replace(source, cell=cell)) for each in items))
            cell += 1
        rows.append(Row(tuple(cells)))
    return replace(item, rows=tuple(rows))


def balanced(para: Para, measure: int) -> Para:
    """Narrow a centred paragraph so that its lines are of about equal length, without adding a line.

    Args:
        para: a centred paragraph without indents.
        measure: width of its column in twips.

    Returns:
        The same paragraph, with equal indents when it takes more than one line.
    """
    count = len(break_lines(para, measure))
    if count < 2:
        return para
    low, high = measure // count, measure
    lines_in = line_counter(para)
    while high - low > _STEP:
        middle = (low + high) // 2
        if lines_in(middle) > count:
            low = middle
        else:
            high = middle
    indent = max((measure - high - _SLACK) // 2, 0)
    return replace(para, left=indent, right=indent)


def line_width(line: Line) -> int:
    """Give a line's natural width in twips."""
    return -(-line.width // FINE)


def widest(paras: list[Para], measure: int) -> int:
    """Give the width of the longest line of some paragraphs in twips."""
    return max((line_width(line) for para in paras for line in break_lines(para, measure)), default=0)


def rule_under(form: Form, style: Style, measure: int, length: int) -> Rule:
    """Give a rule of a length in twips, centred in its column."""
    left = (measure - length) // 2
    return Rule(style, left, measure - length - left, form.rule_weight, before=form.rule_gap)
