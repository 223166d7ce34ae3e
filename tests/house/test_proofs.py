"""The table of faults and threats in tests/README.md: complete, and every test that it names exists."""

import ast
import re

from installer.environment import ROOT

README = ROOT / "tests" / "README.md"
ROWS = [
    *(f"F{n}" for n in range(1, 35)),
    *(f"T{n}" for n in range(1, 23)),
    *(f"T{n}" for n in range(27, 31)),
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> dict[str, str]:
    """Give what proves each row."""
    found = re.findall(r"^\| ([FT]\d+) \|[^|]*\| (.*) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == len(dict(found))
    return dict(found)


def test_every_fault_and_threat_has_its_row() -> None:
    assert list(rows()) == ROWS


def test_a_row_names_tests_or_says_why_there_is_none() -> None:
    silent = [row for row, proof in rows().items() if not NAMED.search(proof) and "none" not in proof]
    assert silent == []


def test_every_named_test_exists() -> None:
    missing: list[str] = []
    for proof in rows().values():
        for file, name in NAMED.findall(proof):
            path = ROOT / file
            tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
            known = {
                node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            }
            if name not in known:
                missing.append(f"{file}::{name}")
    assert missing == []
