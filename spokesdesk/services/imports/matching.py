"""Who in a table is already in the address book: by card, e-mail, phone, or name and outlet."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from spokesdesk.domain.imports import Noun, Parsed, Same
from spokesdesk.domain.people import Journalist, Outlet, Ref, is_short_for
from spokesdesk.domain.text import fold
from spokesdesk.services.ports import Unit


@dataclass(slots=True)
class Book:
    """The address book as a table is held against it; grows with the rows that are taken in.

    Attributes:
        outlets: folded name → outlets.
        keys: ("card" | "email" | "phone", value) → journalist, or the same for outlets.
        people: folded name → journalists, each with the folded name of the outlet.
    """

    outlets: dict[str, list[Ref]] = field(default_factory=dict)
    outlet_keys: dict[tuple[str, str], Ref] = field(default_factory=dict)
    keys: dict[tuple[str, str], Ref] = field(default_factory=dict)
    people: dict[str, list[tuple[Ref, str]]] = field(default_factory=dict)
    entries: set[tuple[object, str]] = field(default_factory=set)
    short: dict[str, Ref | None] = field(default_factory=dict)

    def outlet_named(self, name: str) -> Ref | None:
        """Give the one outlet meant by a name, also without "Báo", "Tạp chí"; None for none or several."""
        folded = fold(name)
        found = self.outlets.get(folded, [])
        if len(found) == 1:
            return found[0]
        if found:
            exact = [each for each in found if each.name.casefold() == name.casefold()]
            return exact[0] if len(exact) == 1 else None
        if folded not in self.short:
            like = [
                each for all_of in self.outlets.values() for each in all_of if is_short_for(name, each.name)
            ]
            self.short[folded] = like[0] if len(like) == 1 else None
        return self.short[folded]

    def journalist_named(self, name: str, outlet: Ref | None) -> Ref | None:
        """Give the first journalist of that name at an outlet, or tied to none; without an outlet, of any."""
        wanted = fold(outlet.name) if outlet else ""
        named = self.people.get(fold(name), [])
        return next((ref for ref, theirs in named if theirs == wanted or not theirs or not wanted), None)

    def add_outlet(self, made: Outlet, kept: Ref | None = None) -> None:
        """Know an outlet; one that was merged is known as the one that was kept."""
        ref = kept or made.ref
        named = self.outlets.setdefault(fold(made.name), [])
        # Whoever bears the name now is meant before one that bore it once.
        if all(each.id != ref.id for each in named) and not (kept and named):
            named.append(ref)
        self.short.clear()
        for key in _keys(("email", made.email), ("phone", made.phone)):
            self.outlet_keys.setdefault(key, ref)

    def add_journalist(self, made: Journalist, kept: Ref | None = None) -> None:
        """Know a journalist; one that was merged is known as the one that was kept."""
        ref = kept or made.ref
        outlet = fold(made.outlet.name) if made.outlet else ""
        named = self.people.setdefault(fold(made.name), [])
        if all((each.id, theirs) != (ref.id, outlet) for each, theirs in named):
            named.append((ref, outlet))
        for key in _keys(("card", made.card_number), ("email", made.email), ("phone", made.phone)):
            self.keys.setdefault(key, ref)


def book_of(unit: Unit) -> Book:
    """Read the address book."""
    book = Book()
    for outlet in unit.people.outlets():
        book.add_outlet(outlet)
    for journalist in unit.people.journalists():
        book.add_journalist(journalist)
    for former, kept in unit.people.outlets_merged():
        book.add_outlet(former, kept)
    for once in unit.people.journalists_merged():
        book.add_journalist(once, unit.people.journalist(once.id).ref)
    return book


def same_as(unit: Unit, book: Book, noun: Noun, row: Parsed) -> Same | None:
    """Tell whether a row is about a record that is known, or repeats an entry; None for something new."""
    values = row.values
    if noun is Noun.OUTLET:
        return _same_outlet(book, row)
    if noun is Noun.JOURNALIST:
        return _same_journalist(book, row)
    key = (values["received_at"], fold(values["topic"]))
    found = unit.imports.same_contact(values["received_at"], values["topic"])
    if found is None and key not in book.entries:
        book.entries.add(key)
        return None
    return Same(row.line, values["topic"], found, "entry")


def _same_outlet(book: Book, row: Parsed) -> Same | None:
    named = book.outlet_named(row.values["name"])
    if named is not None:
        return Same(row.line, row.values["name"], named, "name")
    return None


def _same_journalist(book: Book, row: Parsed) -> Same | None:
    values: dict[str, Any] = row.values
    for key in _keys(("card", values.get("card_number", "")), ("email", values.get("email", ""))):
        if key in book.keys:
            return Same(row.line, values["name"], book.keys[key], key[0])
    named = book.people.get(fold(values["name"]), [])
    outlet = fold(values.get("outlet", ""))
    meant = book.outlet_named(values["outlet"]) if outlet else None
    outlet = fold(meant.name) if meant else outlet
    for ref, theirs in named:
        # A name alone tells little in Vietnam: somebody of the same name at another outlet is somebody else.
        if theirs == outlet or not theirs or not outlet:
            return Same(row.line, values["name"], ref, "name")
    phones = _keys(("phone", values.get("phone", "")))
    if phones and phones[0] in book.keys and named:
        return Same(row.line, values["name"], book.keys[phones[0]], "phone")
    return None


def _keys(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Give what tells a record apart, in the form that is compared."""
    found = []
    for kind, value in pairs:
        plain = "".join(char for char in fold(value) if char.isalnum() or char in "@.")
        if kind == "phone":
            digits = "".join(char for char in plain if char.isdecimal())
            plain = f"0{digits[2:]}" if digits.startswith("84") and len(digits) > 9 else digits
        if len(plain) >= 5:
            found.append((kind, plain))
    return found


def id_of(same: Same | None) -> UUID | None:
    """Give the record a row is about, None when there is none."""
    return same.record.id if same and same.record else None
