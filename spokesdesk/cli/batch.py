"""`batch LETTER.toml LIST.csv --out DIR`: one letter to everybody on a list; needs no workspace."""

import argparse
import sys
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _

INTERRUPTED = 130


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("batch", help=_("trộn một văn bản với danh sách nơi nhận"))
    parser.add_argument(
        "letter", metavar="LETTER.toml", type=Path, help=_("chỗ điền: {{name}}, {{head_title}}…")
    )
    parser.add_argument(
        "list", metavar="LIST.csv", type=Path, help=_("danh sách .csv hoặc .toml, có cột name")
    )
    parser.add_argument("--out", required=True, metavar="DIR", type=Path, help=_("thư mục trống"))
    parser.set_defaults(run=_batch)


def _batch(arguments: argparse.Namespace) -> Answer:
    from spokesdesk.services import batch, papers

    letter = papers.read_letter(_text(arguments.letter, "letter"))
    rows = batch.read_rows(_bytes(arguments.list, "list"), arguments.list.name)
    stop = Stop()
    made = batch.merge(letter, rows, arguments.out, progress=_tell, is_cancelled=stop.is_asked)
    told = _("{done}/{total} văn bản trong {folder}").format(
        done=made.done, total=made.total, folder=made.folder
    )
    value = {"folder": made.folder, "done": made.done, "total": made.total, "cancelled": made.is_cancelled}
    return Answer(value, told, INTERRUPTED if made.is_cancelled else 0)


class Stop:
    """Ctrl+C ends the batch after the letter in hand; a second one ends it at once."""

    def __init__(self) -> None:
        import signal
        import threading

        self._asked = False
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._ask)

    def _ask(self, *_: object) -> None:
        import signal

        self._asked = True
        signal.signal(signal.SIGINT, self._before)

    def is_asked(self) -> bool:
        return self._asked


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _bytes(path: Path, field: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError("file_unreadable", field=field, path=path) from error


def _text(path: Path, field: str) -> str:
    try:
        return _bytes(path, field).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("file_unreadable", field=field, path=path) from error
