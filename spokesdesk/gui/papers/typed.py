"""What is typed into a paper's form: read from its inputs, put into them, and found by its path in a letter file."""

from collections.abc import Iterator, Mapping, Sequence

from spokesdesk.domain.letters import Letter
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.papers import annexes
from spokesdesk.gui.widgets.fields import LineEdit, TextEdit


def annexes_in(values: Mapping[str, object], base: Letter) -> list[Mapping[str, object]]:
    """Give the annexes of a draft; those of the letter when the draft is from before they could be written here."""
    held = values.get("annexes")
    if not isinstance(held, Sequence) or isinstance(held, str):
        return [*annexes.values_of(base.annexes)]
    return [annex for annex in held if isinstance(annex, Mapping)]


def flat(values: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Give what was typed by the paths of a letter file."""
    for name, typed in values.items():
        if isinstance(typed, Mapping):
            yield from flat(typed, f"{before}{name}.")
        elif isinstance(typed, list):
            for at, item in enumerate(typed, 1):
                yield from flat(item, f"{before}{name}.{at}.")
        else:
            yield f"{before}{name}", str(typed)


def raw(edit: LineEdit | TextEdit | RichEdit) -> str:
    """Give what an input holds; the text of a paper as markup."""
    return edit.toPlainText() if isinstance(edit, TextEdit) else edit.text()


def fill(edit: LineEdit | TextEdit | RichEdit, text: str) -> None:
    """Fill an input, unless it holds that already: its cursor and undoing stay then."""
    if raw(edit) == text:
        return
    if isinstance(edit, LineEdit):
        edit.setText(text)
        edit.setCursorPosition(0)
    else:
        edit.set_text(text)


def bare(item: str) -> str:
    """Give an entry without the closing mark that the printed form brings itself; initials keep their dot."""
    item = item.strip().rstrip(";").rstrip()
    last = item.rsplit(" ", 1)[-1]
    return item[:-1] if last.endswith(".") and len(last) > 2 and "." not in last[:-1] else item
