"""The letter file (TOML, format 1): reading and writing a paper as people keep and exchange it."""

import re
import tomllib
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import tomli_w

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import Annex, Footer, Letter, LetterKind, Signer, Urgency, check, tidied

_MOST = 20_000_000
_TEXT, _NUMBER, _TEXTS, _YES, _DAY = "chuỗi", "số nguyên", "danh sách chuỗi", "true/false", "ngày"
_TABLE, _TABLES = "bảng", "danh sách bảng"
_LETTER_KEYS = {
    **dict.fromkeys(("parent_agency", "agency", "symbol", "place", "subject", "circulation"), _TEXT),
    **dict.fromkeys(("body", "archive", "drafter", "agency_name"), _TEXT),
    **dict.fromkeys(("number", "size", "copies"), _NUMBER),
    **dict.fromkeys(("addressees", "legal_bases", "recipients"), _TEXTS),
}
_SIGNER_KEYS = {"authority": _TEXTS, "name": _TEXT}
_ANNEX_KEYS = {"title": _TEXT, "body": _TEXT, "landscape": _YES}
_CONTACT_KEYS = dict.fromkeys(("address", "phone", "fax", "email", "website"), _TEXT)
_OTHER_KEYS = frozenset({"kind", "date", "urgency", "signers", "annexes", "contact"})


def read_letter(text: str) -> Letter:
    """Read a letter file.

    Args:
        text: TOML in any Unicode normal form.

    Returns:
        The letter, its texts in NFC, already checked (``domain.letters.check``).

    Raises:
        UserError: not TOML; an unknown key; a value of a wrong type; a value beyond a field's limits. ``field``
            names the key.
    """
    if len(text) > _MOST:
        raise UserError("letter_file_too_big", most=_MOST, length=len(text))
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("letter_not_toml", field=_key_at(text, str(error)), detail=str(error)) from error
    for key in raw:
        if key not in _LETTER_KEYS and key not in _OTHER_KEYS:
            raise UserError("letter_key_unknown", field=key, key=key)
    letter = tidied(_letter(raw))
    check(letter)
    return letter


def _key_at(text: str, detail: str) -> str | None:
    """Give the key on the line that the reader names; None where it names none."""
    named = re.search(r"at line (\d+)", detail)
    lines = text.split("\n")
    if named is None or int(named[1]) > len(lines):
        return None
    key = re.match(r"\s*([A-Za-z_]+)\s*=", lines[int(named[1]) - 1])
    return key[1] if key else None


def write_letter(letter: Letter) -> str:
    """Give a letter as TOML; reading it again gives an equal letter. Empty fields are left out."""
    raw: dict[str, Any] = {}
    for key in fields(letter):
        value = _plain(getattr(letter, key.name))
        if value not in (None, "", []):
            raw["date" if key.name == "date_on" else key.name] = value
    return tomli_w.dumps(raw, multiline_strings=True)


def _plain(value: object) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Signer | Annex | Footer):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return value


def _letter(raw: dict[str, Any]) -> Letter:
    if "kind" not in raw:
        raise UserError("letter_kind_missing", field="kind", allowed=", ".join(LetterKind))
    values: dict[str, Any] = {
        key: _typed(key, raw[key], kind) for key, kind in _LETTER_KEYS.items() if key in raw
    }
    values["kind"] = _choice("kind", raw["kind"], LetterKind)
    if "urgency" in raw:
        values["urgency"] = _choice("urgency", raw["urgency"], Urgency)
    if "date" in raw:
        values["date_on"] = _day(raw["date"])
    if "contact" in raw:
        values["contact"] = Footer(**_table("contact", raw["contact"], _CONTACT_KEYS))
    values["signers"] = tuple(Signer(**item) for item in _tables("signers", raw, _SIGNER_KEYS))
    values["annexes"] = tuple(Annex(**item) for item in _tables("annexes", raw, _ANNEX_KEYS))
    return Letter(**values)


def _tables(key: str, raw: dict[str, Any], keys: dict[str, str]) -> list[dict[str, Any]]:
    items = raw.get(key, [])
    if not isinstance(items, list):
        raise UserError("letter_key_type", field=key, key=key, expected=_TABLES)
    return [_table(f"{key}.{at}", item, keys) for at, item in enumerate(items, 1)]


def _table(path: str, raw: object, keys: dict[str, str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise UserError("letter_key_type", field=path, key=path, expected=_TABLE)
    for key in raw:
        if key not in keys:
            raise UserError("letter_key_unknown", field=f"{path}.{key}", key=f"{path}.{key}")
    return {key: _typed(f"{path}.{key}", value, keys[key]) for key, value in raw.items()}


def _typed(path: str, value: object, expected: str) -> object:
    fits = {
        _TEXT: isinstance(value, str),
        _NUMBER: isinstance(value, int) and not isinstance(value, bool),
        _YES: isinstance(value, bool),
        _TEXTS: isinstance(value, list) and all(isinstance(item, str) for item in value),
    }[expected]
    if not fits:
        raise UserError("letter_key_type", field=path, key=path, expected=expected)
    return tuple(value) if isinstance(value, list) else value


def _choice(path: str, value: object, kind: type[LetterKind] | type[Urgency]) -> LetterKind | Urgency:
    if not isinstance(value, str):
        raise UserError("letter_key_type", field=path, key=path, expected=_TEXT)
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(kind)
        raise UserError("letter_value_unknown", field=path, key=path, value=value, allowed=allowed) from None


def _day(value: object) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UserError("letter_date_bad", field="date", value=value[:40]) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise UserError("letter_key_type", field="date", key="date", expected=_DAY)
