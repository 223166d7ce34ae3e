"""Reads the command line, opens the desk a command needs, prints the answer or the error.

Exit codes: 0 done · 1 fault of the program · 2 wrong usage · 3 UserError · 4 WaitError · 5 ConflictError ·
6 OutsideError · 7 AccessError · 8 the doctor found something · 9 lint found an error of form · 130 interrupted.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from spokesdesk import __version__
from spokesdesk.cli.answer import Answer, as_json, as_text
from spokesdesk.cli.usage import USAGE, Parser
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word

# Imported one by one when the parser is built; each adds its commands. Heavy libraries wait until a command runs.
NOUNS = (
    "render",
    "lint",
    "init",
    "visit",
    "request",
    "find",
    "coverage",
    "digest",
    "article",
    "case",
    "incident",
    "paper",
    "people",
    "backup",
    "backups",
    "sync",
    "salvage",
    "sample",
    "rules",
    "library",
    "duties",
    "mail",
    "edxml",
    "batch",
    "imports",
    "export",
    "sign",
    "journal",
    "province",
    "privacy",
    "selftest",
    "update",
)
INTERRUPTED = 130
FAULT = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code.
    """
    _speak_utf8()
    given = list(sys.argv[1:] if argv is None else argv)
    wants_json = Parser.wants_json = "--json" in given
    arguments = parser().parse_args([item for item in given if item != "--json"])
    if not hasattr(arguments, "run"):
        parser().print_help()
        return USAGE
    if getattr(arguments, "needs_desk", False) and not arguments.workspace:
        parser().error("the following arguments are required: --workspace")
    try:
        return _answered(arguments, wants_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has gone (head, less); that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _answered(arguments: argparse.Namespace, wants_json: bool) -> int:
    try:
        answer = _run(arguments)
    except DeskError as error:
        return _say_error(error, wants_json)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _say_fault(error, wants_json)
    print(as_json(answer.value) if wants_json else as_text(answer), flush=True)
    return answer.exit_code


def parser() -> argparse.ArgumentParser:
    """Give the parser of all commands."""
    top = Parser(
        prog="spokesdesk",
        description=_("SpokesDesk – bàn làm việc của người phát ngôn. Không có lệnh nào: mở cửa sổ."),
        epilog=_(
            "Mã thoát: 0 xong, 2 sai cú pháp, 3 dữ liệu, 4 chờ, 5 xung đột, 6 bên ngoài, 7 quyền, 8 có lỗi, "
            "9 sai thể thức."
        ),
    )
    top.add_argument("--version", action="version", version=f"SpokesDesk {__version__}")
    commands = top.add_subparsers(title=_("lệnh"), metavar=_("LỆNH"))
    for noun in NOUNS:
        importlib.import_module(f"spokesdesk.cli.{noun}").add_parser(commands)
    return top


def _run(arguments: argparse.Namespace) -> Answer:
    if not getattr(arguments, "needs_desk", False):
        return _answer(arguments.run(arguments))
    from spokesdesk.bootstrap import open_desk

    desk = open_desk(Path(arguments.workspace))
    try:
        if desk.actor is None:
            desk = _at_work(desk, arguments)
        return _answer(arguments.run(arguments, desk))
    finally:
        desk.close()


def _at_work(desk: Any, arguments: argparse.Namespace) -> Any:
    """Give the desk with whoever works at the command line: --as NAME, else the first admin without a PIN."""
    from spokesdesk.cli.who import member_at_work

    return member_at_work(desk, getattr(arguments, "as_member", None))


def _answer(value: object) -> Answer:
    return value if isinstance(value, Answer) else Answer(value)


def _say_error(error: DeskError, wants_json: bool) -> int:
    sentence = word(error)
    if wants_json:
        told = {"error": error.code, "field": error.field, "message": sentence}
        told |= {key: str(value) for key, value in error.params.items()}
        print(json.dumps(told, ensure_ascii=False))
    print(f"{_('Lỗi')}: {sentence}", file=sys.stderr)
    return error.exit_code


def _say_fault(error: Exception, wants_json: bool) -> int:
    """Keep the report of a fault and say it without its message, which may hold what somebody typed (mail of cron)."""
    from spokesdesk.bootstrap import start_logs

    logs = start_logs()
    report = logs.crash(error)
    logs.close()
    sentence = _(
        "Chương trình gặp lỗi; những gì đã lưu vẫn nguyên. Bản ghi lỗi, không có nội dung, ở {path}."
    )
    said = sentence.format(path=logs.folder)
    if wants_json:
        print(json.dumps({"error": "fault", "message": said, "report": report}, ensure_ascii=False))
    print(f"{_('Lỗi')}: {said}\n{report}", file=sys.stderr)
    return FAULT


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page: a Windows console would fail on ẤỖỄ."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
