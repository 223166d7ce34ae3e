"""The catalogue of words holds what the source says now."""

import ast
from pathlib import Path

import pytest

from installer import words as catalogue
from installer.environment import ROOT
from installer.talk import SetupError


def test_the_catalogue_is_fresh() -> None:
    stale = catalogue.POT.read_text(encoding="utf-8") != catalogue.catalogue(ROOT)
    assert not stale, "stale: run python3 installer/words.py"


def test_strings_tables_and_plurals_are_found(tmp_path: Path) -> None:
    room = tmp_path / "spokesdesk" / "domain" / "words"
    room.mkdir(parents=True)
    (room / "x.py").write_text('WORDS: dict[str, str] = {"code": "Câu {n}."}\n', encoding="utf-8")
    (room.parent / "y.py").write_text(
        'def f(n):\n    return _("Nói \\"to\\"" "\\n") + ngettext("một", "nhiều", n) + _("Câu {n}.")\n',
        encoding="utf-8",
    )
    made = catalogue.catalogue(tmp_path)
    assert 'msgid "Nói \\"to\\"\\n"\nmsgstr ""' in made
    assert 'msgid "một"\nmsgid_plural "nhiều"\nmsgstr[0] ""' in made
    shared = "#: spokesdesk/domain/words/x.py\n#: spokesdesk/domain/y.py\n#, python-brace-format\n"
    assert shared + 'msgid "Câu {n}."' in made


def test_a_sentence_put_together_at_run_time_is_refused() -> None:
    tree = ast.parse('_(f"Xin chào {name}")')
    with pytest.raises(SetupError, match=r"spokesdesk/gui/x\.py:1"):
        list(catalogue.words_of(tree, "spokesdesk/gui/x.py"))
