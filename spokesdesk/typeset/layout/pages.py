"""Page breaking: where LibreOffice breaks pages of the same document.

No single line of a paragraph stands alone on a page; a block that keeps with the next goes with it to the next
page as a whole; rows are not split unless they may be; head rows are repeated.
"""

from dataclasses import dataclass, replace

from spokesdesk.typeset.document import Block, Columns, Document, Grid, Item, Para, Rule, Section, Span
from spokesdesk.typeset.layout.memory import Before, Memory, Rest
from spokesdesk.typeset.layout.sheets import Galley, Sheet, galley, put
from spokesdesk.typeset.layout.tables import (
    Frame,
    SetRow,
    fitting,
    frame_of,
    put_borders,
    put_row,
    set_row,
    split_row,
)


def lay_out(document: Document, memory: Memory | None = None) -> list[Sheet]:
    """Give the pages of a document.

    Args:
        document: what ``compose`` gave.
        memory: how the document was laid out before, to begin where it changed; it then knows this time.

    Returns:
        Its pages in order, at least one per section.

    Raises:
        UserError: ``letter_glyph_missing``.
    """
    sheets: list[Sheet] = []
    for at, section in enumerate(document.sections):
        before = memory.run_of(at, section) if memory is not None else None
        flow = _Flow(section, before)
        sheets += flow.run()
        if memory is not None:
            memory.keep(at, section, flow.sheets, flow.rests)
    return sheets


def tight_tables(section: Section) -> list[int]:
    """Give the places of tables that LibreOffice 7.4 would lose rows of.

    It does so when a table's head and first row fit on the rest of a page but for the border below them.
    """
    flow = _Flow(section)
    flow.run()
    return flow.tight


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a block, or the last row of a table, that keeps with the next began, so that it can be taken back."""

    at: int
    sheet: int
    mark: tuple[int, int]
    top: bool
    row: int = 0
    tops: tuple[int, ...] = ()


class _Flow:
    """Fills the pages of one section block by block."""

    def __init__(self, section: Section, before: Before | None = None) -> None:
        self.section, self.page, self.before = section, section.page, before
        self.rests: list[Rest] = []
        self.tried = 0
        self.sheets: list[Sheet] = []
        self.y = self.gap = self.bottom = 0
        self.fresh = True
        self.kept: list[_Start] = []
        self.last_row: _Start | None = None
        self.tight: list[int] = []
        self.at = 0

    def run(self) -> list[Sheet]:
        at = self.begin()
        blocks = self.section.blocks
        while at < len(blocks):
            if len(self.rests) < len(self.sheets) and self.rest(at):
                break
            start, self.at = self.start_of(at), at
            self.tried = max(self.tried, at + 1)
            if self.place(blocks[at]) or self.fresh:
                self.follow(blocks[at], start)
                at += 1
            else:
                at = self.retreat(at)
        return self.sheets

    def begin(self) -> int:
        """Begin on the first page, or on the last one that is as it was; give the block to go on with."""
        known = self.before.first() if self.before is not None else None
        if self.before is None or known is None:
            self.next_page()
            return 0
        self.sheets = self.before.sheets[: known.sheet - 1]
        self.sheets.append(Sheet(self.page.width, self.page.height, [*known.texts], [*known.strokes]))
        self.rests = self.before.rests[: known.sheet - 1]
        self.y, self.gap, self.bottom, self.fresh = known.y, known.gap, known.bottom, known.fresh
        self.tried = known.tried
        return known.at

    def rest(self, at: int) -> bool:
        """Note where the first whole block of a page begins; True when all from here on is as it was."""
        sheet = self.sheets[-1]
        held = tuple(sheet.texts), tuple(sheet.strokes)
        found = Rest(
            at, len(self.sheets), self.y, self.gap, self.bottom, self.fresh, not self.kept, *held, self.tried
        )
        while len(self.rests) < len(self.sheets):
            self.rests.append(found)
        if self.before is None or not self.before.goes_on(found):
            return False
        # What stands on this page already may be of a changed paragraph: only what follows it is taken over.
        old = self.before.sheets[found.sheet - 1]
        sheet.texts += old.texts[len(sheet.texts) :]
        sheet.strokes += old.strokes[len(sheet.strokes) :]
        self.sheets += self.before.sheets[found.sheet :]
        self.rests[found.sheet :] = self.before.rests[found.sheet :]
        return True

    def start_of(self, at: int) -> _Start:
        sheet = self.sheets[-1]
        return _Start(at, len(self.sheets), sheet.mark(), self.fresh)

    def follow(self, block: Block, start: _Start) -> None:
        """Remember what must stay with the block after it."""
        self.fresh = False
        if not _keeps(block):
            self.kept = []
            return
        if isinstance(block, Grid):
            start = replace(self.last_row or start, at=start.at)
        if start.sheet != len(self.sheets):
            self.kept = []
        elif start.row:
            self.kept = [] if start.top else [start]
        else:
            self.kept.append(start)

    def retreat(self, at: int) -> int:
        """Go to a new page with everything that keeps with block ``at``; give the block to go on with."""
        start = self.kept[0] if self.kept else None
        self.kept = []
        if start is None or start.top or start.sheet != len(self.sheets):
            self.next_page()
            return at
        self.sheets[-1].undo(start.mark)
        table = self.section.blocks[start.at]
        if not start.row or not isinstance(table, Grid):
            self.next_page()
            return start.at
        put_borders(self.sheets[-1], frame_of(table, self.page.left), list(start.tops))
        self.next_page()
        self.place_table(table, start.row)
        self.fresh = False
        return start.at + 1

    def next_page(self) -> None:
        page = self.page
        sheet = Sheet(page.width, page.height)
        self.sheets.append(sheet)
        self.y, self.gap, self.fresh = page.top, 0, True
        self.bottom = page.height - page.bottom
        if len(self.sheets) > 1:
            number = replace(self.section.number, spans=(Span(str(len(self.sheets))),), page_number=False)
            self.put_all(sheet, (number,), page.header)
            return
        self.put_all(sheet, self.section.top, page.header)
        self.bottom -= sum(item.before + item.height + item.after for item in self.set_all(self.section.foot))
        self.put_all(sheet, self.section.foot, self.bottom)

    def set_all(self, items: tuple[Item, ...]) -> list[Galley]:
        return [galley(item, self.page.measure) for item in items]

    def put_all(self, sheet: Sheet, items: tuple[Item, ...], y: int) -> None:
        for item in self.set_all(items):
            put(sheet, item, self.page.left, y + item.before)
            y += item.before + item.height + item.after

    def place(self, block: Block) -> bool:
        """Put a block from here on; False when none of it goes on this page and it has to start on the next."""
        if isinstance(block, Para | Rule):
            return self.place_lines(galley(block, self.page.measure), _keeps(block))
        return self.place_table(block)

    def place_lines(self, item: Galley, keep: bool) -> bool:
        # LibreOffice does not split a paragraph that keeps with the next, unless it is longer than a page.
        top = self.y + self.gap + item.before
        done, total = 0, len(item.lines)
        while done < total:
            edge = item.edge_top if done == 0 else 0
            room = self.bottom - top - edge
            rest = replace(item, lines=item.lines[done:]) if done else item
            closing = item.edge_bottom if total * item.line <= room else 0
            count = fitting(rest, room - closing)
            if count < total and keep and not self.fresh:
                return False
            if not count and not self.fresh:
                if done == 0:
                    return False
                self.next_page()
                top = self.y
                continue
            count = count or max(1, min(total - done, room // item.line))
            put(self.sheets[-1], item, self.page.left, top, done, done + count)
            done += count
            self.y, self.gap, self.fresh = top + edge + count * item.line, 0, False
            if done < total:
                self.next_page()
                top = self.y
        self.y, self.gap = self.y + item.edge_bottom, item.after
        return True

    def place_table(self, table: Columns | Grid, row: int = 0) -> bool:
        """Put a table, or its rows from ``row`` on below repeated head rows."""
        frame = frame_of(table, self.page.left)
        rows = [set_row(table, row) for row in table.rows]
        head = rows[: table.head] if isinstance(table, Grid) else []
        self.last_row = None
        return _Rows(self, table, frame, head).place(rows if not row else [*head, *rows[row:]])


class _Rows:
    """Fills pages with the rows of one table."""

    def __init__(self, flow: _Flow, table: Columns | Grid, frame: Frame, head: list[SetRow]) -> None:
        self.flow, self.frame, self.head = flow, frame, head
        self.whole = table.whole
        self.tops: list[int] = []
        self.first_sheet = 0

    def place(self, rows: list[SetRow]) -> bool:
        flow, border = self.flow, self.frame.border
        first = len(self.head) + 1
        lead = sum(row.height + border for row in rows[:first]) + border
        over = flow.y + flow.gap + lead - flow.bottom
        if 0 < over <= border:
            flow.tight.append(flow.at)
        if over > 0 and not flow.fresh:
            split = (
                not self.whole and len(rows) >= first and split_row(rows[first - 1], self.room(rows, first))
            )
            if not split:
                return False
        self.first_sheet = len(flow.sheets)
        self.begin(flow.y + flow.gap)
        queue = list(reversed(rows))
        while queue:
            if len(queue) == 1 and len(rows) > first:
                self.remember(len(rows) - 1)
            self.place_row(queue)
        self.end()
        return True

    def remember(self, row: int) -> None:
        """Note where the last row begins, in case it has to follow to the next page."""
        flow, sheet = self.flow, self.flow.sheets[-1]
        # LibreOffice takes no row from a table that has come over from the page before.
        top = len(self.tops) - 1 <= len(self.head) or len(flow.sheets) > self.first_sheet
        flow.last_row = _Start(0, len(flow.sheets), sheet.mark(), top, row, tuple(self.tops))

    def room(self, rows: list[SetRow], first: int) -> int:
        """Give the room for the first body row on this page."""
        above = sum(row.height + self.frame.border for row in rows[: first - 1])
        return self.flow.bottom - self.flow.y - self.flow.gap - above - 2 * self.frame.border

    def place_row(self, queue: list[SetRow]) -> None:
        flow, border = self.flow, self.frame.border
        row = queue.pop()
        room = flow.bottom - flow.y - border
        if row.height > room:
            cut = None if self.whole and not self.opening() else split_row(row, room)
            if cut is not None:
                row, rest = cut
                queue.append(rest)
            elif not self.opening():
                queue.append(row)
                self.turn()
                return
        self.put(row)
        if queue and row.height > room:
            self.turn()

    def opening(self) -> bool:
        """Whether no body row stands on this page yet."""
        return len(self.tops) - 1 <= len(self.head) and self.flow.fresh

    def put(self, row: SetRow) -> None:
        flow = self.flow
        put_row(flow.sheets[-1], self.frame, row, flow.y)
        flow.y += row.height
        self.tops.append(flow.y)
        flow.y += self.frame.border

    def begin(self, y: int) -> None:
        self.tops = [y]
        self.flow.y, self.flow.gap = y + self.frame.border, 0

    def turn(self) -> None:
        """Go to the next page and repeat the head rows there."""
        self.end()
        self.flow.next_page()
        self.begin(self.flow.y)
        for row in self.head:
            self.put(row)

    def end(self) -> None:
        put_borders(self.flow.sheets[-1], self.frame, self.tops)


def _keeps(block: Block) -> bool:
    if isinstance(block, Grid):
        return block.rows[-1].keep_next
    if isinstance(block, Para):
        return block.style.keep_next if block.keep_next is None else block.keep_next
    return isinstance(block, Rule) and block.keep_next
