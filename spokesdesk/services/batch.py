"""Mail merge (trộn thư): one letter to everybody on a list, each as PDF and .docx in a folder."""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from spokesdesk.domain.errors import DeskError, OutsideError, UserError
from spokesdesk.domain.letters import Annex, Footer, Letter, Signer, check, check_complete
from spokesdesk.domain.text import clean_line, fold, safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.services.papers import render
from spokesdesk.services.secrecy import require_unmarked
from spokesdesk.services.writing import write_whole

MOST_ROWS = 5_000
MOST_BYTES = 20_000_000
VALUE_LIMIT = 500
# Heads of columns as offices write them, folded.
HEADS = {
    "ten": "name",
    "ten co quan": "name",
    "co quan bao chi": "name",
    "chuc danh": "head_title",
    "chuc danh nguoi dung dau": "head_title",
    "dia chi": "address",
}
# A row with more cells than the list has heads.
_TOO_LONG = "\0"
_PLACE = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a batch left behind: how many letters of how many, and whether it was stopped."""

    folder: Path
    done: int
    total: int
    is_cancelled: bool


def read_rows(data: bytes, name: str) -> tuple[Row, ...]:
    """Read a list of receivers.

    Args:
        data: CSV (comma, semicolon or tab; the first line heads the columns) or TOML (``[[outlets]]`` tables), UTF-8.
        name: the file's name; its ending says which.

    Returns:
        One mapping a row: ``name``, ``head_title``, ``address`` and whatever other columns there are; on one line.

    Raises:
        UserError: ``batch_list_form``, ``batch_too_many``, ``batch_row``.
    """
    return tuple(clean_row(at, raw) for at, raw in enumerate(raw_rows(data, name), 1))


def raw_rows(data: bytes, name: str) -> tuple[Mapping[str, object], ...]:
    """Give the rows of a list as they stand in it; raises like ``read_rows``, but for what is in a row."""
    try:
        text = data[: MOST_BYTES + 1].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("file_unreadable", field="list", path=name) from error
    rows = tuple(_from_toml(text) if name.lower().endswith(".toml") else _from_csv(text))
    if len(data) > MOST_BYTES or len(rows) > MOST_ROWS:
        raise UserError("batch_too_many", field="list", limit=MOST_ROWS)
    if not rows:
        raise UserError("batch_list_form", field="list")
    return rows


def merge(
    letter: Letter,
    rows: Sequence[Row],
    folder: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Merged:
    """Render one letter for each row; ``{{name}}`` and the like in the letter's texts stand for the row's columns.

    Every letter is checked before the first file is written. A letter without addressees is addressed to the head
    of each outlet. Each file is whole or not there; stopping leaves what was done.

    Args:
        folder: empty, or made here.
        progress: told after each letter how many of how many are done.
        is_cancelled: asked before each letter.

    Raises:
        UserError: ``batch_key_unknown``, ``batch_row``, or what ``render`` refuses.
        OutsideError: ``batch_folder_full``, ``file_unwritable``; what was done stays.
    """
    addressed = addressed_to_each(letter)
    check_keys(addressed, rows)
    for at, row in enumerate(rows, 1):
        checked_row(at, addressed, row)
    prepare(folder)
    width = max(3, len(str(len(rows))))
    for done, row in enumerate(rows):
        if is_cancelled():
            return Merged(folder, done, len(rows), is_cancelled=True)
        made = render(filled(addressed, row))
        stem = f"{done + 1:0{width}d}_{file_stem(row['name'])}"
        write_whole(folder / safe_file_name(f"{stem}.docx"), made.docx)
        write_whole(folder / safe_file_name(f"{stem}.pdf"), made.pdf)
        progress(done + 1, len(rows))
    return Merged(folder, len(rows), len(rows), is_cancelled=False)


def addressed_to_each(letter: Letter) -> Letter:
    """Give a letter that names nobody as one to the head of each outlet."""
    return letter if letter.addressees else replace(letter, addressees=("{{head_title}} {{name}}",))


def filled(letter: Letter, row: Row) -> Letter:
    """Give the letter to one receiver; what the row says is text, never markup."""
    new = {
        part.name: _filled(getattr(letter, part.name), row, part.name == "body") for part in fields(letter)
    }
    return replace(letter, **new)


def file_stem(name: str) -> str:
    """Give a receiver's name for a file: ``bao-tuoi-tre``; no sign that a program could take for a command."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:60].strip("-") or "noi-nhan"


def _from_toml(text: str) -> Iterator[Mapping[str, object]]:
    try:
        raw = tomllib.loads(text).get("outlets")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("toml_broken", field="list", where=str(error)) from error
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise UserError("batch_list_form", field="list")
    yield from raw


def _from_csv(text: str) -> Iterator[Mapping[str, object]]:
    head = text.split("\n", 1)[0]
    delimiter = max(";\t,", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UserError("batch_list_form", field="list") from error
    keys = [_key(cell) for cell in rows[0]] if rows else []
    if "name" not in keys or len(set(keys)) != len(keys):
        raise UserError("batch_list_form", field="list")
    for cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(keys):
            yield {_TOO_LONG: ""}
            continue
        yield dict(zip(keys, [*cells, *[""] * (len(keys) - len(cells))], strict=True))


def _key(cell: str) -> str:
    plain = " ".join(cell.split())
    return HEADS.get(fold(plain), plain)


def clean_row(at: int, raw: Mapping[str, object]) -> Row:
    """Give a row of a list, clean; raises UserError("batch_row")."""
    if _TOO_LONG in raw:
        raise UserError("batch_row", field="list", row=at, reason=word(UserError("batch_list_form")))
    try:
        made = {
            _key(str(key)): clean_line(str(value), field="list", limit=VALUE_LIMIT)
            for key, value in raw.items()
        }
    except UserError as error:
        raise UserError("batch_row", field="list", row=at, reason=word(error)) from error
    if not made.get("name"):
        reason = word(UserError("field_required", field="name"))
        raise UserError("batch_row", field="list", row=at, reason=reason)
    return {"head_title": "", "address": "", **made}


def check_keys(letter: Letter, rows: Sequence[Row]) -> None:
    """Raise UserError("batch_key_unknown") when the letter names a column that some row does not have."""
    known = set.intersection(*(set(row) for row in rows)) if rows else set()
    for text in _texts(letter):
        for found in _PLACE.finditer(text):
            if found[1] not in known:
                raise UserError(
                    "batch_key_unknown", field="letter", key=found[1], known=", ".join(sorted(known))
                )


def checked_row(at: int, letter: Letter, row: Row) -> None:
    """Raise UserError("batch_row") when the letter to one receiver would not be a letter."""
    try:
        made = filled(letter, row)
        check(made)
        check_complete(made)
        require_unmarked(asdict(made))
    except DeskError as error:
        raise UserError("batch_row", field="list", row=at, reason=word(error)) from error


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Letter | Signer | Annex | Footer):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))


def _filled(value: Any, row: Row, is_markup: bool) -> Any:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        made = _PLACE.sub(lambda found: _said(row[found[1]], is_markup), value)
        return made if value == made else re.sub(r"(?<=\S) {2,}", " ", made).strip()
    if isinstance(value, tuple):
        return tuple(_filled(item, row, is_markup) for item in value)
    if isinstance(value, Signer | Annex | Footer):
        parts = {
            part.name: _filled(getattr(value, part.name), row, part.name == "body") for part in fields(value)
        }
        return replace(value, **parts)
    return value


def _said(text: str, is_markup: bool) -> str:
    return re.sub(r"([\\*|#])", r"\\\1", text) if is_markup else text


def prepare(folder: Path) -> None:
    """Make the folder; raises OutsideError when it cannot be made or is not empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise OutsideError("batch_folder_full", field="out", path=str(folder))
    except OSError as error:
        raise OutsideError("file_unwritable", field="out", path=str(folder)) from error
