"""Rules of the house that no linter knows: what the source may not do, and where."""

import ast
import re
from pathlib import Path

from installer.environment import ROOT
from tests.house import source

POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "pty", "tty", "syslog"}


def test_no_error_is_swallowed() -> None:
    broad = {"Exception", "BaseException", None}
    places = [
        source.where(file, node.lineno)
        for file in source.python_files("spokesdesk", "installer", "tests")
        for node in ast.walk(source.parsed(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type.id if isinstance(node.type, ast.Name) else node.type) in broad
        and all(isinstance(step, ast.Pass) for step in node.body)
    ]
    assert places == [], source.listed(places)


def test_what_exists_only_on_posix_is_imported_in_outside_alone() -> None:
    assert (
        misplaced_imports(POSIX_ONLY, source.python_files("spokesdesk"), allowed="spokesdesk/outside/") == []
    )


def test_the_library_that_cannot_open_a_workspace_is_never_imported() -> None:
    places = misplaced_imports({"sqlite3"}, source.python_files("spokesdesk"))
    assert places == [], source.listed(places)


def test_qt_decodes_only_pictures_of_our_own() -> None:
    """The theme's icons, and signatures and seals that were checked to be small PNGs; all others are read apart."""
    decoders = re.compile(r"QImageReader\(|\.fromData\(|loadFromData\(|QPixmap\([\"']|QImage\([\"']")
    found = {
        file.relative_to(ROOT).as_posix()
        for file in source.python_files("spokesdesk")
        if decoders.search(file.read_text(encoding="utf-8"))
    }
    assert found == {
        "spokesdesk/gui/papers/signform.py",
        "spokesdesk/gui/prefs/signing.py",
        "spokesdesk/gui/theme.py",
    }


def test_tests_never_wait_by_the_clock() -> None:
    places = [
        source.where(file, node.lineno)
        for file in source.python_files("tests")
        for node in ast.walk(source.parsed(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep", "QTest.qWait")
    ]
    assert places == [], source.listed(places)


def test_tests_never_skip_and_mock_no_subject() -> None:
    refused = re.compile(
        r"^(pytest\.(skip|importorskip|xfail)|pytest\.mark\.(skip|skipif|xfail)|\w*\.?MagicMock)$"
    )
    places = [
        source.where(file, node.lineno)
        for file in source.python_files("tests")
        for node in ast.walk(source.parsed(file))
        if isinstance(node, ast.Attribute | ast.Name) and refused.match(ast.unparse(node))
    ]
    assert places == [], source.listed(places)


def misplaced_imports(modules: set[str], files: tuple[Path, ...], allowed: str = "nowhere/") -> list[str]:
    """Give the places where one of some modules is imported outside the allowed folder."""
    return [
        source.where(file, line)
        for file in files
        for name, line in source.imported_names(source.parsed(file))
        if name.split(".")[0] in modules and not source.where(file, line).startswith(allowed)
    ]
