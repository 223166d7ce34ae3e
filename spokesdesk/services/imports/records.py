"""From the values of a row to a record, and into the book that later rows are held against."""

from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from spokesdesk.domain.imports import Noun, OnSame, Parsed
from spokesdesk.domain.people import Journalist, Outlet, OutletKind, Ref, likely_kind
from spokesdesk.services.imports.matching import Book

# Of a row that only repeats an earlier one of the file, before anything is written.
NOBODY = UUID(int=0)

_OUTLET = frozenset(each.name for each in fields(Outlet)) - {"id"}
_JOURNALIST = frozenset(each.name for each in fields(Journalist)) - {"id", "outlet"}


def made_outlet(new_id: UUID, values: dict[str, Any]) -> Outlet:
    """Give a new outlet; its kind is told by its name where the row does not say it."""
    taken = {name: value for name, value in values.items() if name in _OUTLET}
    taken.setdefault("kind", likely_kind(taken["name"]))
    return Outlet(id=new_id, **taken)


def made_journalist(new_id: UUID, values: dict[str, Any], outlet: Ref | None) -> Journalist:
    """Give a new journalist of an outlet, or of none."""
    taken = {name: value for name, value in values.items() if name in _JOURNALIST}
    return Journalist(id=new_id, outlet=outlet, **taken)


def renewed_outlet(known: Outlet, values: dict[str, Any], how: OnSame) -> Outlet:
    """Give a known outlet with what a row says, filled in or in place of what was there."""
    taken = {name: value for name, value in values.items() if name in _OUTLET and name != "name"}
    if known.kind is OutletKind.OTHER:
        taken.setdefault("kind", likely_kind(known.name))
    return replace(known, **_newer(known, taken, how))


def renewed_journalist(
    known: Journalist, values: dict[str, Any], outlet: Ref | None, how: OnSame
) -> Journalist:
    """Give a known journalist with what a row says, filled in or in place of what was there."""
    taken = {name: value for name, value in values.items() if name in _JOURNALIST and name != "name"}
    if outlet is not None:
        taken["outlet"] = outlet
    return replace(known, **_newer(known, taken, how))


def learn(book: Book, noun: Noun, row: Parsed) -> None:
    """Let later rows of the same file find this one."""
    if noun is Noun.OUTLET:
        book.add_outlet(made_outlet(NOBODY, row.values))
    elif noun is Noun.JOURNALIST:
        named = row.values.get("outlet", "")
        outlet = (book.outlet_named(named) or Ref(NOBODY, named)) if named else None
        book.add_journalist(made_journalist(NOBODY, row.values, outlet))


def _newer(known: Outlet | Journalist, taken: dict[str, Any], how: OnSame) -> dict[str, Any]:
    if how is OnSame.REPLACE:
        return taken
    empty = (None, "", OutletKind.OTHER)
    return {name: value for name, value in taken.items() if getattr(known, name) in empty}
