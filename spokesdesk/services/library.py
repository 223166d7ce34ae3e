"""The library of instruments: those of the rule pack with the agency's own text and files, and its own instruments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.library import LawDraft, LawEntry, checked
from spokesdesk.domain.rules import Confidence, Instrument, Rule
from spokesdesk.domain.text import fold, words_match
from spokesdesk.services.ports import Desk, Unit


@dataclass(frozen=True, slots=True)
class LawItem:
    """One instrument as the library shows it.

    Attributes:
        key: the rule pack's key, or the id of an own entry.
        entry_id: the agency's entry: its own instrument, or its text and file to one of the pack; None: none yet.
        doubt: how well the force dates are known, in words; "" when certain or not of the pack.
        rules: the pack's rules that stand in it.
        is_pack: comes from a rule pack; its name and dates are not edited.
        is_local: from a local pack.
    """

    key: str
    name: str
    title: str
    issued_on: date | None
    from_on: date | None
    to_on: date | None
    replaced_by: str
    doubt: str
    note: str
    text: str
    file: Attachment | None
    rules: tuple[Rule, ...]
    entry_id: UUID | None
    is_pack: bool
    is_local: bool

    @property
    def record(self) -> UUID:
        """The id by which screens open it: the entry's, or one made from the rule pack's key."""
        return self.entry_id or _pack_id(self.key)

    def in_force_on(self, on: date) -> bool:
        """Tell whether it is in force on a day; without a first day it is taken to be."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


def items(desk: Desk, words: str = "") -> tuple[LawItem, ...]:
    """Give the instruments that hold all the words (accents aside) in name, title, text or rules; own ones first."""
    with desk.read() as unit:
        return tuple(item for item in _all(desk, unit) if not words.strip() or _holds(item, words))


def item(desk: Desk, key: str) -> LawItem:
    """Give one instrument by its key, its id, or its name as cited; raises UserError("law_missing")."""
    with desk.read() as unit:
        found = tuple(_all(desk, unit))
    wanted = fold(key)
    for one in found:
        if wanted in (fold(one.key), fold(one.name), str(one.entry_id)):
            return one
    raise UserError("law_missing", field="key", key=key)


def by_record(desk: Desk, record: UUID) -> LawItem | None:
    """Give one instrument by the id screens open it by, None when it is gone."""
    return next((one for one in items(desk) if record in (one.record, _pack_id(one.key))), None)


def _pack_id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"spokesdesk:law:{key}")


def cited_in(desk: Desk, citation: str) -> LawItem | None:
    """Give the instrument that a citation ends with, None for one that is not in the library."""
    found = [one for one in items(desk) if one.name and citation.rstrip(" .;)").endswith(one.name)]
    return max(found, key=lambda one: len(one.name), default=None)


def save(desk: Desk, draft: LawDraft, entry_id: UUID | None = None) -> tuple[LawItem, Changes]:
    """Add or renew an instrument, or text and file to one of the rule pack (``draft.key``).

    Raises:
        UserError: names the field.
    """
    instrument = desk.rules.instruments.get(draft.key) if draft.key else None
    if draft.key and instrument is None:
        raise UserError("law_missing", field="key", key=draft.key)
    if instrument is not None:
        draft = replace(draft, name=instrument.name, title=instrument.title)
    clean = checked(draft)
    with desk.write() as unit:
        same = next(
            (one.id for one in unit.library.entries() if clean.key and one.draft.key == clean.key), None
        )
        entry = LawEntry(entry_id or same or desk.new_id(), clean, desk.now(), desk.member.ref)
        unit.library.save(entry)
    return item(desk, str(entry.id)), (Change("law", entry.id),)


def drop(desk: Desk, entry_id: UUID) -> tuple[LawEntry, Changes]:
    """Take an entry out; gives it, so that ``put_back`` can undo it."""
    with desk.write() as unit:
        before = unit.library.get(entry_id)
        unit.library.drop(entry_id)
    return before, (Change("law", entry_id),)


def put_back(desk: Desk, entry: LawEntry) -> tuple[LawEntry, Changes]:
    """Put an entry back that was taken out."""
    with desk.write() as unit:
        unit.library.save(entry)
    return entry, (Change("law", entry.id),)


def entry(desk: Desk, entry_id: UUID) -> LawEntry:
    """Give one of the agency's entries; raises UserError("record_missing")."""
    with desk.read() as unit:
        return unit.library.get(entry_id)


def keep_file(desk: Desk, source: Path) -> Attachment:
    """Take a file into the encrypted store, by hash; raises UserError, OutsideError."""
    return desk.files.put_file(source, source.name, None)


def export(desk: Desk, key: str, target: Path) -> Path:
    """Write an instrument's file to the disk, as it was; without one its text.

    Raises:
        UserError: ``law_missing``, ``law_empty``: neither file nor text is kept.
        OutsideError: the disk does not take it.
    """
    found = item(desk, key)
    if found.file is not None:
        desk.files.export(found.file.sha256, target)
    elif found.text:
        target.write_text(found.text + "\n", encoding="utf-8")
    else:
        raise UserError("law_empty", field="key", name=found.name)
    return target


def _all(desk: Desk, unit: Unit) -> Iterator[LawItem]:
    added = {one.draft.key: one for one in unit.library.entries() if one.draft.key}
    for one in unit.library.entries():
        if one.draft.key not in desk.rules.instruments:
            yield _own(one)
    rules: dict[str, list[Rule]] = {}
    for rule in desk.rules.rules.values():
        rules.setdefault(rule.citation.instrument_id, []).append(rule)
    for instrument in sorted(desk.rules.instruments.values(), key=_latest_first):
        yield _of_pack(instrument, tuple(rules.get(instrument.id, ())), added.get(instrument.id))


def _latest_first(instrument: Instrument) -> tuple[bool, bool, int]:
    return instrument.in_force_to is not None, not instrument.is_local, -instrument.in_force_from.toordinal()


def _own(one: LawEntry) -> LawItem:
    draft = one.draft
    return LawItem(
        key=str(one.id),
        name=draft.name,
        title=draft.title,
        issued_on=draft.issued_on,
        from_on=draft.from_on,
        to_on=draft.to_on,
        replaced_by="",
        doubt="",
        note="",
        text=draft.text,
        file=draft.file,
        rules=(),
        entry_id=one.id,
        is_pack=False,
        is_local=False,
    )


def _of_pack(instrument: Instrument, rules: tuple[Rule, ...], added: LawEntry | None) -> LawItem:
    uncertain = instrument.confidence is not Confidence.VERIFIED
    return LawItem(
        key=instrument.id,
        name=instrument.name,
        title=instrument.title,
        issued_on=instrument.issued_on,
        from_on=instrument.in_force_from,
        to_on=instrument.in_force_to,
        replaced_by=instrument.replaced_by,
        doubt=instrument.confidence.wording if uncertain else "",
        note=instrument.note,
        text=added.draft.text if added else "",
        file=added.draft.file if added else None,
        rules=rules,
        entry_id=added.id if added else None,
        is_pack=True,
        is_local=instrument.is_local,
    )


def _holds(item: LawItem, words: str) -> bool:
    told = [f"{rule.id} {rule.title} {rule.action} {rule.citation.text}" for rule in item.rules]
    return words_match(words, item.key, item.name, item.title, item.text, item.note, *told)
