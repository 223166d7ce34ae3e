"""Rows of found items and of their triage, between columns and records."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from spokesdesk.domain.monitoring import Item, ItemState, Standing, Triage, TriageMove, TriageStep
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import fold
from spokesdesk.services.ports.monitoring import Keys
from spokesdesk.store.rows import RowValues, file_record, file_value
from spokesdesk.store.search import Text

_SAME = (
    "id",
    "where",
    "title",
    "published_at",
    "found_at",
    "url",
    "byline",
    "text",
    "outlet_id",
    "source_id",
)


def standing_values(now: Standing) -> dict[str, str]:
    """Give the columns of what holds of an item."""
    return {
        "state": now.state.value,
        "verdict": now.verdict.value if now.verdict else "",
        "assignee": now.assignee,
        "done": now.done,
    }


def standing(row: RowValues) -> Standing:
    """Give what holds of an item, or held after a step."""
    verdict = Triage(row["verdict"]) if row["verdict"] else None
    return Standing(ItemState(row["state"]), verdict, row["assignee"], row["done"])


def refs(subjects: Sequence[Ref]) -> list[dict[str, str]]:
    """Give subjects as a column keeps them."""
    return [{"id": str(each.id), "name": each.name} for each in subjects]


def item_values(item: Item, keys: Keys) -> dict[str, Any]:
    """Give the columns of a new item."""
    values: dict[str, Any] = {name: getattr(item, name) for name in _SAME}
    return (
        values
        | standing_values(item.now)
        | {
            "subjects": refs(item.subjects),
            "is_wanted": bool(item.subjects) or item.source_id is None,
            "files": [file_value(each) for each in item.files],
            "assignee_fold": fold(item.now.assignee),
            "same_as": item.same_as,
            "copies": item.copies,
            "article_id": item.article_id,
            "url_key": keys.url,
            "title_key": keys.title,
        }
    )


def item_record(row: RowValues) -> Item:
    """Give an item from its row."""
    files = tuple(found for value in row["files"] if (found := file_record(value)) is not None)
    return Item(
        **{name: row[name] for name in _SAME},
        subjects=tuple(Ref(UUID(each["id"]), each["name"]) for each in row["subjects"]),
        files=files,
        now=standing(row),
        same_as=row["same_as"],
        copies=row["copies"],
        article_id=row["article_id"],
    )


def step_record(row: RowValues) -> TriageStep:
    """Give a step of triage from its row."""
    by = Ref(row["author_id"], row["author_name"])
    move = TriageMove(row["move"])
    return TriageStep(row["id"], row["item_id"], move, standing(row), row["at"], by, row["item_sha256"])


def found_by(item: Item) -> Text:
    """Give the words by which an item is found."""
    words = " · ".join((item.where, item.byline, item.url, item.text))
    return Text("news", item.id, item.title, words, item.published_at)
