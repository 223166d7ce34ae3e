"""`render`: a letter file as .docx and PDF; needs no workspace, no screen and no network."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.files import write_whole
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, check_complete, place_of


def add_parser(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("render", help=_("kết xuất tệp văn bản (.toml) ra .docx và PDF"))
    parser.add_argument("letter", metavar="LETTER.toml", type=Path, help=_("tệp văn bản, định dạng 1"))
    parser.add_argument("--docx", metavar="OUT.docx", type=Path, help=_("ghi tệp Word"))
    parser.add_argument("--pdf", metavar="OUT.pdf", type=Path, help=_("ghi tệp PDF"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> dict[str, object]:
    """Render a letter file.

    Args:
        arguments: ``letter``, ``docx``, ``pdf`` as paths; one of the last two may be None.

    Returns:
        ``docx`` and ``pdf``: where they were written (absent when not asked for); ``pages``: number of pages.

    Raises:
        UserError: the letter file cannot be read, breaks a rule of the format, or would be overwritten.
        OutsideError: ``file_unwritable``.
    """
    from spokesdesk.services import papers

    targets = {name: getattr(arguments, name) for name in ("docx", "pdf") if getattr(arguments, name)}
    _check_targets(arguments.letter, targets)
    letter = papers.read_letter(letter_text(arguments.letter))
    check_complete(letter)
    made = _rendered(letter)
    for name, target in targets.items():
        write_whole(target, getattr(made, name), name)
    pages = len(papers.preview_pdf(made.pdf, dpi=20))
    return {**{name: str(target) for name, target in targets.items()}, "pages": pages}


def _rendered(letter: Letter) -> Any:
    """Give the two files; a character that the font lacks is told with the field it stands in."""
    from spokesdesk.services import papers

    try:
        return papers.render(letter)
    except UserError as error:
        if error.field is not None or "mark" not in error.params:
            raise
        field = place_of(letter, str(error.params["mark"]))
        raise UserError(error.code, field=field, **error.params) from error


def _check_targets(source: Path, targets: dict[str, Path]) -> None:
    if not targets:
        raise UserError("letter_out_missing", field="docx")
    places = [source.resolve(), *(target.resolve() for target in targets.values())]
    if len(set(places)) < len(places):
        raise UserError("letter_out_same", field="pdf")


def letter_text(path: Path) -> str:
    """Give the text of a letter file; raises UserError when it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        detail = error.strerror or str(error)
        raise UserError("letter_file_unreadable", field="letter", path=path, detail=detail) from error
    except UnicodeDecodeError as error:
        raise UserError("letter_file_not_utf8", field="letter", path=path) from error
