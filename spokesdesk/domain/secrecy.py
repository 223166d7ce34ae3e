"""Marks of secrecy (dấu độ mật): found in anything typed, so that it stops before the disk.

A mark is a whole word in capitals. It is found in NFD, with invisible characters inside, letter-spaced as in old
headings, and in the old encodings (TCVN3, VNI) in which a heading of then still comes out of the clipboard;
*bí mật* and *bảo mật* are ordinary words in small letters and in capitals alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.legacy_text import Encoding, decode, encode

# Without one of these no text holds Ậ in any form, composed or not: nearly every text is done here.
_HINT = "[ẬÂẠ\u0302\u0323]"
# Some programs moved the letters of old fonts to this range.
_MOVED = 0xF000
# Shown as nothing: format characters, joiners, variation selectors, controls that are no white space.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Marks that belong to no Vietnamese letter and only strike through or decorate.
_STRAY = re.compile("[\u0300-\u036f]")
_LETTER = r"[^\W\d_]"
_GAP = r"[\s._·*\-]"
_WORD = re.compile(f"{_LETTER}+")
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class SecrecyLaw:
    """What the law forbids in a period; ``to_on`` None while in force."""

    from_on: date
    to_on: date | None
    citation: str
    ban: str


@dataclass(frozen=True, slots=True)
class Secrecy:
    """The marks, the ordinary words that hold them, and the law of each period.

    Attributes:
        marks: in capitals, longer ones before those they end with.
        ordinary_before: words that make an ordinary compound with a one-word mark after them (BÍ, BẢO).
        ordinary_after: words that make one before them (KHẨU).
        encodings: from before Unicode, in which a text may be as well.
    """

    marks: tuple[str, ...]
    ordinary_before: tuple[str, ...]
    ordinary_after: tuple[str, ...]
    laws: tuple[SecrecyLaw, ...]
    encodings: tuple[Encoding, ...] = ()
    _sign: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _hint: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _old_hints: tuple[re.Pattern[str], ...] = field(init=False, repr=False, compare=False)
    _finder: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _before: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _after: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        edge, end = f"(?<!{_LETTER})", f"(?!{_LETTER})"
        marks = "|".join(f"(?P<m{at}>{_spaced(mark)})" for at, mark in enumerate(self.marks))
        before = "|".join(map(_spaced, self.ordinary_before)) or r"(?!)"
        after = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in self.ordinary_after) or r"(?!)"
        old = [_old_hint(encoding) for encoding in self.encodings]
        signs = "".join(_old_sign(encoding) for encoding in self.encodings)
        object.__setattr__(self, "_sign", re.compile(f"{_HINT[:-1]}{signs}]"))
        object.__setattr__(self, "_hint", re.compile("|".join([_HINT, *old])))
        object.__setattr__(self, "_old_hints", tuple(map(re.compile, old)))
        object.__setattr__(self, "_finder", re.compile(f"{edge}(?:{marks}){end}"))
        object.__setattr__(self, "_before", re.compile(rf"{edge}(?:{before}){_GAP}*\Z"))
        object.__setattr__(self, "_after", re.compile(rf"[ \-](?:{after}){end}"))

    def mark_in(self, text: str) -> str:
        """Give the first mark of secrecy in a text, in its usual form (``TỐI MẬT``); "" when there is none."""
        if not self.may_hold(text):
            return ""
        for reading in self._readings(_HIDDEN.sub("", text)):
            plain = _STRAY.sub("", unicodedata.normalize("NFKC", reading))
            for found in self._finder.finditer(plain):
                mark = self.marks[int(str(found.lastgroup)[1:])]
                if " " in mark or not self._is_ordinary(plain, found):
                    return mark
        return ""

    def may_hold(self, text: str) -> bool:
        """Tell at once of nearly every text that it holds no mark."""
        # One set of letters is looked for many times faster than what they stand in.
        return self._sign.search(text) is not None and self._hint.search(text) is not None

    def law_on(self, day: date) -> SecrecyLaw:
        """Give the law of a day; of a day before them all, the first."""
        valid = [law for law in self.laws if law.from_on <= day and (law.to_on is None or day <= law.to_on)]
        return valid[-1] if valid else self.laws[0]

    def require_unmarked(self, value: object, day: date, field: str = "") -> None:
        """Refuse what bears a mark of secrecy; nothing of it may be written.

        Args:
            value: a text, or mappings and lists of texts as forms hold them; the key of a mapping names the field.
            day: today, for the citation.
            field: what the value is called, when it is no mapping.

        Raises:
            UserError: ``secret_marked`` with the mark and the law; never the text.

        Source:
            Luật 117/2025/QH15, Điều 5 khoản 2; before it Luật 29/2018/QH14, Điều 5 khoản 5.
        """
        for name, text in _texts(value, field):
            mark = self.mark_in(text)
            if mark:
                law = self.law_on(day)
                raise UserError("secret_marked", field=name, mark=mark, ban=law.ban, citation=law.citation)

    def _readings(self, text: str) -> Iterator[str]:
        """Give a text as it stands, and as it reads in each old encoding that it may be in."""
        yield text
        for encoding, hint in zip(self.encodings, self._old_hints, strict=True):
            if hint.search(text):
                yield _WORD.sub(_in_capitals, decode(text, encoding))

    def _is_ordinary(self, plain: str, found: "re.Match[str]") -> bool:
        before = plain[max(0, found.start() - _CONTEXT) : found.start()]
        return bool(self._before.search(before) or self._after.match(plain, found.end()))


def parse_secrecy(content: Mapping[str, object], encodings: tuple[Encoding, ...] = ()) -> Secrecy:
    """Give the marks and laws of the data file; raises KeyError, TypeError where it is malformed.

    Args:
        encodings: old ones, in which marks are looked for as well.
    """

    def texts(name: str) -> tuple[str, ...]:
        listed = content[name]
        if not isinstance(listed, list):
            raise TypeError(name)
        return tuple(map(str, listed))

    laws = content["law"]
    if not isinstance(laws, list) or not laws:
        raise TypeError("law")
    dated = tuple(SecrecyLaw(law["from"], law.get("to"), law["citation"], law["ban"]) for law in laws)
    return Secrecy(texts("marks"), texts("ordinary_before"), texts("ordinary_after"), dated, encodings)


def _old_hint(encoding: Encoding) -> str:
    """Give the pattern without which no text of an old encoding holds Ậ."""
    codes = dict.fromkeys(encode(letter, encoding) for letter in "Ậậ")
    return "|".join("".join(f"[{char}{chr(_MOVED + ord(char))}]" for char in code) for code in codes)


def _old_sign(encoding: Encoding) -> str:
    """Give the letters of which every text that ``_old_hint`` finds holds one: those that its patterns end with."""
    ends = {encode(letter, encoding)[-1] for letter in "Ậậ"}
    return "".join(re.escape(char) + chr(_MOVED + ord(char)) for char in sorted(ends))


def _in_capitals(word: "re.Match[str]") -> str:
    """Give a word in capitals when its plain letters are: the old encodings have no capitals with tones."""
    plain = [char for char in word[0] if char.isascii()]
    is_capital = all(char.isupper() for char in plain) and (bool(plain) or len(word[0]) == 1)
    return word[0].upper() if is_capital else word[0]


def _spaced(words: str) -> str:
    """Give the pattern of words whose letters may be set apart."""
    return f"{_GAP}*".join(
        f"{_GAP}{{0,3}}".join(map(re.escape, unicodedata.normalize("NFC", word))) for word in words.split()
    )


def _texts(value: object, field: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, field or str(key))
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _texts(part, field)
