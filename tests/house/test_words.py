"""Every error that can be raised has its sentence, and every sentence can be shown complete."""

import ast
import importlib
import pkgutil
from string import Formatter
from typing import NamedTuple

from spokesdesk.domain import words
from tests.house import source

ERRORS = {"UserError", "WaitError", "ConflictError", "OutsideError", "AccessError"}
FILES = tuple(file for file in source.python_files("spokesdesk") if "words" not in file.parts)


class Raised(NamedTuple):
    """One place that makes an error: its possible codes and the parameters it gives."""

    place: str
    codes: tuple[str, ...]
    given: frozenset[str]
    open_ended: bool


def tables() -> list[tuple[str, str, str]]:
    """Give (module, code, sentence) of every table of words."""
    found = []
    for module in pkgutil.iter_modules(words.__path__):
        table: dict[str, str] = importlib.import_module(f"{words.__name__}.{module.name}").WORDS
        found += [(module.name, code, sentence) for code, sentence in table.items()]
    return found


SENTENCES = {code: sentence for _, code, sentence in tables()}


def raised() -> list[Raised]:
    """Give every call of an error class in the source."""
    found = []
    for file in FILES:
        for node in ast.walk(source.parsed(file)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ERRORS and node.args:
                texts = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                found.append(
                    Raised(
                        source.where(file, node.lineno),
                        tuple(text for text in texts if isinstance(text, str)),
                        names,
                        any(keyword.arg is None for keyword in node.keywords),
                    )
                )
    return found


def test_every_raised_code_has_a_sentence() -> None:
    calls = raised()
    assert calls, "no error is raised anywhere?"
    gaps = [(one.place, code) for one in calls for code in one.codes if code not in SENTENCES]
    assert gaps == [], source.listed(gaps)


def test_every_sentence_belongs_to_an_error_that_is_raised() -> None:
    texts = {
        node.value
        for file in FILES
        for node in ast.walk(source.parsed(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = sorted(set(SENTENCES) - texts)
    assert unused == [], source.listed(unused)


def test_a_code_has_one_sentence() -> None:
    codes = [code for _, code, _ in tables()]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_a_sentence_gets_every_value_it_names() -> None:
    gaps = [
        (one.place, code, sorted(missing))
        for one in raised()
        for code in one.codes
        if code in SENTENCES and not one.open_ended
        if (missing := placeholders(SENTENCES[code]) - one.given - {"field"})
    ]
    assert gaps == [], source.listed(gaps)


def test_a_sentence_that_names_its_field_is_raised_with_one() -> None:
    gaps = [
        (one.place, code)
        for one in raised()
        for code in one.codes
        if "field" in placeholders(SENTENCES.get(code, ""))
        and "field" not in one.given
        and not one.open_ended
    ]
    assert gaps == [], source.listed(gaps)


def placeholders(sentence: str) -> set[str]:
    """Give the names in a sentence's braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
