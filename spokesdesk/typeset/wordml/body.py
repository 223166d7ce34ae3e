"""Paragraphs, rules and tables as WordprocessingML; children stand in the order the schema demands."""

from xml.sax.saxutils import escape

from spokesdesk.typeset.document import BLACK, Block, Box, Columns, Grid, Item, Para, Row, Rule, Span

_SIDES = ("top", "left", "bottom", "right")


def blocks_xml(blocks: tuple[Block, ...], section: str = "") -> str:
    """Give the XML of a section's blocks.

    Args:
        blocks: what stands in the section.
        section: a ``w:sectPr`` element that ends the section inside its last paragraph; empty for the last section.

    Returns:
        XML text. The last block is a paragraph or a rule: a .docx cannot end a section with a table.
    """
    parts = [block_xml(block) for block in blocks[:-1]]
    last = blocks[-1]
    if isinstance(last, Columns | Grid):
        raise TypeError("a section must end with a paragraph")
    parts.append(item_xml(last, section))
    return "".join(parts)


def block_xml(block: Block) -> str:
    """Give the XML of one block."""
    if isinstance(block, Columns):
        return _columns(block)
    if isinstance(block, Grid):
        return _grid(block)
    return item_xml(block)


def item_xml(item: Item, section: str = "") -> str:
    """Give the XML of a paragraph or rule; ``section`` is put into its properties."""
    return _rule(item, section) if isinstance(item, Rule) else _para(item, section)


def _para(para: Para, section: str) -> str:
    style = para.style
    spacing = _attributes(before=para.before, after=para.after)
    jc = f'<w:jc w:val="{para.align}"/>' if para.align not in (None, style.align) else ""
    parts = (
        f'<w:pStyle w:val="{style.id}"/>',
        _keep(para.keep_next, style.keep_next),
        _box(para.box) if para.box else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        indent_xml(para.left, para.right, para.first),
        jc,
        section,
    )
    runs = _page_field() if para.page_number else "".join(_run(span, para) for span in para.spans)
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"


def _keep(value: bool | None, usual: bool) -> str:
    if value is None or value == usual:
        return ""
    return "<w:keepNext/>" if value else '<w:keepNext w:val="0"/>'


def indent_xml(left: int | None, right: int | None, first: int | None) -> str:
    """Give ``w:ind``; a negative first line is a hanging one. Empty when nothing is set."""
    values = _attributes(left=left, right=right)
    if first is not None:
        values += f' w:hanging="{-first}"' if first < 0 else f' w:firstLine="{first}"'
    return f"<w:ind{values}/>" if values else ""


def _attributes(**values: int | None) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


def _run(span: Span, para: Para) -> str:
    looks = ""
    if span.bold != para.style.bold:
        looks += "<w:b/><w:bCs/>" if span.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    if span.italic != para.style.italic:
        looks += "<w:i/><w:iCs/>" if span.italic else '<w:i w:val="0"/><w:iCs w:val="0"/>'
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(span.text)}</w:t></w:r>'


def _page_field() -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(box: Box) -> str:
    sides = "".join(
        _line(side, box.weight, box.colour, 0 if side in ("left", "right") else box.pad) for side in _SIDES
    )
    return f"<w:pBdr>{sides}</w:pBdr>"


def _line(side: str, weight: float, colour: str = BLACK, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{round(weight * 8)}" w:space="{space}" w:color="{colour}"/>'


def _rule(rule: Rule, section: str) -> str:
    spacing = _attributes(before=rule.before or None)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{rule.style.id}"/>{_keep(rule.keep_next, rule.style.keep_next)}'
        f"<w:pBdr>{_line('top', rule.weight)}</w:pBdr>"
        f"{f'<w:spacing{spacing}/>' if spacing else ''}{indent_xml(rule.left, rule.right, None)}{section}</w:pPr></w:p>"
    )


def _table(properties: str, widths: tuple[int, ...], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _table_properties(widths: tuple[int, ...], borders: str, pad: int) -> str:
    margins = "".join(
        f'<w:{side} w:w="{pad if side in ("left", "right") else 0}" w:type="dxa"/>' for side in _SIDES
    )
    return (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    )


def _columns(columns: Columns) -> str:
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if columns.whole else ""
    rows = "".join(_row(row, columns.widths, whole) for row in columns.rows)
    return _table(_table_properties(columns.widths, "", 0), columns.widths, rows)


def _grid(grid: Grid) -> str:
    lines = "".join(_line(side, grid.weight) for side in (*_SIDES, "insideH", "insideV"))
    whole = "<w:cantSplit/>" if grid.whole else ""
    rows = ""
    for at, row in enumerate(grid.rows):
        properties = whole + ("<w:tblHeader/>" if at < grid.head else "")
        rows += _row(row, grid.widths, f"<w:trPr>{properties}</w:trPr>" if properties else "")
    borders = f"<w:tblBorders>{lines}</w:tblBorders>"
    return _table(_table_properties(grid.widths, borders, grid.pad), grid.widths, rows)


def _row(row: Row, widths: tuple[int, ...], properties: str) -> str:
    cells = ""
    for width, items in zip(widths, row.cells, strict=True):
        content = "".join(item_xml(item) for item in items) or "<w:p/>"
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
    return f"<w:tr>{properties}{cells}</w:tr>"
