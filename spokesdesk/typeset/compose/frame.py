"""What all kinds of paper share: putting head, text and end together into a document."""

from dataclasses import replace

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.annexes import annexes
from spokesdesk.typeset.compose.body import addressees, body, ended, kept_with_signature, legal_bases, opened
from spokesdesk.typeset.compose.head import bare_subject
from spokesdesk.typeset.compose.measure import balanced, line_width, of_field, rule_under, styled
from spokesdesk.typeset.compose.styles import Styles
from spokesdesk.typeset.compose.tail import contact
from spokesdesk.typeset.document import Block, Box, Columns, Document, Grid, Item, Para, Section
from spokesdesk.typeset.faces import width
from spokesdesk.typeset.layout.lines import break_lines
from spokesdesk.typeset.layout.pages import tight_tables
from spokesdesk.typeset.nd30 import Form

_SUBJECT_SHARE = 0.78
_CIRCULATION_MIDDLE = 0.715
_CIRCULATION_PAD = 140
_LOOSENINGS, _LOOSER = 10, 20


def title_block(form: Form, letter: Letter, styles: Styles) -> list[Block]:
    """Give the kind's name, the subject under it and its rule (ô số 5a; khoản 5, điểm b)."""
    measure = form.page.measure
    title = styled(styles.title, form.kinds[letter.kind].title)
    subject = bare_subject(letter)
    if not subject:
        return [replace(title, after=form.after)]
    side = round(measure * (1 - _SUBJECT_SHARE) / 2)
    para = balanced(styled(styles.subject, subject[:1].upper() + subject[1:]), measure - 2 * side)
    para = replace(para, left=(para.left or 0) + side, right=(para.right or 0) + side)
    length = round(line_width(break_lines(para, measure)[-1]) * form.rule_share)
    return [title, *of_field([para], "subject"), rule_under(form, styles.rule, measure, length)]


def text_blocks(form: Form, letter: Letter, styles: Styles) -> list[Block]:
    """Give addressees, legal bases and body, its end kept with the signature."""
    kind = form.kinds[letter.kind]
    found = addressees(form, letter, styles) if kind.addressees else []
    text = legal_bases(letter, styles)
    text += body(form, letter.body, styles, "body", form.page.measure)
    if kind.ending:
        text = ended(text, form.words.ending, styles)
    text = kept_with_signature(text, styles, form.page.measure)
    return [*found, *(text if found else opened(text, form.head_to_text))]


def assembled(form: Form, letter: Letter, styles: Styles, blocks: list[Block]) -> Document:
    """Give the document of a paper from the blocks of its own pages; annexes follow."""
    sections = [_first(form, letter, styles, blocks), *annexes(form, letter, styles)]
    subject = bare_subject(letter)
    name = form.kinds[letter.kind].name
    return Document(
        title=f"{name}: {subject}" if subject else name,
        author=letter.agency,
        on=letter.date_on or form.draft_day,
        styles=styles.all(),
        sections=tuple(_loosened(section) for section in sections),
        subject=subject,
    )


def _first(form: Form, letter: Letter, styles: Styles, blocks: list[Block]) -> Section:
    return Section(
        form.page,
        tuple(_parted(blocks, styles)),
        Para(styles.page_number, page_number=True),
        top=_circulation(form, letter, styles),
        foot=contact(form, letter.contact, styles),
    )


def _loosened(section: Section) -> Section:
    """Set tables a point lower where LibreOffice would otherwise lose rows of them."""
    if not any(isinstance(block, Grid) for block in section.blocks):
        return section
    for _ in range(_LOOSENINGS):
        tight = tight_tables(section)
        if not tight:
            break
        blocks = list(section.blocks)
        above = blocks[tight[0] - 1]
        if not isinstance(above, Para):
            break
        after = above.style.after if above.after is None else above.after
        blocks[tight[0] - 1] = replace(above, after=after + _LOOSER)
        section = replace(section, blocks=tuple(blocks))
    return section


def _parted(blocks: list[Block], styles: Styles) -> list[Block]:
    """Put a gap between tables that would otherwise grow together in a word processor."""
    parted: list[Block] = []
    for block in blocks:
        if parted and isinstance(block, Columns | Grid) and isinstance(parted[-1], Columns | Grid):
            parted.append(Para(styles.gap))
        parted.append(block)
    return parted


def _circulation(form: Form, letter: Letter, styles: Styles) -> tuple[Item, ...]:
    words = letter.circulation.strip().upper()
    if not words:
        return ()
    measure, style = form.page.measure, styles.circulation
    inner = width(words, style.size, bold=True) + 2 * _CIRCULATION_PAD
    right = max(round(measure * (1 - _CIRCULATION_MIDDLE)) - inner // 2, 20)
    para = styled(style, words)
    return (
        replace(para, left=measure - right - inner, right=right, box=Box(form.rule_weight, form.stamp_pad)),
    )
