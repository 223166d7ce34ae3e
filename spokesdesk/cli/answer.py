"""What a command answers, as text for people or JSON for scripts."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.domain.clock import iso_vn


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or did.

    Attributes:
        value: JSON-able, or made of records, ids, dates and times.
        text: what people read; None to write the value out line by line.
    """

    value: object
    text: str | None = None
    exit_code: int = 0


def plain(value: object) -> Any:
    """Give the JSON form: records as objects, times as ISO 8601 with +07:00, ids and paths as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {key.removesuffix("_on") if key == "date_on" else key: item for key, item in named.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return iso_vn(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def as_json(value: object) -> str:
    """Give one line of JSON, UTF-8, Vietnamese not escaped."""
    return json.dumps(plain(value), ensure_ascii=False)


def as_text(answer: Answer) -> str:
    """Give the answer for people: its own text, or one line a value."""
    if answer.text is not None:
        return answer.text
    value = plain(answer.value)
    if isinstance(value, list):
        return "\n".join(_line(item) for item in value)
    if isinstance(value, dict):
        return "\n".join(
            f"{key}: {_short(item)}" for key, item in value.items() if item not in ("", None, [])
        )
    return str(value)


def _line(item: object) -> str:
    return "\t".join(_short(part) for part in item.values()) if isinstance(item, dict) else _short(item)


def _short(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(str(value).split()) if value is not None else ""
