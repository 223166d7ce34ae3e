"""Fields that only the agency's own desks can read (trường niêm phong): which they are, and how they look on the way.

The portal keeps and compares them as they are; it has no key. A sealed value is ``{"sealed": "<key id>:<base64>"}``.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from spokesdesk.wire.ops import Op

# The one table of what is sealed, by noun and field. Ids that join records, times, states and who wrote stay open: the
# portal orders, counts and erases by them. Of a case even the outlet and the contact it came from are sealed.
SEALED_FIELDS: Mapping[str, frozenset[str]] = {
    "contact": frozenset({"topic", "questions", "given", "givens", "follow_up", "attachments"}),
    "contact-answer": frozenset({"asked", "text"}),
    "case": frozenset({"contact_id"}),
    "case-text": frozenset({"title", "place", "person", "outlet_id", "outlet_name", "marks", "facts"}),
    "case-facts": frozenset({"title", "place", "person", "outlet_id", "outlet_name", "marks", "facts"}),
    "case-move": frozenset({"remark", "told"}),
    "evidence": frozenset(
        {"name", "original_name", "file", "url", "text", "taken_by", "note", "card_reason"}
    ),
    "custody": frozenset({"remark"}),
    # What was left of an entry is committed to with this salt: with it in hand, its words could be guessed.
    "erasure": frozenset({"salt"}),
}
# An entry's link in the chain of its desk; its salt would let anyone try words against the commitment.
LINK, SALT = "_link", "salt"
# What is left of an entry whose personal data were erased: the noun, and the row as it stands now.
REMAINS = "remains"
# The record of a deletion (biên bản xóa): its field ``files`` names the files that went with what was erased.
DELETION, FILES = "deletion", "files"

_MARK = "sealed"
_FORM = re.compile(r"[0-9a-f]{16}:[A-Za-z0-9+/]+={0,2}\Z")


def box_of(key_id: str, text: str) -> dict[str, str]:
    """Give a sealed value as it travels.

    Args:
        key_id: id of the agency's key.
        text: base64 of what is sealed.
    """
    return {_MARK: f"{key_id}:{text}"}


def is_box(value: object) -> bool:
    """Say whether a value is a sealed one."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    text = value.get(_MARK)
    return isinstance(text, str) and _FORM.match(text) is not None


def key_in(box: Mapping[str, str]) -> str:
    """Give the id of the key that a sealed value was sealed with."""
    return box[_MARK][:16]


def text_in(box: Mapping[str, str]) -> str:
    """Give the base64 of what is sealed."""
    return box[_MARK][17:]


def has_nothing(value: object) -> bool:
    """Say whether a value has nothing to hide: it is empty."""
    return value in (None, "", [], {})


def shows_sealed(op: Op) -> bool:
    """Say whether an operation shows in the clear what has to be sealed: it comes from a program that cannot seal."""
    noun, values = op.entity, _values(op)
    if noun == REMAINS:
        noun, left = "", {name: change.new for name, change in op.patch.items()}
        if isinstance(left.get("noun"), str) and isinstance(left.get("values"), dict):
            noun, values = left["noun"], iter(left["values"].items())
    names = SEALED_FIELDS.get(noun, frozenset())
    return any(_is_open(value) for name, value in values if name in names) or (
        bool(names) and _shows_salt(op)
    )


def _values(op: Op) -> Iterator[tuple[str, Any]]:
    for name, change in op.patch.items():
        yield name, change.new
        if op.kind == "settle" and isinstance(change.base, dict) and not is_box(change.base):
            yield from ((name, value) for value in change.base.values())
        else:
            yield name, change.base


def _shows_salt(op: Op) -> bool:
    link = op.patch[LINK].new if LINK in op.patch else None
    return isinstance(link, dict) and _is_open(link.get(SALT))


def _is_open(value: object) -> bool:
    return not has_nothing(value) and not is_box(value)
