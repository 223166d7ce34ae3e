"""A paper as it is written: the fields of letter format 1, their limits, and what may stand in them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from spokesdesk.domain.errors import UserError


class LetterKind(StrEnum):
    """Kind of paper (loại văn bản), as written in a letter file."""

    CONG_VAN = "cong-van"
    THONG_CAO_BAO_CHI = "thong-cao-bao-chi"
    BAO_CAO = "bao-cao"
    GIAY_MOI = "giay-moi"
    GIAY_UY_QUYEN = "giay-uy-quyen"
    BIEN_BAN = "bien-ban"
    KE_HOACH = "ke-hoach"
    THONG_BAO = "thong-bao"
    TO_TRINH = "to-trinh"


class Urgency(StrEnum):
    """Degree of urgency (mức độ khẩn)."""

    KHAN = "khan"
    THUONG_KHAN = "thuong-khan"
    HOA_TOC = "hoa-toc"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: lines of authority and post (quyền hạn, chức vụ), and the name (họ tên)."""

    authority: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (phụ lục) with its own page numbers."""

    title: str = ""
    body: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """Address line of the agency at the foot of page 1 (ô số 13); key ``contact`` in a letter file."""

    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper's content, complete or still being written.

    Attributes:
        parent_agency: cơ quan chủ quản; empty when there is none.
        agency: cơ quan ban hành.
        number: absent in a draft.
        symbol: what follows the slash in "Số: 01/…" (ký hiệu).
        place: địa danh.
        date_on: key ``date`` in a letter file; absent in a draft.
        subject: trích yếu, without "V/v".
        addressees: Kính gửi; each without closing ``;`` or ``.``.
        size: body size in points, 13 or 14.
        body: text in the letter format's markup (``domain.blocks`` reads it).
        recipients: Nơi nhận, without the archive line.
        archive: what follows "Lưu: ".
        drafter: ký hiệu người soạn thảo.
        copies: số lượng bản phát hành.
        contact: address line at the foot of page 1; absent when not wanted.
        agency_name: the agency's name in ordinary case, for the reference line of annexes.
    """

    kind: LetterKind
    parent_agency: str = ""
    agency: str = ""
    number: int | None = None
    symbol: str = ""
    place: str = ""
    date_on: date | None = None
    subject: str = ""
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    urgency: Urgency | None = None
    circulation: str = ""
    size: int = 14
    body: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = ""
    drafter: str = ""
    copies: int | None = None
    signers: tuple[Signer, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contact: Footer | None = None
    agency_name: str = ""


@dataclass(frozen=True, slots=True)
class TextLimit:
    """How much one text field may hold.

    Attributes:
        label: the field's name as a Vietnamese reader knows it.
        most: greatest number of characters.
        items: greatest number of entries, for a list.
        lines: whether line breaks may stand in it.
    """

    label: str
    most: int
    items: int = 1
    lines: bool = False


LIMITS: dict[str, TextLimit] = {
    "parent_agency": TextLimit("Cơ quan chủ quản", 200),
    "agency": TextLimit("Cơ quan ban hành", 200),
    "agency_name": TextLimit("Tên cơ quan", 200),
    "symbol": TextLimit("Ký hiệu", 30),
    "place": TextLimit("Địa danh", 100),
    "subject": TextLimit("Trích yếu", 500),
    "addressees": TextLimit("Kính gửi", 300, items=100),
    "legal_bases": TextLimit("Căn cứ", 1_000, items=50),
    "circulation": TextLimit("Phạm vi lưu hành", 40),
    "body": TextLimit("Nội dung", 500_000, lines=True),
    "recipients": TextLimit("Nơi nhận", 300, items=100),
    "archive": TextLimit("Lưu", 100),
    "drafter": TextLimit("Ký hiệu người soạn thảo", 20),
    "signers": TextLimit("Người ký", 100, items=2),
    "signers.authority": TextLimit("Quyền hạn, chức vụ", 100, items=4),
    "signers.name": TextLimit("Họ tên người ký", 50),
    "annexes": TextLimit("Phụ lục", 500, items=30),
    "annexes.title": TextLimit("Tên phụ lục", 500),
    "annexes.body": TextLimit("Nội dung phụ lục", 500_000, lines=True),
    "contact.address": TextLimit("Địa chỉ", 200),
    "contact.phone": TextLimit("Điện thoại", 60),
    "contact.fax": TextLimit("Fax", 60),
    "contact.email": TextLimit("Thư điện tử", 100),
    "contact.website": TextLimit("Trang tin điện tử", 200),
}
SIZES = (13, 14)
MOST_NUMBER = 99_999_999_999
MOST_COPIES = 99_999
FIRST_DAY, LAST_DAY = date(1945, 9, 2), date(2099, 12, 31)
# Invisible marks that a paste from a web page brings along and that mean nothing on paper.
_DROPPED = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_PLAIN = dict.fromkeys((0xA0, 0x2007, 0x202F), " ") | dict.fromkeys((0x2010, 0x2011), "-")
_BREAKS = {0x2028: "\n", 0x2029: "\n\n", 0x85: "\n"}
_TIDY = {**_DROPPED, **_PLAIN, **_BREAKS}
_UNTIDY = re.compile("[\r" + "".join(map(chr, _TIDY)) + "]")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Marks that turn the direction, controls, halves of pairs, private use, and the two non-characters of each plane,
# which XML cannot hold.
_REFUSED = re.compile(
    "["
    + "".join(sorted(_TURNING))
    + "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)


def tidy(text: str) -> str:
    r"""Give text as papers hold it: NFC, ``\n`` line ends, plain spaces and hyphens, no invisible marks."""
    if _UNTIDY.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TIDY)
    return unicodedata.normalize("NFC", text)


def texts(letter: Letter) -> Iterator[tuple[str, str, str]]:
    """Give every text of a letter.

    Yields:
        Path of the field as in a letter file ("signers.1.name"), key into ``LIMITS``, text.
    """
    for key in fields(letter):
        yield from _texts_of(key.name, key.name, getattr(letter, key.name))


def place_of(letter: Letter, part: str) -> str | None:
    """Give the path of the first text that holds a part, as in a letter file; None when none does."""
    return next((path for path, _key, text in texts(letter) if part in text), None)


def _texts_of(path: str, key: str, value: object) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        yield path, key, value
    elif isinstance(value, tuple):
        for at, item in enumerate(value, 1):
            yield from _texts_of(f"{path}.{at}", key, item)
    elif isinstance(value, Signer | Annex | Footer):
        for part in fields(value):
            yield from _texts_of(f"{path}.{part.name}", f"{key}.{part.name}", getattr(value, part.name))


def tidied(letter: Letter) -> Letter:
    """Give the same letter with every text tidied (see ``tidy``)."""
    new = {key.name: _tidied(getattr(letter, key.name)) for key in fields(letter)}
    return replace(letter, **new)  # type: ignore[arg-type]


def _tidied(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return tidy(value)
    if isinstance(value, tuple):
        return tuple(_tidied(item) for item in value)
    if isinstance(value, Signer | Annex | Footer):
        new = {part.name: _tidied(getattr(value, part.name)) for part in fields(value)}
        return replace(value, **new)  # type: ignore[arg-type]
    return value


def check(letter: Letter) -> None:
    """Refuse what no paper can hold; a letter still being written (empty fields) passes.

    Args:
        letter: any letter.

    Raises:
        UserError: ``letter_text_too_long``, ``letter_too_many``, ``letter_line_break``, ``letter_mark_refused``,
            ``letter_size``, ``letter_number_range``, ``letter_date_range``; ``field`` is the path of the field in
            a letter file.
    """
    if letter.size not in SIZES:
        raise UserError("letter_size", field="size", size=letter.size)
    _check_number("number", "Số", letter.number, MOST_NUMBER)
    _check_number("copies", "Số lượng bản", letter.copies, MOST_COPIES)
    if letter.date_on is not None and not FIRST_DAY <= letter.date_on <= LAST_DAY:
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise UserError("letter_date_range", field="date", **years)
    _check_counts(letter)
    for path, key, text in texts(letter):
        _check_text(path, LIMITS[key], text)


def check_complete(letter: Letter) -> None:
    """Refuse a letter that lacks what its kind cannot go out without.

    Raises:
        UserError: ``letter_field_missing`` for an empty agency or body; ``letter_two_signers`` for minutes.
    """
    for name in ("agency", "body"):
        if not getattr(letter, name).strip():
            raise UserError("letter_field_missing", field=name, key=name, name=LIMITS[name].label)
    if letter.kind is LetterKind.BIEN_BAN and len(letter.signers) != 2:
        raise UserError("letter_two_signers", field="signers")


def _check_number(path: str, label: str, value: int | None, most: int) -> None:
    if value is not None and not 1 <= value <= most:
        raise UserError("letter_number_range", field=path, key=path, name=label, most=most)


def _check_counts(letter: Letter) -> None:
    for name in ("addressees", "legal_bases", "recipients", "signers", "annexes"):
        _check_count(name, LIMITS[name], len(getattr(letter, name)))
    for at, signer in enumerate(letter.signers, 1):
        _check_count(f"signers.{at}.authority", LIMITS["signers.authority"], len(signer.authority))


def _check_count(path: str, limit: TextLimit, count: int) -> None:
    if count > limit.items:
        raise UserError(
            "letter_too_many", field=path, key=path, name=limit.label, most=limit.items, count=count
        )


def _check_text(path: str, limit: TextLimit, text: str) -> None:
    if len(text) > limit.most:
        size = {"key": path, "most": limit.most, "length": len(text)}
        raise UserError("letter_text_too_long", field=path, name=limit.label, **size)
    if not limit.lines and not {"\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"}.isdisjoint(text):
        raise UserError("letter_line_break", field=path, key=path, name=limit.label)
    # Of what can be printed nothing is refused: looked at once at every key, a long text is soon passed.
    if text.replace("\n", " ").isprintable():
        return
    refused = _REFUSED.search(text)
    if refused is not None:
        code, at = f"U+{ord(refused[0]):04X}", refused.start() + 1
        raise UserError("letter_mark_refused", field=path, key=path, name=limit.label, mark=code, position=at)
