"""Vietnamese text: normal form, search form, cleaning of what people type, name order, dates in words."""

import re
import unicodedata
from datetime import date

from spokesdesk.domain.errors import UserError

# Bidirectional controls can make a printed name read differently from the stored one.
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Text copied from web pages is full of these; they show nothing and break search, so they are dropped.
INVISIBLE = "\u00ad\u200b\u2060\ufeff"

_NEWLINES = {ord("\x85"): "\n", ord("\u2028"): "\n", ord("\u2029"): "\n", ord("\v"): "\n", ord("\f"): "\n"}
_DROP_INVISIBLE: dict[int, str | int | None] = {**dict.fromkeys(map(ord, INVISIBLE)), **_NEWLINES}
_CONTROLS = frozenset(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t")
# Half of a surrogate pair cannot be written as UTF-8.
_FORBIDDEN = _CONTROLS | BIDI | frozenset(map(chr, range(0xD800, 0xE000)))
_FOLDED_AWAY = re.compile(f"[\u0300-\u036f{INVISIBLE}]+")


def nfc(text: str) -> str:
    """Give the text in NFC, the only form that is stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Give the search form of a text: lower case, no marks, đ as d, single spaces.

    ``Tuổi Trẻ`` → ``tuoi tre``; *hoà* and *hòa*, NFC and NFD fold alike because every mark is dropped.

    Args:
        text: any text.

    Returns:
        Text without combining marks, without leading, trailing or double spaces.
    """
    lower = text.lower()
    if not lower.isascii():
        lower = _FOLDED_AWAY.sub("", unicodedata.normalize("NFD", lower)).replace("đ", "d")
    return " ".join(lower.split())


def words_match(query: str, *texts: str) -> bool:
    """Tell whether every word of the query begins some word of the texts, accents and case aside.

    Args:
        query: what was typed; an empty query matches everything.
        texts: the fields searched together; the words may sit in different fields.
    """
    words = [word for text in texts for word in _words(text)]
    return all(any(word.startswith(part) for word in words) for part in _words(query))


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()


def clean_line(text: str, *, field: str, limit: int, required: bool = False) -> str:
    """Give what was typed into a one-line field, ready to be stored.

    Line breaks and tabs (from pasting) become spaces; invisible characters from web pages are dropped.

    Args:
        text: what was typed or pasted.
        field: name of the field, for the error.
        limit: greatest length in characters, after normalising.
        required: an empty text is an error.

    Returns:
        NFC text on one line without spaces at its ends.

    Raises:
        UserError: ``text_too_long``, ``text_bidi``, ``text_control`` or ``text_required``, naming the field.
    """
    cleaned = " ".join(part.strip() for part in _checked(text, field, limit).replace("\t", " ").split("\n"))
    return _measured(cleaned.strip(), field, limit, required)


def clean_text(text: str, *, field: str, limit: int, required: bool = False) -> str:
    """Give what was typed into a field of several lines, ready to be stored.

    Args:
        text: what was typed or pasted; any kind of line break.
        field: name of the field, for the error.
        limit: greatest length in characters, after normalising.
        required: an empty text is an error.

    Returns:
        NFC text, lines parted by LF, tabs as spaces, no spaces at the ends of lines or of the text.

    Raises:
        UserError: ``text_too_long``, ``text_bidi``, ``text_control`` or ``text_required``, naming the field.
    """
    lines = _checked(text, field, limit).replace("\t", " ").split("\n")
    return _measured("\n".join(line.rstrip() for line in lines).strip(), field, limit, required)


def _checked(text: str, field: str, limit: int) -> str:
    # A decomposed Vietnamese letter is at most three characters, so beyond this nothing can fit: a paste of
    # ten megabytes is refused before any work is done on it.
    if len(text) > 4 * limit + 1000:
        raise UserError("text_too_long", field=field, limit=limit, length=len(text))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROP_INVISIBLE)
    if _FORBIDDEN.isdisjoint(plain):
        return nfc(plain)
    at, char = next((at, char) for at, char in enumerate(plain, start=1) if char in _FORBIDDEN)
    code = "text_bidi" if char in BIDI else "text_control"
    raise UserError(code, field=field, char=f"U+{ord(char):04X}", at=at)


def _measured(text: str, field: str, limit: int, required: bool) -> str:
    if len(text) > limit:
        raise UserError("text_too_long", field=field, limit=limit, length=len(text))
    if required and not text:
        raise UserError("text_required", field=field)
    return text


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def given_name_key(name: str) -> str:
    """Give the sort key of a person's name: by given name (the last word), then by the rest.

    Letters follow the Vietnamese alphabet (a ă â … d đ e ê …); tones count only between equal letters, in
    dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng.

    Args:
        name: a full name as written, family name first.

    Returns:
        An ASCII string whose plain order is the order of names, in Python and in SQL alike.
    """
    words = name.lower().split()
    return " ".join(_word_key(word) for word in words[-1:] + words[:-1])


def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = "0"
    base = ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONE_RANK:
            tone = _TONE_RANK[char]
            continue
        joined = unicodedata.normalize("NFC", base + char) if unicodedata.combining(char) and base else ""
        if joined in _LETTER_RANK:
            letters[-1] = _LETTER_RANK[joined]
        elif not unicodedata.combining(char):
            letters.append(_LETTER_RANK.get(char) or (char if char.isdecimal() and char.isascii() else ""))
            base = char
    return f"{''.join(letters)} {tone}"


_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
_NOT_IN_NAMES = frozenset('/\\<>:"|?*')
_NAME_CHARS = 120
_NAME_BYTES = 240


def safe_file_name(name: str, *, otherwise: str = "tep") -> str:
    """Give a file name that is one plain name on Windows and Linux, close to the one wanted.

    Args:
        name: any text, perhaps a path or a name from outside.
        otherwise: the name when nothing usable is left.

    Returns:
        NFC, at most 120 characters (and 240 bytes), no separators, no reserved name, extension kept.
    """
    visible = nfc(name).translate(_DROP_INVISIBLE)
    plain = "".join("-" if char in _NOT_IN_NAMES else char for char in visible if _may_be_named(char))
    plain = " ".join(plain.split()).strip(". ").lstrip("-. ")
    stem, dot, extension = plain.rpartition(".")
    if not dot or not stem or len(extension) > 16 or not extension.isalnum():
        stem, dot, extension = plain, "", ""
    stem = stem[: _NAME_CHARS - len(dot + extension)]
    while len((stem + dot + extension).encode()) > _NAME_BYTES:
        stem = stem[:-1]
    stem = stem.rstrip(". ") or otherwise
    if stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    return stem + dot + extension


def _may_be_named(char: str) -> bool:
    return char in "\n\t" or char not in _FORBIDDEN


def vn_date(on: date) -> str:
    """Give a date as official papers write it: ``ngày 05 tháng 01 năm 2026``.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.4 (days under 10 and months 1, 2 get a zero in front).
    """
    return f"ngày {on.day:02d} tháng {_month(on)} năm {on.year}"


def short_date(on: date) -> str:
    """Give a date in short form with the same padding: ``22/11/2026``, ``05/9/2018``."""
    return f"{on.day:02d}/{_month(on)}/{on.year}"


def _month(on: date) -> str:
    return f"{on.month:02d}" if on.month <= 2 else str(on.month)


def unmarked(text: str) -> str:
    """Give typed text so that the letter format reads it as it stands: its marks are escaped."""
    return re.sub(r"([*|#\\])", r"\\\1", text)
