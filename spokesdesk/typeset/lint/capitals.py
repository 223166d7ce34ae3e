"""Capitals (Phụ lục II): rules C1–C17."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.lint.findings import Finding, data, expand, finding, is_small, words
from spokesdesk.typeset.lint.passages import Part, Passage
from spokesdesk.typeset.lint.phrases import Phrase, index, known, misspelt, phrase

MESSAGES = {
    "C1": _("Viết hoa chữ cái đầu câu"),
    "C2": _("Tên người viết hoa chữ cái đầu của tất cả các âm tiết"),
    "C3": _("Tên nước ngoài phiên âm: chỉ viết hoa chữ cái đầu của âm tiết thứ nhất trong mỗi thành phần"),
    "C4": _("Danh từ chung chỉ đơn vị hành chính viết thường, tên riêng viết hoa và không dùng gạch nối"),
    "C5": _("Đơn vị hành chính đặt theo chữ số, tên người, sự kiện: viết hoa cả danh từ chung"),
    "C6": _("Trường hợp viết hoa đặc biệt: Thủ đô Hà Nội, Thành phố Hồ Chí Minh"),
    "C7": _("Tên địa lý: viết hoa tên riêng, danh từ chung chỉ địa hình đứng trước viết thường"),
    "C8": _("Tên vùng, miền viết hoa chữ cái đầu của tất cả các âm tiết"),
    "C9": _("Tên cơ quan viết hoa chữ chỉ loại hình và chữ chỉ chức năng, lĩnh vực"),
    "C10": _("Tên tổ chức nước ngoài viết như tên cơ quan Việt Nam; tên viết tắt viết in hoa"),
    "C11": _("Nhân dân, Nhà nước luôn viết hoa"),
    "C12": _("Chức vụ, học vị đi liền với tên người cụ thể thì viết hoa"),
    "C13": _("Tên loại và tên của một văn bản cụ thể viết hoa chữ cái đầu"),
    "C14": _("Khi viện dẫn: viết hoa Phần, Chương, Mục, Tiểu mục, Điều; khoản, điểm viết thường"),
    "C15": _("Thứ, tháng viết bằng chữ, ngày tết, năm âm lịch: viết hoa chữ chỉ tên"),
    "C16": _("Tên ngày lễ, sự kiện, tác phẩm viết hoa theo quy định"),
    "C17": _("Tên huân chương, danh hiệu, danh từ chung đã riêng hóa viết hoa"),
}
_AFTER_STOP = r"(?P<before>[^\s.]*)(?P<stop>[.?!])\s+(?P<first>[%L])"
_PEOPLE, _STATE = re.compile(r"(?<!\w)nhân dân(?!\w)"), re.compile(r"(?<!\w)nhà nước(?!\w)")
_CLOSED = (".", "!", "?")
_BEFORE = 40


# Rule, place in the passage, what should stand there, level when it is not the rule's own.
_Place = tuple[str, int, int, str, str]


def capitals(letter: Letter, texts: Sequence[Passage]) -> Iterator[Finding]:
    """Give what departs from Phụ lục II in the running text of a letter."""
    own = index(_own_names(letter))
    for passage in texts:
        for place in (*_departures(passage.text, passage.part), *_names(passage, own)):
            yield _found(passage, place)
    for passage, at in _openings(texts):
        yield _found(passage, ("C1", at, at + 1, passage.text[at].upper(), ""))


@lru_cache(maxsize=2048)
def _departures(text: str, part: Part) -> tuple[_Place, ...]:
    """Give what departs within a passage; kept, because while one types only one passage changes."""
    passage = Passage("", part, text, text, range(len(text) + 1))
    return (
        *_patterns(passage),
        *_names(passage, known()),
        *_special_nouns(passage),
        *_sentences(passage),
    )


def _own_names(letter: Letter) -> list[Phrase]:
    """Give the names that the letter itself knows: its signers', its agency's."""
    names = [("C2", signer.name.strip()) for signer in letter.signers]
    names.append(("C9", letter.agency_name.strip()))
    return [
        phrase(rule, name)
        for rule, name in names
        if len(name.split()) > 1 and name[0].isupper() and not name.isupper() and name != name.capitalize()
    ]


def _found(passage: Passage, place: _Place) -> Finding:
    rule, start, end, right, level = place
    return finding(rule, passage.field, passage.span(start, end), MESSAGES[rule], right, level)


def _names(passage: Passage, names: dict[str, list[Phrase]]) -> Iterator[_Place]:
    for start, end, name in misspelt(passage.text, names):
        written = passage.text[start:end]
        begins = written[1:] == name.right[1:] and written[0].isupper() and passage.begins_at(start)
        if not begins:
            yield name.rule, start, end, name.right, ""


def _patterns(passage: Passage) -> Iterator[_Place]:
    for entry in data()["patterns"]:
        for match in expand(entry["find"]).finditer(passage.text):
            right = _righted(match, entry, passage)
            if right is not None and right != match[0]:
                yield entry["rule"], *match.span(), right, entry.get("level", "")


def _righted(match: re.Match[str], entry: dict[str, Any], passage: Passage) -> str | None:
    """Give a match as it should be written; None when it may stand as it is."""
    name = str(match.lastgroup)
    at, text = match.start(name) - match.start(), match[name]
    if name == "low" and (passage.begins_at(match.start(name)) or passage.part is Part.HEADING):
        return None
    if name == "fix":
        old, new = entry["swap"]
        text = text.replace(old, new)
    else:
        text = (text[0].lower() if name == "low" else text[0].upper()) + text[1:]
    return match[0][:at] + text + match[0][at + len(text) :]


def _special_nouns(passage: Passage) -> Iterator[_Place]:
    for pattern, spared in ((_PEOPLE, words("people_after")), (_STATE, words("state_after"))):
        for match in pattern.finditer(passage.text):
            before = f" {passage.text[max(match.start() - _BEFORE, 0) : match.start()].rstrip().lower()}"
            is_money = passage.text.startswith(" tệ", match.end())
            if not is_money and not before.endswith(tuple(f" {word}" for word in spared)):
                yield "C11", *match.span(), match[0][0].upper() + match[0][1:], ""


def _sentences(passage: Passage) -> Iterator[_Place]:
    """Give sentences inside a passage that begin with a small letter."""
    if passage.part is Part.ROW:
        return
    for match in expand(_AFTER_STOP).finditer(passage.text):
        before = match["before"]
        short = match["stop"] == "." and (len(before) < 3 or not before.islower() or before[-1].isdigit())
        if not short and "." not in before:
            at = match.start("first")
            yield "C1", at, at + 1, match["first"].upper(), ""


def _openings(texts: Sequence[Passage]) -> Iterator[tuple[Passage, int]]:
    """Give paragraphs that begin with a small letter although what stands before them is closed."""
    closed, field = True, ""
    for passage in texts:
        if passage.field != field:
            closed, field = True, passage.field
        at = passage.lead
        opens = passage.text[at : at + 1]
        if passage.part in (Part.PARAGRAPH, Part.HEADING) and is_small(opens) and closed:
            yield passage, at
        closed = passage.part is not Part.PARAGRAPH or passage.plain.rstrip('”" ').endswith(_CLOSED)
    for passage in texts:
        if passage.field.startswith("legal_bases.") and is_small(passage.text[:1]):
            yield passage, 0
