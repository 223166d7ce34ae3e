"""`lint`: what in a letter file departs from the rules of form; needs no workspace, no screen and no network."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.render import letter_text
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, texts

FOUND_ERRORS = 9


def add_parser(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("lint", help=_("kiểm tra thể thức của tệp văn bản, mỗi chỗ kèm căn cứ"))
    parser.add_argument("letter", metavar="LETTER.toml", type=Path, help=_("tệp văn bản, định dạng 1"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Answer:
    """Check a letter file.

    Args:
        arguments: ``letter`` as path.

    Returns:
        ``findings`` (each with rule, level, field, start, end, text, message, suggestion, clause), ``errors``,
        ``warnings``, ``hints``. The exit code is 9 when there are errors, else 0.

    Raises:
        UserError: the letter file cannot be read or breaks a rule of the format.
    """
    from spokesdesk.services import papers

    letter = papers.read_letter(letter_text(arguments.letter))
    found = papers.lint(letter)
    held = {path: text for path, _key, text in texts(letter)}
    rows = [plain(each) | {"text": held.get(each.field, "")[each.start : each.end]} for each in found]
    counts = {
        name: sum(each.level is level for each in found)
        for name, level in zip(("errors", "warnings", "hints"), papers.Level, strict=True)
    }
    code = FOUND_ERRORS if counts["errors"] else 0
    return Answer({"findings": rows, **counts}, _text(letter, rows, counts), code)


def _text(letter: Letter, rows: Sequence[dict[str, Any]], counts: dict[str, int]) -> str:
    said = _("{errors} lỗi, {warnings} cần sửa, {hints} xem lại").format(**counts)
    held = {path: text for path, _key, text in texts(letter)}
    return "\n".join([*(_line(row, held.get(row["field"], "")) for row in rows), said])


def _line(row: dict[str, Any], whole: str) -> str:
    levels = {"error": _("lỗi"), "warn": _("cần sửa"), "hint": _("xem lại")}
    before = whole[: row["start"]]
    at = f"{before.count(chr(10)) + 1}:{row['start'] - before.rfind(chr(10))}"
    change = f"“{_short(row['text'])}”" if row["text"].strip() else ""
    if row["suggestion"].strip():
        change = f"{change} → “{row['suggestion']}”".strip()
    parts = [f"{row['field']} {at}", levels[row["level"]], change, row["message"], row["clause"]]
    return " · ".join(part for part in parts if part)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else f"{flat[:79]}…"
