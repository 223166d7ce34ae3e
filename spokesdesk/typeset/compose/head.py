"""The head of a paper: agency and number on the left, Quốc hiệu and date on the right (ô số 1–5b, 10b)."""

from datetime import date

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.measure import balanced, of_field, rule_under, styled, widest
from spokesdesk.typeset.compose.styles import Styles, styles_for
from spokesdesk.typeset.document import Box, Columns, Item, Para, Row
from spokesdesk.typeset.faces import ascent, width
from spokesdesk.typeset.nd30 import Form, HeadSizes

_MARGIN = 40
_FIRST_SINGLE_MONTH = 3


def choose_styles(form: Form, letter: Letter) -> Styles:
    """Give the paper's styles; the head takes the smaller set of sizes when a line would not fit its column.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Mục V, chú thích 1.
    """
    head = form.heads[letter.size]
    fits = _right_width(form, letter, head) <= form.right
    return styles_for(form, head if fits else form.heads[min(form.heads)], letter.size)


def head(form: Form, letter: Letter, styles: Styles, *, about: bool, dated: bool) -> Columns:
    """Give the head.

    Args:
        form: the rules of form.
        letter: the letter.
        styles: from ``choose_styles``.
        about: whether "V/v …" stands under the number (công văn).
        dated: whether place and date are printed (not for biên bản).
    """
    left, right = _widths(form, letter, styles)
    lower_left = [_number(letter, form, styles)]
    if about and letter.subject:
        subject = balanced(styled(styles.about, f"V/v {bare_subject(letter)}"), left)
        lower_left += of_field([subject], "subject")
    if letter.urgency:
        lower_left.append(_stamp(form, letter, styles, left))
    lower_right = [_dated(letter, form, styles)] if dated else [Para(styles.blank)]
    return Columns(
        (left, right),
        (
            Row((_agency(form, letter, styles, left), _country(form, styles, right))),
            Row((tuple(lower_left), tuple(lower_right))),
        ),
    )


def bare_subject(letter: Letter) -> str:
    """Give the subject without a "V/v" that was typed with it."""
    subject = letter.subject.strip()
    return subject[3:].strip() if subject[:3].lower() == "v/v" else subject


def number_text(letter: Letter, form: Form) -> str:
    """Give "214/STTTT-TTBCXB"; numbers below 10 get a zero, a draft gets blanks (khoản 3, điểm b, c)."""
    number = form.words.draft_number if letter.number is None else f"{letter.number:02d}"
    return f"{number}/{letter.symbol}"


def day_text(on: date | None, form: Form) -> str:
    """Give "ngày 05 tháng 3 năm 2018": days below 10 and months 1 and 2 get a zero (khoản 4, điểm b)."""
    words = form.words
    if on is None:
        return f"ngày{words.draft_day}tháng{words.draft_month}năm{words.draft_year}".rstrip()
    month = f"{on.month:02d}" if on.month < _FIRST_SINGLE_MONTH else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year:04d}"


def _place_text(letter: Letter, form: Form) -> str:
    day = day_text(letter.date_on, form)
    return f"{letter.place}, {day}" if letter.place else day


def _right_width(form: Form, letter: Letter, sizes: HeadSizes) -> int:
    words = form.words
    return _MARGIN + max(
        width(words.country, sizes.motto_country, bold=True),
        width(words.motto, sizes.motto, bold=True),
        width(_place_text(letter, form), sizes.place, italic=True) + ascent(sizes.place) // 8,
    )


def _widths(form: Form, letter: Letter, styles: Styles) -> tuple[int, int]:
    """Give the columns' widths: wider on the right for a long place name, on the left for a long number."""
    measure = form.page.measure
    place = width(_place_text(letter, form), styles.place.size, italic=True) + ascent(styles.place.size) // 8
    country = width(form.words.country, styles.country.size, bold=True)
    needed = max(place, country) + _MARGIN
    right = min(max(form.right, needed), form.right_most)
    number = width(f"Số: {number_text(letter, form)}", styles.number.size) + _MARGIN
    left = min(max(measure - right, min(number, measure - needed)), form.left_most)
    return left, measure - left


def _agency(form: Form, letter: Letter, styles: Styles, measure: int) -> tuple[Item, ...]:
    items: list[Item] = []
    if letter.parent_agency:
        items.append(balanced(styled(styles.parent, letter.parent_agency.upper()), measure))
    agency = balanced(styled(styles.agency, letter.agency.upper()), measure)
    items.append(agency)
    if letter.agency:
        length = round(widest([agency], measure) * form.rule_share)
        items.append(rule_under(form, styles.rule, measure, length))
    return tuple(items)


def _country(form: Form, styles: Styles, measure: int) -> tuple[Item, ...]:
    motto = styled(styles.motto, form.words.motto)
    country = styled(styles.country, form.words.country)
    return country, motto, rule_under(form, styles.rule, measure, widest([motto], measure))


def _number(letter: Letter, form: Form, styles: Styles) -> Para:
    # Number and date share a baseline although their sizes differ (khoản 4, điểm c).
    para = styled(styles.number, f"Số: {number_text(letter, form)}")
    lift = max(ascent(styles.place.size) - ascent(styles.number.size), 0)
    return _moved(para, form.after + lift)


def _dated(letter: Letter, form: Form, styles: Styles) -> Para:
    lift = max(ascent(styles.number.size) - ascent(styles.place.size), 0)
    return _moved(styled(styles.place, _place_text(letter, form)), form.after + lift)


def _moved(para: Para, before: int) -> Para:
    return Para(para.style, para.spans, before=before)


def _stamp(form: Form, letter: Letter, styles: Styles, measure: int) -> Para:
    assert letter.urgency is not None
    stamp = form.stamps[letter.urgency]
    box = Box(form.rule_weight, form.stamp_pad, form.stamp_colour)
    border = round(form.rule_weight * 20)
    inner = stamp.width - 2 * border
    para = styled(styles.stamp, stamp.words)
    left = 2 * border + _MARGIN
    return Para(para.style, para.spans, left=left, right=measure - left - inner, before=form.after, box=box)
