"""Số, ký hiệu: of the letter itself and of the documents it names; spaces and abbreviations."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind, texts
from spokesdesk.typeset.lint.findings import Finding, expand, finding, words
from spokesdesk.typeset.lint.passages import Part, Passage

CODES = {
    LetterKind.THONG_CAO_BAO_CHI: "TC",
    LetterKind.BAO_CAO: "BC",
    LetterKind.GIAY_MOI: "GM",
    LetterKind.GIAY_UY_QUYEN: "GUQ",
    LetterKind.BIEN_BAN: "BB",
    LetterKind.KE_HOACH: "KH",
    LetterKind.THONG_BAO: "TB",
    LetterKind.TO_TRINH: "TTr",
}
_GROUP = "[%U][%U&]*"
_CITED = (
    r"(?<![\w/])\d{1,6}\s*/\s*(?:\d{4}\s*/\s*)?[%U][%U&yrg]*\d*"
    r"(?:\s*-\s*[%U][%U&yrg]+\d*(?![%L])(?!\s+[%U][%L]))*(?!\w)"
)
_BARE = r"(?<!\w)(?i:%T)\s+(?P<no>\d{1,6}/(?:\d{4}/)?[%U]{2}[\w&-]*)"
_LOW = r"(?<!\w)(?i:%T)\s+số\s*:?\s*(?P<no>[1-9])/(?:\d{4}/)?[%U]{2}"
_SPACES = re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")
_SPACE_BEFORE = re.compile(r"(?<=\w) +([,;:!?](?=\s|$)|\.(?=\s|$))")
_ACRONYM = r"(?<![\w/&.-])[%U][%U&]{2,}(?![\w/&-])"
_VOWELS = frozenset("AEIOUY")


def numbers(letter: Letter, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Give what is wrong with numbers, symbols, spacing and abbreviations."""
    yield from _symbol(letter)
    yield from _agency(letter)
    for passage in passages:
        yield from _cited(passage)
    for path, _key, text in texts(letter):
        yield from _spacing(path, text)
    yield from _abbreviations([passage for passage in passages if passage.field == "body"])


def _symbol(letter: Letter) -> Iterator[Finding]:
    """Check the letter's own ký hiệu: TYPE-CQ, for a công văn CQ-ĐV (khoản 3, điểm b và c)."""
    symbol = letter.symbol
    whole = (0, len(symbol))
    if not symbol.strip():
        yield finding("KH", "symbol", whole, _("Thiếu ký hiệu văn bản"))
    elif re.search(r"\s", symbol):
        message = _("Giữa các nhóm chữ trong ký hiệu có gạch nối, không cách chữ")
        yield finding("NUM", "symbol", whole, message, re.sub(r"\s+", "", symbol))
    elif letter.kind is LetterKind.CONG_VAN:
        yield from _letter_symbol(symbol, whole)
    else:
        yield from _named_symbol(symbol, whole, CODES[letter.kind])


def _letter_symbol(symbol: str, whole: tuple[int, int]) -> Iterator[Finding]:
    first = symbol.split("-", maxsplit=1)[0]
    if first in words("codes") or re.search(r"\d{4}", symbol) or "/" in symbol:
        message = _("Ký hiệu công văn chỉ có chữ viết tắt cơ quan và đơn vị, không ghi tên loại và năm")
        yield finding("KH", "symbol", whole, message)
    elif "-" not in symbol:
        message = _("Ký hiệu công văn còn thiếu chữ viết tắt đơn vị soạn thảo hoặc lĩnh vực")
        yield finding("KH", "symbol", whole, message, level="warn")
    elif not expand(rf"{_GROUP}\d?(-{_GROUP}\d?)+").fullmatch(symbol):
        yield finding("NUM", "symbol", whole, _("Ký hiệu viết in hoa, các nhóm nối bằng gạch nối"))


def _named_symbol(symbol: str, whole: tuple[int, int], code: str) -> Iterator[Finding]:
    first, dash, rest = symbol.partition("-")
    if first != code:
        right = f"{code}-{rest}" if first.casefold() == code.casefold() and dash else ""
        message = _("Ký hiệu của loại văn bản này bắt đầu bằng {code}-").format(code=code)
        yield finding("KH", "symbol", whole, message, right)
    elif not expand(rf"{_GROUP}\d?(-{_GROUP}\d?)*").fullmatch(rest):
        yield finding("NUM", "symbol", whole, _("Ký hiệu viết in hoa, các nhóm nối bằng gạch nối"))


def _agency(letter: Letter) -> Iterator[Finding]:
    """Check that the issuing agency's name is whole; only its parent's may be shortened (khoản 2, điểm a)."""
    if not letter.agency.strip():
        yield finding("CQ", "agency", (0, 0), _("Thiếu tên cơ quan ban hành văn bản"))
    for match in re.finditer(r"[\w&.]+", letter.agency):
        word = match[0].upper().rstrip(".")
        short = word in words("common") or (len(word) > 1 and word.isalpha() and not _is_syllable(word))
        if "&" in word or (short and match[0].isupper()):
            message = _(
                "Tên cơ quan ban hành ghi đầy đủ; chỉ cơ quan chủ quản được viết tắt cụm từ thông dụng"
            )
            yield finding("CQ", "agency", match.span(), message, level="warn")


def _cited(passage: Passage) -> Iterator[Finding]:
    for match in expand(_CITED).finditer(passage.text):
        if " " in match[0]:
            message = _("Trong số, ký hiệu không có khoảng cách quanh dấu gạch chéo và gạch nối")
            right = re.sub(r"\s+", "", match[0])
            yield finding("NUM", passage.field, passage.span(*match.span()), message, right)
    for match in expand(_BARE).finditer(passage.text):
        lead = match[0][: match.start("no") - match.start()]
        right = f"{lead[0].upper()}{lead[1:]}số {match['no']}"
        message = _("Thiếu chữ “số” trước số, ký hiệu văn bản")
        yield finding("SO", passage.field, passage.span(*match.span()), message, right)
    for match in expand(_LOW).finditer(passage.text):
        message = _("Số văn bản nhỏ hơn 10 ghi thêm số 0 phía trước")
        span = passage.span(*match.span("no"))
        yield finding("NUM", passage.field, span, message, f"0{match['no']}", level="warn")


def _spacing(path: str, text: str) -> Iterator[Finding]:
    for match in _SPACES.finditer(text):
        yield finding("VT", path, match.span(), _("Thừa khoảng cách"), " ")
    for match in _SPACE_BEFORE.finditer(text):
        yield finding("VT", path, match.span(), _("Dấu câu viết liền với chữ đứng trước"), match[1])


def _abbreviations(body: Sequence[Passage]) -> Iterator[Finding]:
    """Give abbreviations that nobody explains: in brackets at their first place, or "viết tắt là"."""
    whole = "\n".join(passage.text for passage in body)
    seen = set(words("common"))
    for passage in body:
        text = expand(_CITED).sub(lambda found: "■" * len(found[0]), passage.text)
        for match in expand(_ACRONYM).finditer(text):
            word = match[0]
            if word in seen or _is_syllable(word) or re.fullmatch("[IVXLCDM]+", word):
                continue
            seen.add(word)
            told = f"({word})" in whole or f"là {word})" in whole or f"tắt là {word}" in whole
            if not told and passage.part is not Part.ROW and not passage.text.isupper():
                message = _("Chữ viết tắt “{word}” chưa được giải thích ở lần dùng đầu").format(word=word)
                yield finding("VT", passage.field, passage.span(*match.span()), message)


def _is_syllable(word: str) -> bool:
    """Whether a word in capitals can be spoken: what has no vowel is an abbreviation."""
    return not _VOWELS.isdisjoint(unicodedata.normalize("NFD", word))
