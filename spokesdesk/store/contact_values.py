"""What is written of a contact: its columns, and the words by which it is found."""

from collections.abc import Mapping, Sequence
from typing import Any

from spokesdesk.domain.journal import Contact, Due
from spokesdesk.store.rows import file_value
from spokesdesk.store.verification import verification_value


def contact_values(entry: Contact) -> dict[str, object]:
    """Give the columns of an entry that the chain commits to."""
    return {
        "id": entry.id,
        "channel": entry.channel.value,
        "received_at": entry.received_at,
        "entered_at": entry.entered_at,
        "outlet_id": entry.outlet.id if entry.outlet else None,
        "outlet_name": entry.outlet.name if entry.outlet else "",
        "journalist_id": entry.journalist.id if entry.journalist else None,
        "journalist_name": entry.journalist.name if entry.journalist else "",
        "topic": entry.topic,
        "result": entry.verification.result.value,
        "verification": verification_value(entry.verification),
        "questions": list(entry.questions),
        "given": entry.given,
        "given_form": entry.given_form.value,
        "follow_up": entry.follow_up,
        "follow_up_on": entry.follow_up_on,
        "due_at": entry.due.due_at if entry.due else None,
        "due": _due_value(entry.due),
        "attachments": [file_value(item) for item in entry.attachments],
        "author_id": entry.author.id,
        "author_name": entry.author.name,
        "corrects": entry.corrects,
        "occasion": entry.occasion or None,
        "answered_by": entry.answered_by or None,
        "givens": [{"text": each.text, "form": each.form.value} for each in entry.givens] or None,
        "recorded": entry.recorded or None,
        "follows": entry.follows,
    }


def contact_words(entry: Contact) -> tuple[str, str]:
    """Give title and text by which an entry is found: its words may sit in different fields."""
    parts = [
        entry.journalist.name if entry.journalist else "",
        entry.outlet.name if entry.outlet else "",
        *(each.name for each in entry.companions),
        *entry.questions,
        *(each.text for each in entry.answers),
        *(f"{each.asked} {each.text}" for each in entry.replies),
        *(each.answered_by for each in (*entry.answers, *entry.replies)),
        entry.given,
        *(each.text for each in entry.givens),
        entry.answered_by,
        entry.occasion,
        entry.follow_up,
        *(item.name for item in entry.attachments),
        entry.author.name,
    ]
    return entry.topic, _joined(parts)


# What ``row_words`` reads.
WORD_COLUMNS = (
    "topic",
    "journalist_name",
    "outlet_name",
    "questions",
    "given",
    "givens",
    "answered_by",
    "occasion",
    "follow_up",
    "attachments",
    "author_name",
)
# Those of them that are lists.
WORD_LISTS = ("questions", "givens", "attachments")


def row_words(values: Mapping[str, Any]) -> tuple[str, str]:
    """Give what ``contact_words`` gives of an entry that has no companions and no answers, from its columns.

    Args:
        values: ``WORD_COLUMNS`` by name; those in ``WORD_LISTS`` as lists.
    """
    parts = [
        values.get("journalist_name"),
        values.get("outlet_name"),
        *(values["questions"] or ()),
        values.get("given"),
        *(each["text"] for each in values.get("givens") or ()),
        values.get("answered_by"),
        values.get("occasion"),
        values.get("follow_up"),
        *(item["name"] for item in values["attachments"] or () if item),
        values["author_name"],
    ]
    return values["topic"], _joined(parts)


def _joined(parts: Sequence[str | None]) -> str:
    return " · ".join(part for part in parts if part)


def _due_value(due: Due | None) -> dict[str, object] | None:
    if due is None:
        return None
    return {
        "rule_id": due.rule_id,
        "wording": due.wording,
        "citation": due.citation,
        "confidence": due.confidence,
        "note": due.note,
        "calendar_uncertain": due.calendar_uncertain,
    }
