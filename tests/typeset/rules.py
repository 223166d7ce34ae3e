"""Nghị định 30/2020/NĐ-CP as checks on a printed paper; the names are those of the table of rules (QH, TN, SO …)."""

import re
from collections.abc import Callable
from itertools import pairwise

from spokesdesk.domain.letters import Letter, LetterKind
from tests.typeset.printed import Line, Printed

MM = 72 / 25.4
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
DATED = r"(^|, )ngày .*tháng .*năm( \d{4})?$"
BLACK = {(0,), (0, 0, 0), 0, None}
CODES = "TC|TB|KH|BC|BB|TTr|GUQ|GM"
TITLES = r"^(THÔNG CÁO BÁO CHÍ|BÁO CÁO|GIẤY MỜI|GIẤY ỦY QUYỀN|BIÊN BẢN|TỜ TRÌNH|KẾ HOẠCH|THÔNG BÁO)$"


class Paper:
    """The parts of a printed paper, found by the selectors of the table."""

    def __init__(self, printed: Printed, letter: Letter) -> None:
        self.printed, self.letter = printed, letter
        self.left, self.right = 30 * MM, printed.sizes[0][0] - 15 * MM
        self.country = printed.one(f"^{COUNTRY}$")
        self.motto = printed.one("^Độc lập - Tự do - Hạnh phúc$")
        self.number = next(line for line in printed.on(1) if re.match(r"^Số: *\d*/\S+$", line.text))
        upper = [line for line in self.column() if line.baseline < self.number.baseline - 3]
        self.agency = [line for line in upper if line.bold]
        self.parent = [line for line in upper if not line.bold]
        dated = [line for line in printed.on(1) if re.search(DATED, line.text) and line.italic]
        self.dated = dated[0] if dated and dated[0].baseline < self.number.baseline + 20 else None
        self.about = self._about()
        titles = [line for line in printed.on(1) if re.match(TITLES, line.text)]
        self.title = titles[0] if titles else None
        own = self.own_pages()
        self.recipients = next((line for line in own if line.text == "Nơi nhận:"), None)
        self.bases = [line for line in own if line.text.startswith("Căn cứ ") and line.italic]

    def column(self) -> list[Line]:
        """Give the lines of the left column of the head."""
        edge = self.left + 0.46 * (self.right - self.left)
        return [line for line in self.printed.on(1) if line.x1 < edge + 2 and line.middle < self.country.x0]

    def _about(self) -> list[Line]:
        below = [line for line in self.column() if line.baseline > self.number.baseline + 3]
        if not below or not below[0].text.startswith("V/v "):
            return []
        found = [below[0]]
        for line in below[1:]:
            if line.baseline - found[-1].baseline > 1.3 * line.size or line.bold:
                break
            found.append(line)
        return found

    def own_pages(self) -> list[Line]:
        """Give the lines of the paper's own pages, without its annexes."""
        annexes = self.printed.find(r"^Phụ lục( [IVXLC]+)?$")
        end = min((line.page for line in annexes if line.bold), default=10_000)
        return [line for line in self.printed.lines if line.page < end]

    def fraction(self, x: float) -> float:
        """Give a place as a share of the text's width."""
        return (x - self.left) / (self.right - self.left)

    def authority(self) -> list[Line]:
        """Give the lines of quyền hạn, chức vụ."""
        wanted = {line.strip().upper() for signer in self.letter.signers for line in signer.authority}
        return [line for line in self.own_pages() if line.text in wanted and line.bold]

    def names(self) -> list[Line]:
        """Give the signers' names."""
        wanted = {signer.name for signer in self.letter.signers}
        return [line for line in self.own_pages() if line.text in wanted and line.bold]


def look(line: Line, sizes: tuple[float, float], *, bold: bool, italic: bool) -> None:
    """Check size and style of a line."""
    assert sizes[0] - 0.1 <= line.size <= sizes[1] + 0.1, line
    assert (line.bold, line.italic) == (bold, italic), line


def centred(line: Line, on: float, within: float = 2.0) -> None:
    """Check that a line stands centred."""
    assert abs(line.middle - on) <= within, (line.text, line.middle, on)


def head_components(paper: Paper) -> None:
    """QH, TN, CQCQ, CQBH, SO, DIA."""
    for line, sizes in ((paper.country, (12, 13)), (paper.motto, (13, 14))):
        look(line, sizes, bold=True, italic=False)
        assert paper.fraction(line.x0) >= 0.36
        assert paper.fraction(line.x1) <= 1.02
    centred(paper.motto, paper.country.middle)
    assert paper.agency
    for line in paper.parent + paper.agency:
        assert line.text.isupper()
        look(line, (12, 13), bold=line in paper.agency, italic=False)
        assert paper.fraction(line.x0) >= -0.02
        assert paper.fraction(line.x1) <= 0.46
        centred(line, paper.agency[0].middle)
    look(paper.number, (13, 13), bold=False, italic=False)
    if paper.dated:
        look(paper.dated, (13, 14), bold=False, italic=True)
        centred(paper.dated, paper.country.middle)
    assert abs(paper.agency[0].baseline - paper.country.baseline) < 60
    first = (paper.parent or paper.agency)[0]
    assert abs(first.baseline - paper.country.baseline) <= 2


def sizes_move_together(paper: Paper) -> None:
    """SZ."""
    dated = paper.dated.size if paper.dated else paper.motto.size
    assert (paper.country.size, paper.motto.size, dated) in {(13, 14, 14), (12, 13, 13)}
    assert {line.size for line in paper.parent + paper.agency} == {paper.country.size}


def pages(paper: Paper) -> None:
    """PG1, PG2, PG3: paper, margins, page numbers from the second page on, anew in each annex."""
    printed = paper.printed
    starts = {line.page for line in printed.find(r"^Phụ lục( [IVXLC]+)?$") if line.bold} | {1}
    shown = 0
    for at, (width, height) in enumerate(printed.sizes, 1):
        assert sorted((round(width), round(height))) == [595, 842]
        shown = 1 if at in starts else shown + 1
        tops = [line for line in printed.on(at) if line.baseline < 19 * MM]
        numbers = [line for line in tops if re.fullmatch(r"\d+", line.text)]
        assert [line.text for line in numbers] == ([] if shown == 1 else [str(shown)])
        for line in numbers:
            look(line, (13, 14), bold=False, italic=False)
            centred(line, (30 * MM + width - 15 * MM) / 2)
        rest = [line for line in printed.on(at) if line not in tops]
        assert min(line.x0 for line in rest) >= 30 * MM - 3
        assert max(line.x1 for line in rest) <= width - 15 * MM + 3
        assert 20 * MM - 2 <= min(line.top for line in rest) <= 25 * MM
        assert max(line.baseline for line in rest) <= height - 20 * MM


def fonts_and_colours(paper: Paper) -> None:
    """FT1 (names), FT2."""
    assert paper.printed.fonts
    assert all("LiberationSerif" in name for name in paper.printed.fonts), paper.printed.fonts
    assert not re.search("[\ufffd\0]|\u00a0\u00a0", paper.printed.raw)
    for line in paper.printed.lines:
        red = line.text in {"KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"}
        assert red or line.colours <= BLACK, line
        if red:
            look(line, (13, 14), bold=True, italic=False)
            assert line.colours == {(1, 0, 0)}
            assert paper.fraction(line.x1) <= 0.30


def rules_are_drawn(paper: Paper) -> None:
    """LN1, LN2, LN3, LN4, LN5."""
    printed = paper.printed
    under = [rule for rule in _below(printed, paper.motto, 8) if rule.x0 > paper.motto.x0 - 20]
    assert len(under) == 1
    assert abs((under[0].x1 - under[0].x0) - paper.motto.width) <= 3
    assert abs((under[0].x0 + under[0].x1) / 2 - paper.motto.middle) <= 2
    last = paper.agency[-1]
    under = [rule for rule in _below(printed, last, 8) if rule.x1 < paper.country.x0]
    assert len(under) == 1
    longest = max(line.width for line in paper.agency)
    assert 0.33 <= (under[0].x1 - under[0].x0) / longest <= 0.50
    assert abs((under[0].x0 + under[0].x1) / 2 - last.middle) <= 2
    if paper.title:
        subject = _subject(paper)[-1]
        under = _below(printed, subject, 8)
        assert len(under) == 1
        assert 0.33 <= (under[0].x1 - under[0].x0) / subject.width <= 0.50
        centred(subject, (under[0].x0 + under[0].x1) / 2)
    assert not re.search(r"[_─]{2,}|\.{4,}", printed.raw)
    if paper.letter.contact:
        line = printed.one(r"^Địa chỉ: ")
        look(line, (11, 12), bold=False, italic=False)
        assert line.page == 1
        (rule,) = printed.rules(1, line.top - 8, line.top + 2)
        assert abs(rule.x0 - paper.left) <= 2
        assert abs(rule.x1 - paper.right) <= 2


def _below(printed: Printed, line: Line, within: float) -> list:  # type: ignore[type-arg]
    return [
        rule
        for rule in printed.rules(line.page, line.baseline, line.bottom + within)
        if rule.x0 >= line.x0 - 3 and rule.x1 <= line.x1 + 3
    ]


def _subject(paper: Paper) -> list[Line]:
    assert paper.title
    found: list[Line] = []
    for line in paper.printed.on(1):
        if line.baseline > paper.title.baseline and line.bold:
            if found and line.baseline - found[-1].baseline > 1.3 * line.size:
                break
            found.append(line)
        elif found and line.baseline > found[-1].baseline + 1:
            break
    return found


def kind_and_subject(paper: Paper) -> None:
    """TY1, TENLOAI, TRICHYEU, VV, AL2."""
    letter = paper.letter
    official = letter.kind is LetterKind.CONG_VAN
    assert bool(paper.about) == official
    assert bool(paper.title) != official
    assert bool(paper.dated) == (letter.kind is not LetterKind.BIEN_BAN)
    for line in paper.about:
        look(line, (12, 13), bold=False, italic=False)
        centred(line, paper.number.middle)
    if paper.about:
        assert 4 <= paper.about[0].top - paper.number.bottom <= 8
    if paper.title:
        middle = (paper.left + paper.right) / 2
        look(paper.title, (13, 14), bold=True, italic=False)
        centred(paper.title, middle)
        subject = _subject(paper)
        assert subject
        for line in subject:
            look(line, (13, 14), bold=True, italic=False)
            centred(line, middle)


def numbers_and_dates(paper: Paper) -> None:
    """DT1, NUM, AL1."""
    letter = paper.letter
    centred(paper.number, paper.agency[0].middle)
    text = paper.number.text
    codes = r"\w+(-[\w&]+)+" if letter.kind is LetterKind.CONG_VAN else rf"({CODES})-\w+(-\w+)*"
    number = r" +" if letter.number is None else r" (0[1-9]|[1-9]\d+)"
    assert re.fullmatch(rf"Số:{number}/{codes}", text), text
    if paper.dated:
        assert abs(paper.dated.baseline - paper.number.baseline) <= 2
        if letter.date_on:
            pattern = r".+, ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm \d{4}"
            assert re.fullmatch(pattern, paper.dated.text), paper.dated.text


def addressees(paper: Paper) -> None:
    """KINHGUI, KG1."""
    found = paper.printed.find(r"^Kính gửi:")
    if not paper.letter.addressees:
        assert found == []
        return
    (line,) = found
    look(line, (13, 14), bold=False, italic=False)
    if len(paper.letter.addressees) == 1:
        assert re.fullmatch(r"Kính gửi: [^-].*", line.text)
        return
    assert line.text == "Kính gửi:"
    items = [
        item
        for item in paper.printed.on(1)
        if item.text.startswith("- ") and item.baseline > line.baseline and item.x0 > line.x0
    ][: len(paper.letter.addressees)]
    assert len({round(item.x0) for item in items}) == 1
    assert line.x0 < items[0].x0 <= line.x1 + 1
    assert items[0].text.endswith(";")


def recipients(paper: Paper) -> None:
    """NN, NNLIST, SOAN, NN1."""
    head = paper.recipients
    assert head
    look(head, (12, 12), bold=True, italic=True)
    assert abs(paper.fraction(head.x0)) <= 0.02
    listed = [
        line
        for line in paper.printed.on(head.page)
        if head.baseline < line.baseline
        and line.size == 11
        and line.x0 < paper.left + 9
        and not line.text.startswith(("Địa chỉ", "ĐT", "E-Mail"))
    ]
    items = [line for line in listed if line.text.startswith("- ")]
    for line in listed:
        look(line, (11, 11), bold=False, italic=False)
        assert paper.fraction(line.x1) <= 0.46
    assert (items[0].text == "- Như trên;") == bool(paper.printed.find("^Kính gửi:"))
    assert re.match(r"- Lưu: VT(, .+)?\.$", items[-1].text)
    drafters = [line for line in listed if re.search(r"[A-Z]+\.\(\d+\)$", line.text)]
    assert bool(drafters) == bool(paper.letter.drafter)


def signatures(paper: Paper) -> None:
    """QUYENHAN, HOTEN, AL1, KY1, KY2."""
    authority, names = paper.authority(), paper.names()
    assert authority
    assert len(names) == len(paper.letter.signers)
    for line in (*authority, *names):
        look(line, (13, 14), bold=True, italic=False)
    for name in names:
        own = [line for line in authority if abs(line.middle - name.middle) <= 2 and line.top < name.top]
        assert own
        assert 20 * MM <= name.top - own[-1].bottom <= 40 * MM
        assert own[0].page == name.page
    assert paper.recipients
    if paper.letter.kind is LetterKind.BIEN_BAN:
        assert len({round(name.middle) for name in names}) == 2
        assert paper.recipients.top > names[0].bottom
    else:
        assert abs(paper.recipients.top - authority[0].top) <= 2
        assert all(paper.fraction(line.x0) >= 0.38 and paper.fraction(line.x1) <= 1.02 for line in authority)
        own_page = [line for line in paper.own_pages() if line.page == authority[0].page]
        body = [
            line
            for line in own_page
            if line.size == paper.letter.size and line.baseline < authority[0].baseline
        ]
        assert len([line for line in body if not re.fullmatch(r"\d+", line.text)]) >= 2


def text_lines(paper: Paper) -> None:
    """BODY, CANCU, AL3, SP1, CC1."""
    letter = paper.letter
    inside = [line for line in _body(paper) if line.x0 < paper.left + 40]
    assert inside
    for line in inside:
        assert line.size == letter.size, line
    for mine, following in pairwise(inside):
        step = following.baseline - mine.baseline
        same_paragraph = (
            mine.page == following.page and abs(following.x0 - paper.left) <= 1 and step < 2 * line.size
        )
        if same_paragraph:
            assert abs(mine.x1 - paper.right) <= 1.5, mine.text
            assert 1.15 * line.size - 0.3 <= step <= 1.725 * line.size + 0.3
        elif mine.page == following.page and abs(following.x0 - paper.left) > 1 and step < 2 * line.size:
            assert min(abs(following.x0 - paper.left - indent) for indent in (28.35, 36.0)) <= 1.6, following
            assert step >= 1.15 * line.size + 6 - 0.3
    if letter.legal_bases:
        assert len(paper.bases) == len(letter.legal_bases)
        text = " ".join(line.text for line in inside if line.italic)
        assert text.count(";") == len(letter.legal_bases) - 1
        assert text.endswith(".")


def _body(paper: Paper) -> list[Line]:
    """Give the justified text: below the head, above the signature, without tables and addressees."""
    own = paper.own_pages()
    starts = [line for line in own if line.text.startswith("Kính gửi:")] or (
        _subject(paper) if paper.title else []
    )
    top = starts[-1].baseline if starts else paper.number.baseline
    end = paper.authority()[0]
    zones = [
        (line.page, line.top, line.bottom) for line in paper.printed.strokes if line.bottom - line.top > 10
    ]
    return [
        line
        for line in own
        if (line.page > 1 or line.baseline > top + 1)
        and (line.page, line.baseline) < (end.page, end.baseline)
        and line.baseline > 20 * MM
        and not any(page == line.page and top < line.baseline < bottom for page, top, bottom in zones)
        and line.size >= 13
        and not line.bold
        and (line.x0 < paper.left + 1 or abs(line.x0 - paper.left - 36) < 2)
    ]


def annexes(paper: Paper) -> None:
    """PHULUC, PLTITLE, PLREF."""
    found = [line for line in paper.printed.find(r"^Phụ lục( [IVXLC]+)?$") if line.bold]
    assert len(found) == len(paper.letter.annexes)
    for at, line in enumerate(found, 1):
        look(line, (14, 14), bold=True, italic=False)
        assert line.text == ("Phụ lục" if len(found) == 1 else f"Phụ lục {'I' * at}")
        middle = (30 * MM + paper.printed.sizes[line.page - 1][0] - 15 * MM) / 2
        centred(line, middle)
        below = [other for other in paper.printed.on(line.page) if other.baseline > line.baseline]
        assert below[0].text.isupper()
        look(below[0], (13, 14), bold=True, italic=False)
        assert below[1].text.startswith("(Kèm theo ")
        look(below[1], (13, 14), bold=False, italic=True)
        centred(below[1], middle)


CHECKS: tuple[Callable[[Paper], None], ...] = (
    head_components,
    sizes_move_together,
    pages,
    fonts_and_colours,
    rules_are_drawn,
    kind_and_subject,
    numbers_and_dates,
    addressees,
    recipients,
    signatures,
    text_lines,
    annexes,
)
