"""Vietnamese text from before Unicode (TCVN3 of the ABC fonts, VNI-Windows): recognised and given as Unicode."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spokesdesk.domain.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
# Letters that only Unicode text holds: a text with one of them is not in an old encoding.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_SYMBOL_FONT = re.compile("[\uf020-\uf0ff]")
_SIGNS = re.compile("[\u00a1-\u00bf\u00d7\u00f7]")
_LEAST = 2
_SURE = 0.8
_MOST_NOW = 0.5


@dataclass(frozen=True, slots=True)
class Encoding:
    """One old encoding (bảng mã).

    Attributes:
        id: "tcvn3" or "vni".
        name: as people call it.
        letters: Vietnamese letter → what Windows-1252 shows for it.
        fonts: names of the fonts that were made for it.
        upper_fonts: names of those that show small letters as capitals.
        codes: what Windows-1252 shows → Vietnamese letter.
        code: finds one code, the longest first.
    """

    id: str
    name: str
    letters: Mapping[str, str]
    fonts: re.Pattern[str]
    upper_fonts: re.Pattern[str] | None
    codes: Mapping[str, str]
    code: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in Unicode and the encodings that were found in it; none when it was Unicode already."""

    text: str
    encodings: tuple[Encoding, ...] = ()


def encodings_from(raw: Mapping[str, Any]) -> tuple[Encoding, ...]:
    """Give the encodings of ``resources/formats/legacy_encodings.toml``."""
    return tuple(_encoding(key, table) for key, table in raw.items() if isinstance(table, Mapping))


def _encoding(key: str, table: Mapping[str, Any]) -> Encoding:
    letters = {unicodedata.normalize("NFC", letter): code for letter, code in table["letters"].items()}
    longest_first = sorted(letters.values(), key=len, reverse=True)
    return Encoding(
        id=key,
        name=table["name"],
        letters=letters,
        fonts=re.compile(table["fonts"], re.IGNORECASE),
        upper_fonts=re.compile(table["upper_fonts"], re.IGNORECASE) if table["upper_fonts"] else None,
        codes={code: letter for letter, code in letters.items()},
        code=re.compile("|".join(map(re.escape, longest_first))),
    )


def of_font(font: str, encodings: Iterable[Encoding]) -> tuple[Encoding, bool] | None:
    """Give the encoding a font was made for, and whether it shows small letters as capitals; None for others."""
    for encoding in encodings:
        if encoding.fonts.fullmatch(font.strip()):
            upper = encoding.upper_fonts is not None and bool(encoding.upper_fonts.fullmatch(font.strip()))
            return encoding, upper
    return None


def is_unicode(text: str) -> bool:
    """Tell whether a text holds a Vietnamese letter that no old encoding has."""
    return bool(_UNICODE_ONLY.search(text))


def decode(text: str, encoding: Encoding, *, upper: bool = False) -> str:
    """Give a text of an old encoding in Unicode, NFC.

    Args:
        text: as Windows-1252 shows it; letters that some programs moved to a private range (U+F020–U+F0FF) count
            as the letters they stand for.
        upper: the font showed small letters as capitals.
    """
    plain = _SYMBOL_FONT.sub(lambda found: chr(ord(found[0]) - 0xF000), text)
    made = encoding.code.sub(lambda found: encoding.codes[found[0]], plain)
    return unicodedata.normalize("NFC", made.upper() if upper else made)


def encode(text: str, encoding: Encoding) -> str:
    """Give Unicode text in an old encoding; a letter it has no code for becomes the small one, else it stays."""
    letters = encoding.letters
    composed = unicodedata.normalize("NFC", text)
    return "".join(letters.get(char) or letters.get(char.lower(), char) for char in composed)


def guess(text: str, encodings: Sequence[Encoding]) -> Encoding | None:
    """Give the old encoding that a text is in, by its letters; None when it is Unicode or cannot be told.

    A text counts as old when read so nearly all its words become Vietnamese syllables, while as it stands most of
    its marked words are none. Two such words are the least that is believed.
    """
    if text.isascii() or is_unicode(text):
        return None
    composed = unicodedata.normalize("NFC", text)
    if is_unicode(composed):
        return None
    found = [(score, encoding) for encoding in encodings if (score := _score(composed, encoding)) >= _SURE]
    return max(found, key=lambda each: each[0])[1] if found else None


def _score(text: str, encoding: Encoding) -> float:
    """Give the share of words that reading a text in this encoding makes Vietnamese; 0 when it is no better."""
    marked = dict.fromkeys(word for word in text.split() if not word.isascii())
    turned = [(word, made) for word in marked if (made := decode(word, encoding)) != word]
    if len(turned) < _LEAST:
        return 0.0
    now = sum(_is_vietnamese(word) for word, _made in turned) / len(turned)
    read = sum(_is_vietnamese(made) for _word, made in turned) / len(turned)
    if now > _MOST_NOW or read < _SURE:
        return 0.0
    return min(read, _plain_share(text, encoding))


def _plain_share(text: str, encoding: Encoding) -> float:
    """Give the share of all words, marked or not, that are Vietnamese when read so; abbreviations do not count."""
    spoken = [word for word in _spoken(decode(text, encoding)) if not (word.isupper() and len(word) < 7)]
    if not spoken:
        return 1.0
    return sum(map(_syllable, spoken)) / len(spoken)


def _spoken(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_vietnamese(text: str) -> bool:
    """Tell whether all words of a text are syllables and no sign stands among them, as it does in old text."""
    words = _spoken(text)
    return bool(words) and not _SIGNS.search(text) and all(map(_syllable, words))


@lru_cache(maxsize=20_000)
def _syllable(word: str) -> bool:
    return is_syllable(word)


def to_unicode(text: str, encodings: Sequence[Encoding]) -> Converted:
    """Give a text in Unicode, line by line: a line of an old encoding may stand beside one in Unicode.

    Args:
        text: any text; lines parted by LF.
        encodings: the ones to look for.

    Returns:
        The text, with what was found. Lines that are Unicode, or too short to tell, follow the rest of the text only
        where that makes every marked word Vietnamese.
    """
    if text.isascii():
        return Converted(text)
    whole = guess("\n".join(line for line in text.split("\n") if not is_unicode(line)), encodings)
    lines, found = [], []
    for line in text.split("\n"):
        encoding = guess(line, encodings)
        if encoding is None and whole is not None and follows(line, whole):
            encoding = whole
        if encoding is not None and encoding not in found:
            found.append(encoding)
        lines.append(decode(line, encoding) if encoding else line)
    return Converted("\n".join(lines), tuple(found))


def follows(line: str, encoding: Encoding) -> bool:
    """Tell whether a line, too short to tell by itself, is in the encoding of the text around it."""
    if line.isascii() or is_unicode(line):
        return False
    marked = [word for word in line.split() if not word.isascii()]
    read = [word for word in marked if decode(word, encoding) != word]
    return bool(read) and all(_fits(word, encoding) for word in read)


def _fits(word: str, encoding: Encoding) -> bool:
    made = decode(word, encoding)
    return all(map(_syllable, _spoken(made))) and not (_is_vietnamese(word))
