"""The "báo hóa" checklist: what was seen of each criterion, with evidence; never a verdict, never a score."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NOTE_LIMIT, OutletKind, Ref
from spokesdesk.domain.text import clean_text

EVIDENCE_LIMIT = 2000


class Seen(StrEnum):
    """What was noticed of one criterion."""

    UNCHECKED = "unchecked"  # chưa xem
    SEEN = "seen"  # có thấy
    NOT_SEEN = "not_seen"  # không thấy


def seen_words() -> dict[Seen, str]:
    """Give what people call each answer."""
    return {Seen.UNCHECKED: _("Chưa xem"), Seen.SEEN: _("Có thấy"), Seen.NOT_SEEN: _("Không thấy")}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion (tiêu chí) of a group."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """Criteria that belong together.

    Attributes:
        place: where they stand in the source.
        kinds: kinds of outlet they concern; empty for all.
        in_force_from: the first day; None: that of the whole list.
        confidence: "" or ``heading_only``: the source's detail was not seen.
    """

    title: str
    place: str
    items: tuple[Criterion, ...]
    kinds: frozenset[OutletKind] = frozenset()
    in_force_from: date | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Criteria:
    """A list of criteria with its source; ``in_force_from`` is its first day."""

    id: str
    title: str
    source: str
    note: str
    in_force_from: date
    groups: tuple[CriterionGroup, ...]

    def asked(self, kind: OutletKind, on: date) -> tuple[CriterionGroup, ...]:
        """Give the groups that concern a kind of outlet on a day."""
        return tuple(
            group
            for group in self.groups
            if (not group.kinds or kind in group.kinds) and (group.in_force_from or self.in_force_from) <= on
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """One criterion with what was seen; its text is kept as it was read on that day."""

    id: str
    group: str
    text: str
    seen: Seen = Seen.UNCHECKED
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A filled checklist, an entry of the journal.

    Attributes:
        criteria: id of the list of criteria, ``source`` its căn cứ.
        at: UTC, when it was written down.
    """

    id: UUID
    outlet: Ref
    criteria: str
    source: str
    answers: tuple[Answered, ...]
    at: datetime
    author: Ref
    note: str = ""


def read_criteria(text: str) -> Criteria:
    """Read a list of criteria.

    Args:
        text: TOML as in ``resources/checklists``.

    Raises:
        UserError: ``checklist_malformed``.
    """
    try:
        value = tomllib.loads(text)
        return Criteria(
            str(value["id"]),
            str(value["title"]),
            str(value["source"]),
            str(value["note"]),
            _day(value["in_force_from"]),
            tuple(_group(item) for item in value["group"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise UserError("checklist_malformed", key=str(wrong)) from wrong


def _group(value: Mapping[str, Any]) -> CriterionGroup:
    first = value.get("in_force_from")
    return CriterionGroup(
        str(value["title"]),
        str(value["place"]),
        tuple(Criterion(str(item["id"]), str(item["text"])) for item in value["item"]),
        frozenset(OutletKind(kind) for kind in value.get("kinds", ())),
        _day(first) if first is not None else None,
        str(value.get("confidence", "")),
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("in_force_from")
    return value


def answered(
    asked: tuple[CriterionGroup, ...], given: Mapping[str, tuple[Seen, str]]
) -> tuple[Answered, ...]:
    """Join the criteria asked with what was seen.

    Args:
        asked: see ``Criteria.asked``.
        given: id of a criterion → what was seen, and the evidence.

    Raises:
        UserError: ``checklist_empty`` when nothing was looked at; ``checklist_evidence`` when something was seen
            and no evidence is written, ``field`` being the criterion's id.
    """
    found: list[Answered] = []
    for group in asked:
        for item in group.items:
            seen, evidence = given.get(item.id, (Seen.UNCHECKED, ""))
            clean = clean_text(evidence, field=item.id, limit=EVIDENCE_LIMIT)
            if seen is Seen.SEEN and not clean:
                raise UserError("checklist_evidence", field=item.id, text=item.text)
            found.append(Answered(item.id, f"{group.title} ({group.place})", item.text, seen, clean))
    if all(item.seen is Seen.UNCHECKED for item in found):
        raise UserError("checklist_empty", field="answers")
    return tuple(found)


def clean_note(note: str) -> str:
    """Give a checklist's remark as it is kept; raises UserError naming ``note``."""
    return clean_text(note, field="note", limit=NOTE_LIMIT)
