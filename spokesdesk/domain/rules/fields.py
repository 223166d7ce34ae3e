"""Reading one row of rule data: each field checked for its type, each error naming file, row and key."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from spokesdesk.domain.errors import UserError

_Choice = TypeVar("_Choice", bound=StrEnum)


class Row:
    """One table of a data file, remembering where it stands for the error messages."""

    def __init__(self, file: str, values: Mapping[str, object], known: frozenset[str]) -> None:
        """Take a table and refuse keys that nobody reads (a typing error would silently change the law)."""
        self.file = file
        self.values = values
        self.name = str(values.get("id", "?"))
        unknown = sorted(set(values) - known)
        if unknown:
            raise self.wrong(unknown[0])

    def wrong(self, key: str) -> UserError:
        """Give the error for one key of this table."""
        return UserError("rules_malformed", file=self.file, rule=self.name, key=key)

    def text(self, key: str, otherwise: str | None = None) -> str:
        """Give a text; required unless ``otherwise`` is given."""
        value = self.values.get(key, otherwise)
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise self.wrong(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; empty when absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise self.wrong(key)
        return tuple(value)

    def number(self, key: str) -> int | None:
        """Give a whole number above zero, or None when absent."""
        value = self.values.get(key)
        if value is not None and (type(value) is not int or value < 1):
            raise self.wrong(key)
        return value

    def flag(self, key: str, otherwise: bool) -> bool:
        """Give a yes or no."""
        value = self.values.get(key, otherwise)
        if not isinstance(value, bool):
            raise self.wrong(key)
        return value

    def day(self, key: str) -> date | None:
        """Give a date, or None when absent."""
        value = self.values.get(key)
        if value is not None and type(value) is not date:
            raise self.wrong(key)
        return value

    def choice(self, key: str, kind: type[_Choice], otherwise: _Choice | None = None) -> _Choice:
        """Give one of a closed list of words."""
        value = self.values.get(key, otherwise)
        try:
            return kind(str(value))
        except ValueError:
            raise self.wrong(key) from None


def rows(file: str, content: Mapping[str, object], key: str, known: frozenset[str]) -> list[Row]:
    """Give the tables of one list in a file; none when the list is absent.

    Raises:
        UserError: ``rules_malformed``.
    """
    value = content.get(key, [])
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise UserError("rules_malformed", file=file, rule="*", key=key)
    return [Row(file, row, known) for row in value]


def only(file: str, content: Mapping[str, object], known: frozenset[str]) -> None:
    """Refuse a file with parts that nobody reads.

    Raises:
        UserError: ``rules_malformed``.
    """
    for key in content:
        if key not in known:
            raise UserError("rules_malformed", file=file, rule="*", key=key)
