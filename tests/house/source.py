"""The project's own files, read once for the checks of this folder."""

import ast
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from installer.environment import ROOT

LETTER = """\
kind = "cong-van"
parent_agency = "UBND TỈNH LONG AN"
agency = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
number = 214
symbol = "STTTT-TTBCXB"
place = "Long An"
date = 2018-03-12
subject = "đề nghị cải chính thông tin"
addressees = ["Báo Điện tử Ví Dụ"]
body = \"\"\"
Sở Thông tin và Truyền thông đề nghị Quý Báo đăng cải chính.

Trân trọng.
\"\"\"
recipients = ["Như trên", "UBND tỉnh (để báo cáo)"]
archive = "VT, TTBCXB"

[[signers]]
authority = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
name = "Nguyễn Văn An"
"""
"""A small letter that every way of starting the program must be able to render."""


@cache
def tree_files() -> tuple[Path, ...]:
    """Give every file of the checkout that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


@cache
def python_files(*rooms: str) -> tuple[Path, ...]:
    """Give the Python files under some top folders, e.g. ``python_files("spokesdesk/gui", "installer")``."""
    tops = tuple(ROOT / room for room in rooms)
    return tuple(
        file
        for file in tree_files()
        if file.suffix == ".py" and any(file.is_relative_to(top) for top in tops)
    )


@cache
def parsed(file: Path) -> ast.Module:
    """Give a file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def where(file: Path, line: int) -> str:
    """Name a place as ``path:line`` from the checkout's root."""
    return f"{file.relative_to(ROOT).as_posix()}:{line}"


def listed(findings: Iterable[object]) -> str:
    """Give every finding on a line of its own; pytest alone would cut the list short."""
    return "\n" + "\n".join(map(str, findings))


def imported_names(tree: ast.Module) -> list[tuple[str, int]]:
    """Give (module, line) for every import of a file, wherever it stands."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.module, node.lineno))
    return found
