"""Files and functions stay small enough to be read at one sitting."""

import ast

from tests.house import source

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
FILES = source.python_files("spokesdesk", "installer", "tests")


def test_no_file_is_longer_than_400_lines() -> None:
    sizes = {source.where(file, 1): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    places = [f"{place}: {size}" for place, size in sizes.items() if size > LONGEST_FILE]
    assert places == [], source.listed(places)


def test_no_function_is_longer_than_50_lines() -> None:
    sizes = {
        f"{source.where(file, node.lineno)} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in FILES
        for node in ast.walk(source.parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert sizes, "nothing was measured"
    places = [f"{place}: {size}" for place, size in sizes.items() if size > LONGEST_FUNCTION]
    assert places == [], source.listed(places)
