"""Keep the catalogue of words, ``resources/locale/spokesdesk.pot``: ``python3 installer/words.py [--check]``.

Vietnamese is the source text: the string inside ``_("…")`` in Python and in the portal's pages, and each
sentence of ``spokesdesk/domain/words``, which is looked up when an error is shown. Entries name their files
without line numbers, so that moving code does not make the catalogue stale.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.talk import SetupError, run_door, say

POT = ROOT / "resources" / "locale" / "spokesdesk.pot"
HEADER = """\
# Words of SpokesDesk. Vietnamese is the source text. Made by installer/words.py; do not edit.
msgid ""
msgstr ""
"Project-Id-Version: SpokesDesk\\n"
"PO-Revision-Date: \\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
IN_TEMPLATE = re.compile(r"""\b_\((?P<quote>["'])(?P<text>.*?)(?P=quote)\)""")
"""What the portal's pages ask for, between Jinja's braces."""
CALLS = ("_", "gettext", "ngettext")
PUT_TOGETHER = (ast.JoinedStr, ast.BinOp, ast.Call)
"""What no catalogue can hold; a name or a table's cell is looked up at run time and stands here by its own ``_``."""


def main(arguments: list[str]) -> int:
    """Write the catalogue; with --check only say whether it is stale (exit code 1)."""
    made = catalogue(ROOT)
    if "--check" in arguments:
        fresh = POT.exists() and POT.read_text(encoding="utf-8") == made
        say(
            "Danh mục chữ khớp với mã nguồn."
            if fresh
            else "Danh mục chữ đã cũ: chạy python3 installer/words.py"
        )
        return 0 if fresh else 1
    POT.parent.mkdir(parents=True, exist_ok=True)
    POT.write_text(made, encoding="utf-8")
    say(f"Đã viết {POT.relative_to(ROOT)}")
    return 0


def catalogue(root: Path) -> str:
    """Give the text of the catalogue for a checkout.

    Raises:
        SetupError: a ``_()`` holds a string put together at run time; names the place.
    """
    places: dict[tuple[str, ...], list[str]] = {}
    for file in sorted((root / "spokesdesk").rglob("*.py")):
        name = file.relative_to(root).as_posix()
        for words in words_of(ast.parse(file.read_text(encoding="utf-8"), name), name):
            places.setdefault(words, [])
            if name not in places[words]:
                places[words].append(name)
    for page in sorted((root / "spokesdesk" / "server" / "pages").glob("*.*ml")):
        for found in IN_TEMPLATE.finditer(page.read_text(encoding="utf-8")):
            places.setdefault((found["text"],), []).append(page.relative_to(root).as_posix())
    return HEADER + "".join(_entry(words, files) for words, files in places.items())


def words_of(tree: ast.Module, name: str) -> Iterator[tuple[str, ...]]:
    """Give what a file asks gettext for: (text,) or (singular, plural), in the order of the file."""
    if "/domain/words/" in name:
        yield from _table(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            count = 2 if node.func.id == "ngettext" else 1
            words = tuple(_text(argument) for argument in node.args[:count])
            if None not in words:
                yield tuple(word for word in words if word is not None)
            elif any(isinstance(argument, PUT_TOGETHER) for argument in node.args[:count]):
                raise SetupError(f"{name}:{node.lineno}: trong {node.func.id}() phải là một chuỗi viết sẵn")


def _table(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            texts = (_text(value) for value in node.value.values)
            yield from ((text,) for text in texts if text is not None)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _entry(words: tuple[str, ...], files: list[str]) -> str:
    lines = [f"#: {file}" for file in files]
    if any("{" in word for word in words):
        lines.append("#, python-brace-format")
    lines.append(f"msgid {_quoted(words[0])}")
    if len(words) > 1:
        lines += [f"msgid_plural {_quoted(words[1])}", 'msgstr[0] ""']
    else:
        lines.append('msgstr ""')
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(run_door(main))
