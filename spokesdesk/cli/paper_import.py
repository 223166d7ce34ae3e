"""`paper import`: a Word file as a letter file or as a draft in the workspace."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import papers
from spokesdesk.services.paper_import import ImportNote, NoteKind, import_docx
from spokesdesk.services.ports import Desk


class _Workspace(argparse.Action):
    """Only an import into a workspace needs a desk."""

    def __call__(
        self, _parser: object, namespace: argparse.Namespace, values: Any, _option: str | None = None
    ) -> None:
        namespace.workspace, namespace.needs_desk = values, True


def add_import(nouns: Any) -> None:
    """Add the command."""
    parser = nouns.add_parser("import", help=_("nhập tệp Word .docx thành văn bản"))
    parser.add_argument("--workspace", action=_Workspace, metavar="DIR", help=_("thêm bản thảo vào bàn này"))
    parser.add_argument("--as", dest="as_member", metavar="NAME", help=_("người đang làm việc"))
    parser.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    parser.add_argument("file", metavar="FILE.docx", type=Path)
    parser.add_argument("--out", metavar="LETTER.toml", type=Path, help=_("ghi tệp văn bản, định dạng 1"))
    parser.set_defaults(run=run_import, needs_desk=False)


def run_import(arguments: argparse.Namespace, desk: Desk | None = None) -> Answer:
    """Take a Word file in; without a workspace the letter file is written or shown.

    Raises:
        UserError: the file cannot be taken in; nothing was written.
        OutsideError: ``file_unwritable``.
    """
    letter, notes = import_docx(arguments.file)
    text = papers.write_letter(letter)
    value: dict[str, object] = {"kind": letter.kind.value, "notes": [plain(note) for note in notes]}
    lines = [_line(note) for note in notes]
    if arguments.out is not None:
        write_whole(arguments.out, text.encode("utf-8"), "out")
        value["out"] = str(arguments.out)
        lines.insert(0, str(arguments.out))
    if desk is not None:
        made, _changes = papers.create(desk, letter)
        value["id"] = made.id
        lines.insert(0, str(made.id))
    elif arguments.out is None:
        value["letter"] = text
        lines.insert(0, text)
    return Answer(value, "\n".join(lines))


def _line(note: ImportNote) -> str:
    names = {
        NoteKind.GUESSED: _("đoán"),
        NoteKind.CONVERTED: _("chuyển"),
        NoteKind.LEFT_OUT: _("bỏ"),
    }
    return f"# {names[note.kind]}: {note.text}"
