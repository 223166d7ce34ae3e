"""The text of a paper: legal bases, addressees, paragraphs, headings, lists and tables (ô số 6, 9a)."""

import re
from dataclasses import replace
from functools import lru_cache

from spokesdesk.domain import blocks as b
from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.measure import of_field, styled
from spokesdesk.typeset.compose.styles import Styles
from spokesdesk.typeset.compose.tables import table
from spokesdesk.typeset.document import Block, Columns, Grid, Para, Row, Rule, Source, Span
from spokesdesk.typeset.faces import width
from spokesdesk.typeset.layout.lines import break_lines
from spokesdesk.typeset.nd30 import Form

_CLOSING = " \t;.,"
_LABEL = re.compile(
    r"((?:phần(?: thứ)?|chương|tiểu mục|mục)\s+\w+)(?:\s*[.:–-]\s*|\s+|$)(.*)", re.IGNORECASE | re.DOTALL
)
_NUMBERED = re.compile(r"\d+(\.\d+)*\. ")
_CENTERED = (b.HeadingKind.PART, b.HeadingKind.CHAPTER, b.HeadingKind.SECTION)
_LONGEST_ITEM = 0.62
_LONGEST_KNOWN = 5_000


def addressees(form: Form, letter: Letter, styles: Styles) -> list[Block]:
    """Give "Kính gửi": one addressee on the same line; several each on its own, the dash under the colon.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 9, điểm b, d.
    """
    names = [name.strip(_CLOSING) for name in letter.addressees if name.strip(_CLOSING)]
    if not names:
        return []
    style, size, room = styles.addressee, styles.addressee.size, form.page.measure
    lead = width("Kính gửi: ", size)
    if len(names) == 1:
        left = max(form.first_line, (room - lead - width(names[0], size)) // 2) + lead
        para = Para(style, (Span(f"Kính gửi: {names[0]}"),), left=left, first=-lead)
        return of_field([replace(para, before=form.head_to_text, after=form.head_to_text)], "addressees.1")
    colon, dash = width("Kính gửi", size), width("- ", size)
    longest = min(max(width(name, size) for name in names), round(room * _LONGEST_ITEM))
    left = max(form.first_line, (room - colon - dash - longest) // 2)
    paras = [Para(style, (Span("Kính gửi:"),), left=left, before=form.head_to_text)]
    for at, name in enumerate(names, 1):
        end = "." if at == len(names) else ";"
        item = Para(style, (Span(f"- {name}{end}"),), left=left + colon + dash, first=-dash)
        paras += of_field([item], f"addressees.{at}")
    paras[-1] = replace(paras[-1], after=form.head_to_text)
    return list(paras)


def legal_bases(letter: Letter, styles: Styles) -> list[Block]:
    """Give the legal bases (căn cứ), each closed by ";", the last by "." (khoản 6, điểm a)."""
    texts = [text.strip(_CLOSING) for text in letter.legal_bases if text.strip(_CLOSING)]
    return [
        *(
            item
            for at, text in enumerate(texts, 1)
            for item in of_field(
                [styled(styles.basis, f"{text}{'.' if at == len(texts) else ';'}")], f"legal_bases.{at}"
            )
        )
    ]


def body(form: Form, text: str, styles: Styles, field: str, measure: int) -> list[Block]:
    """Give the blocks of a body text.

    Args:
        form: the rules of form.
        text: in the letter format's markup.
        styles: the paper's styles.
        field: where the text comes from, for errors.
        measure: width of a line in twips.

    Raises:
        UserError: ``letter_table_too_wide``.
    """
    found: list[Block] = []
    labelled, at = False, 0
    for part in b.body_parts(text):
        plain = _known_paragraphs(part, styles, field, at)
        if plain is not None:
            found += plain
            at, labelled = at + len(plain), labelled and not plain
            continue
        for block in b.read_body(part):
            found += _set(block, found, form, styles, Source(field, at), measure, labelled)
            at, labelled = at + 1, isinstance(block, b.Heading) and block.kind in _CENTERED
    if found and isinstance(found[-1], Para) and found[-1].style is styles.gap:
        found.pop()
    return found


def _set(
    block: b.Block,
    found: list[Block],
    form: Form,
    styles: Styles,
    source: Source,
    measure: int,
    labelled: bool,
) -> list[Block]:
    """Give what a block becomes behind what was ``found`` so far."""
    if isinstance(block, b.Paragraph):
        return [_paragraph(block, styles, source)]
    if isinstance(block, b.Heading):
        return of_field(_heading(block, styles, labelled), source.field, source.block)
    apart: list[Block] = [Para(styles.gap)] if found and isinstance(found[-1], Grid) else []
    made: list[Block] = [table(form, block, styles, source.field, measure), Para(styles.gap)]
    return [*apart, *of_field(made, source.field, source.block)]


def ended(found: list[Block], ending: str, styles: Styles) -> list[Block]:
    """Close a body with "./." after its last sentence, unless it is closed so already (Phụ lục III)."""
    if not found:
        return found
    last = found[-1]
    if not isinstance(last, Para):
        return [*found, Para(styles.gap), replace(styled(styles.text, ending), first=0)]
    text = last.text.rstrip()
    if text.endswith(ending):
        return found
    cut = text if text.endswith("...") else text.rstrip(_CLOSING)
    return [*found[:-1], replace(last, spans=(*_cut(last.spans, len(cut)), Span(ending)))]


def _cut(spans: tuple[Span, ...], length: int) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        part = span.text[:length]
        if part:
            kept.append(replace(span, text=part))
        length -= len(part)
    return tuple(kept)


def _paragraph(block: b.Paragraph, styles: Styles, source: Source) -> Para:
    titled, spans = _spans(block.runs)
    return Para(styles.clause if titled else styles.text, spans, source=source)


def _known_paragraphs(part: str, styles: Styles, field: str, at: int) -> tuple[Para, ...] | None:
    known = _paragraphs if len(part) <= _LONGEST_KNOWN else _paragraphs.__wrapped__
    return known(part, styles, field, at)


@lru_cache(maxsize=4_000)
def _paragraphs(part: str, styles: Styles, field: str, at: int) -> tuple[Para, ...] | None:
    """Give the paragraphs of a part of a text whose first block is the ``at``-th; None when it holds others too."""
    blocks = b.read_body(part)
    if not all(isinstance(block, b.Paragraph) for block in blocks):
        return None
    placed = enumerate((block for block in blocks if isinstance(block, b.Paragraph)), at)
    return tuple(_paragraph(block, styles, Source(field, here)) for here, block in placed)


@lru_cache(maxsize=4_000)
def _spans(runs: b.Cell) -> tuple[bool, tuple[Span, ...]]:
    """Give a paragraph's letters, and whether it is a khoản with a title: bold, on its own line (khoản 6, điểm đ)."""
    marker = _NUMBERED.match(b.plain(runs))
    if marker and all(run.bold for run in _after(runs, marker.end())):
        return True, tuple(Span(run.text, True, run.italic) for run in runs)
    return False, tuple(Span(run.text, run.bold, run.italic) for run in runs)


def _after(runs: tuple[b.Run, ...], length: int) -> list[b.Run]:
    """Give the runs that reach beyond the first ``length`` letters."""
    found, used = [], 0
    for run in runs:
        used += len(run.text)
        if used > length:
            found.append(run)
    return found


def _heading(block: b.Heading, styles: Styles, labelled: bool) -> list[Block]:
    text = block.text
    if block.kind in _CENTERED:
        return _part(text, styles)
    if block.kind is b.HeadingKind.TITLE and labelled:
        return [styled(styles.part_title, text.upper())]
    if block.kind is b.HeadingKind.ROMAN:
        return [styled(styles.clause, text.upper())]
    return [styled(styles.clause, text)]


def _part(text: str, styles: Styles) -> list[Block]:
    match = _LABEL.match(text)
    if not match:
        return [styled(styles.part, text)]
    label, title = match.group(1), match.group(2).strip()
    paras: list[Block] = [styled(styles.part, label[:1].upper() + label[1:])]
    return [*paras, styled(styles.part_title, title.upper())] if title else paras


def opened(found: list[Block], before: int) -> list[Block]:
    """Set the first block off from what stands above it; a table gets a gap of its own."""
    if not found:
        return found
    first = found[0]
    if isinstance(first, Para):
        return [replace(first, before=before), *found[1:]]
    return found


def kept_with_signature(found: list[Block], styles: Styles, measure: int) -> list[Block]:
    """Keep at least two lines of text, or the last row of a table, on the page of the signature block."""
    kept, count = list(found), 0
    for at in range(len(found) - 1, -1, -1):
        block = found[at]
        if count >= 2 or isinstance(block, Columns | Rule):
            break
        if isinstance(block, Grid):
            kept[at] = _row_kept(block)
            break
        kept[at] = replace(block, keep_next=True)
        if block.style is not styles.gap:
            count += len(break_lines(block, measure))
    return kept


def _row_kept(table: Grid) -> Grid:
    """Keep a table's last row, and with it the head rows when there is but one row, with what follows."""
    first = 0 if len(table.rows) <= table.head + 1 else len(table.rows) - 1
    rows = [*table.rows[:first]]
    for row in table.rows[first:]:
        rows.append(Row(tuple(tuple(replace(item, keep_next=True) for item in cell) for cell in row.cells)))
    return replace(table, rows=tuple(rows))
