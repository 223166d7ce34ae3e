"""Typing in a letter of 50 pages: what a key and what a pause after it cost the thread of the window (CPU time)."""

import os
import statistics
import time
from typing import TYPE_CHECKING

from spokesdesk.domain.blocks import read_body
from tests.benchmarks.measure import table

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor

    from spokesdesk.gui.editor.edit import RichEdit

_KEYS = 60
_PARAGRAPHS = 750
_FRAME_MS = 16
_LAID_OUT_MS = 600
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Print the cost of keys at the beginning and at the end, and of reading the text."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QApplication

    from spokesdesk.gui.editor.edit import RichEdit
    from spokesdesk.gui.theme import Theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.start(app)
    edit = RichEdit(theme)
    edit.resize(700, 600)
    edit.show()
    body = "\n\n".join(
        f"{n}. Đoạn **thứ {n}** " + "nói thêm cho đủ một đoạn *dài* " * 9 for n in range(1, _PARAGRAPHS)
    )
    body += "\n\n| A | B |\n|---|---|\n" + "| một | hai |\n" * 100
    rows = [_opened(edit, body)]
    edit.parts()
    rows += [
        _keys("a key at the beginning", edit, QTextCursor.MoveOperation.Start),
        _keys("a key at the end (after a table)", edit, QTextCursor.MoveOperation.End),
    ]
    start = time.process_time()
    text = edit.text()
    rows.append(
        (
            "text read after a pause",
            f"{(time.process_time() - start) * 1e3:.0f} ms",
            f"{len(text)} letters",
            "",
            "< 100 ms",
        )
    )
    table(rows)


def _opened(edit: "RichEdit", body: str) -> Row:
    """Open the text, whose blocks a worker has read as when a paper opens, and wait until all is laid out."""
    from PySide6.QtCore import QDeadlineTimer
    from PySide6.QtWidgets import QApplication

    read_body(body)
    turns = []
    start = time.thread_time()
    edit.set_text(body)
    edit.text()
    turns.append(time.thread_time() - start)
    deadline = QDeadlineTimer(_LAID_OUT_MS)
    while not deadline.hasExpired():
        start = time.thread_time()
        QApplication.processEvents()
        turns.append(time.thread_time() - start)
    longest = f"later turns at most {max(turns[1:]) * 1e3:.0f} ms"
    return "opened", f"{turns[0] * 1e3:.0f} ms", longest, "", "< 100 ms"


def _keys(name: str, edit: "RichEdit", place: "QTextCursor.MoveOperation") -> Row:
    """Type at a place, the window answering after each key."""
    from PySide6.QtWidgets import QApplication

    from tests.gui.realcase import type_text

    edit.moveCursor(place)
    taken = []
    for _key in range(_KEYS):
        start = time.process_time()
        type_text(edit, "ậ")
        QApplication.processEvents()
        taken.append((time.process_time() - start) * 1e3)
    return (
        name,
        f"{statistics.median(taken):.1f} ms",
        f"worst {max(taken[2:]):.1f} ms",
        "",
        f"< {_FRAME_MS} ms",
    )


if __name__ == "__main__":
    main()
