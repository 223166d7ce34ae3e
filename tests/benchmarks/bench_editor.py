"""Typing in a letter of 50 pages: what a key costs on the thread of the window, and what a pause after it costs."""

import os
import statistics
import time

from tests.benchmarks.measure import table

_KEYS = 60
_PARAGRAPHS = 750
_FRAME_MS = 16


def main() -> None:
    """Print the cost of keys at the beginning and at the end, and of reading the text."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QApplication

    from spokesdesk.gui.editor.edit import RichEdit
    from spokesdesk.gui.theme import Theme
    from tests.gui.realcase import type_text

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
    start = time.perf_counter()
    edit.set_text(body)
    app.processEvents()
    rows = [("opened", f"{(time.perf_counter() - start) * 1e3:.0f} ms", "", "", "")]
    for name, move in (
        ("a key at the beginning", QTextCursor.MoveOperation.Start),
        ("a key at the end (after a table)", QTextCursor.MoveOperation.End),
    ):
        edit.moveCursor(move)
        taken = []
        for _key in range(_KEYS):
            start = time.perf_counter()
            type_text(edit, "ậ")
            app.processEvents()
            taken.append((time.perf_counter() - start) * 1e3)
        worst = max(taken[2:])
        rows.append(
            (name, f"{statistics.median(taken):.1f} ms", f"worst {worst:.1f} ms", "", f"< {_FRAME_MS} ms")
        )
    start = time.perf_counter()
    text = edit.text()
    rows.append(
        (
            "text read after a pause",
            f"{(time.perf_counter() - start) * 1e3:.0f} ms",
            f"{len(text)} letters",
            "",
            "< 100 ms",
        )
    )
    table(rows)


if __name__ == "__main__":
    main()
