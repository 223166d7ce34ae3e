"""Annexes (phụ lục): each its own pages, numbered from 1 (Mục III, khoản 1)."""

from dataclasses import replace

from spokesdesk.domain.letters import Annex, Letter
from spokesdesk.typeset.compose.body import body
from spokesdesk.typeset.compose.head import day_text, number_text
from spokesdesk.typeset.compose.measure import balanced, of_field, styled
from spokesdesk.typeset.compose.styles import Styles
from spokesdesk.typeset.document import Block, Grid, Page, Para, Section
from spokesdesk.typeset.nd30 import Form

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def annexes(form: Form, letter: Letter, styles: Styles) -> list[Section]:
    """Give the sections of a letter's annexes."""
    several = len(letter.annexes) > 1
    return [
        _section(form, letter, styles, annex, at if several else 0)
        for at, annex in enumerate(letter.annexes, 1)
    ]


def roman(number: int) -> str:
    """Give a number in Roman digits, 1 to 39."""
    text = ""
    for value, digits in _ROMAN:
        text += digits * (number // value)
        number %= value
    return text


def _section(form: Form, letter: Letter, styles: Styles, annex: Annex, at: int) -> Section:
    page = _turned(form.page) if annex.landscape else form.page
    blocks: list[Block] = [styled(styles.annex, f"Phụ lục {roman(at)}" if at else "Phụ lục")]
    if annex.title:
        title = balanced(styled(styles.annex_title, annex.title.upper()), page.measure)
        blocks += of_field([title], f"annexes.{max(at, 1)}.title")
    note = balanced(styled(styles.annex_note, _note(form, letter)), page.measure)
    blocks.append(replace(note, after=form.head_to_text))
    blocks += body(form, annex.body, styles, f"annexes.{max(at, 1)}.body", page.measure)
    if isinstance(blocks[-1], Grid):
        blocks.append(Para(styles.blank))
    return Section(page, tuple(blocks), Para(styles.page_number, page_number=True))


def _note(form: Form, letter: Letter) -> str:
    name = form.kinds[letter.kind].name
    text = f"Kèm theo {name} số {number_text(letter, form)} {day_text(letter.date_on, form)}"
    if letter.agency_name:
        text += f" của {letter.agency_name}"
    return f"({text})"


def _turned(page: Page) -> Page:
    return replace(page, width=page.height, height=page.width)
