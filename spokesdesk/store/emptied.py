"""What remains of a row when a person, or all that it says, is taken out of it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, Text

from spokesdesk.domain.privacy import GONE, without
from spokesdesk.store.columns import Json
from spokesdesk.store.rows import RowValues
from spokesdesk.store.tables import journalist

Content = Mapping[str, Mapping[str, object]]

# What an entry says, besides who it was.
CONTENT: Content = {
    "contact": {
        "topic": GONE,
        "questions": [],
        "given": "",
        "follow_up": "",
        "attachments": [],
        "occasion": None,
        "givens": None,
    },
    "contact_answer": {"asked": GONE, "text": GONE},
    "request": {"topic": GONE},
    "request_step": {"detail": {}, "remark": ""},
    "door_request": {"remark": ""},
}
# What goes besides when a whole record is no longer needed, and not only the data of one person.
WHOLE: Content = {
    **CONTENT,
    "article": {"title": GONE, "url": "", "byline": "", "section": "", "text": "", "snapshot": None},
    "article_text": {"text": "", "snapshot": None},
    "claim": {"quote": GONE, "fact": GONE, "proof": "", "start": None, "files": None, "links": None},
    "recapture": {"text": "", "url": "", "file": None},
    "recapture_check": {"remark": ""},
    "round_step": {"remark": "", "url": "", "file": None},
    "case": {"title": GONE, "person": "", "outlet_name": ""},
    "case_text": {
        "title": GONE,
        "place": "",
        "person": "",
        "outlet_id": None,
        "outlet_name": "",
        "marks": "",
        "facts": "",
    },
    "case_move": {"remark": "", "told": []},
    "evidence": {
        "name": GONE,
        "original_name": "",
        "file": {"sha256": "", "name": GONE, "size": 0},
        "url": "",
        "text": "",
        "taken_by": "",
        "note": "",
        "card_reason": "",
    },
    "custody": {"remark": ""},
}


def points_to_journalist(column: "Column[Any]") -> bool:
    """Tell whether a column names a journalist."""
    return any(key.column.table is journalist for key in column.foreign_keys)


def emptied(table: Table, row: RowValues, texts: Sequence[str], content: Content) -> dict[str, object]:
    """Give the columns that change when a person is taken out of a row.

    Args:
        texts: by which the person is known.
        content: what else goes, by table.
    """
    after: dict[str, object] = {}
    for column in table.c:
        value = row[column.name]
        if points_to_journalist(column):
            after[column.name] = None if column.nullable else value
        elif column.name in ("journalist_name", "person") and isinstance(value, str):
            after[column.name] = without(value, texts, "")
        elif isinstance(column.type, Text | Json) and value is not None:
            after[column.name] = without(value, texts)
    after |= {name: value for name, value in content.get(table.name, {}).items() if name in table.c}
    if "letter" in after:
        after["sha256"] = hashlib.sha256(str(after["letter"]).encode()).hexdigest()
    return {name: value for name, value in after.items() if value != row[name]}


def files_of(row: RowValues) -> list[str]:
    """Give the hashes of the files that a row names."""
    listed = [
        row.get("snapshot"),
        row.get("file"),
        *(row.get("attachments") or []),
        *(row.get("files") or []),
    ]
    return [str(item["sha256"]) for item in listed if isinstance(item, Mapping) and item["sha256"]]
