"""A list to publish (danh sách công bố): an operation of the noun ``public-list``, kind ``append``.

Each posting is a record of its own and never changes; the public sees an agency's last one of each kind.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from spokesdesk.domain.errors import UserError
from spokesdesk.wire.base import converted
from spokesdesk.wire.ops import FieldChange

PUBLIC_LIST = "public-list"
_Cell = Annotated[str, Meta(max_length=1000)]
_Row = Annotated[list[_Cell], Meta(min_length=1, max_length=12)]


class PublicList(Struct, frozen=True):
    """One list as it stood on a day.

    Attributes:
        which: spokespeople, resident reporters or representative offices.
        on: the day in Vietnam, ISO.
        columns: heads; the first is the number of the row.
        rows: as many cells as columns, at most 2,000.
    """

    which: Literal["spokespeople", "residents", "offices"]
    on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$(?!\n)")]
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    columns: _Row
    rows: Annotated[list[_Row], Meta(max_length=2000)]


def list_of(patch: dict[str, FieldChange]) -> PublicList:
    """Read a list from the patch of its operation.

    Raises:
        UserError: ``message_malformed``: not of this form, or a row with other than its columns.
    """
    try:
        made = converted({name: change.new for name, change in patch.items()}, PublicList)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error
    if any(len(row) != len(made.columns) for row in made.rows):
        raise UserError("message_malformed", detail="rows")
    return made


def list_patch(made: PublicList) -> dict[str, FieldChange]:
    """Give the patch that posts a list."""
    values: dict[str, Any] = msgspec.to_builtins(made)
    return {name: FieldChange(None, value) for name, value in values.items()}
