"""Between the inputs and the records of journalists and outlets."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, Journalist, Outlet, OutletKind, Ref
from spokesdesk.domain.text import clean_line, fold
from spokesdesk.gui.people.forms import DAYS, Texts, shapes
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

Saved = tuple[Journalist | Outlet, Changes]
_OWN_TEXT = frozenset({"kind", "outlet"})


def texts_of(record: Journalist | Outlet) -> dict[str, object]:
    """Give the inputs that show a record."""
    kind = "outlet" if isinstance(record, Outlet) else "journalist"
    return {name: _shown(getattr(record, name)) for name, _span in shapes()[kind].inputs}


def _shown(value: object) -> str:
    match value:
        case Ref():
            return value.name
        case date():
            return f"{value:%d/%m/%Y}"
        case None:
            return ""
    return str(value)


def saving(desk: Desk, kind: str, record_id: UUID | None, texts: Texts) -> Callable[[], Saved]:
    """Give the blocking work that keeps what was typed; it raises UserError naming the input."""
    work = _save_outlet if kind == "outlet" else _save_journalist
    return partial(work, desk, record_id, {name: str(text) for name, text in texts.items()})


def _save_outlet(desk: Desk, record_id: UUID | None, texts: Mapping[str, str]) -> Saved:
    values = _values(texts)
    record = Outlet(id=record_id or desk.new_id(), kind=OutletKind(texts["kind"]), **values)  # type: ignore[arg-type]
    return people.save_outlet(desk, record)


def _save_journalist(desk: Desk, record_id: UUID | None, texts: Mapping[str, str]) -> Saved:
    values = _values(texts)
    clean_line(texts["name"], field="name", limit=NAME_LIMIT, required=True)
    outlet, made = _outlet_named(desk, texts["outlet"], record_id)
    record = Journalist(record_id or desk.new_id(), outlet=outlet, **values)  # type: ignore[arg-type]
    saved, changes = people.save_journalist(desk, record)
    return saved, (*changes, *made)


def _values(texts: Mapping[str, str]) -> dict[str, object]:
    """Give what was typed as values: days read, the rest as it is."""
    return {
        name: (parse_date(text, field=name) if text.strip() else None) if name in DAYS else text
        for name, text in texts.items()
        if name not in _OWN_TEXT
    }


def _outlet_named(desk: Desk, name: str, record_id: UUID | None) -> tuple[Ref | None, Changes]:
    """Give the outlet of that name, writing down one that is not known yet; raises UserError when several match.

    Of several the one that the journalist belongs to already is meant.
    """
    clean = clean_line(name, field="outlet", limit=NAME_LIMIT)
    if not clean:
        return None, ()
    known = [outlet for outlet in people.outlets(desk) if fold(outlet.name) == fold(clean)]
    exact = [outlet for outlet in known if outlet.name.casefold() == clean.casefold()] or known
    if len(exact) > 1 and record_id is not None:
        before = people.journalist(desk, record_id).outlet
        exact = [outlet for outlet in exact if before and outlet.id == before.id] or exact
    if len(exact) > 1:
        listed = "; ".join(
            f"{outlet.name} – {outlet.governing_body or _('chưa ghi cơ quan chủ quản')}" for outlet in exact
        )
        raise UserError("outlet_ambiguous", field="outlet", name=clean, found=listed)
    if exact:
        return exact[0].ref, ()
    made, _changes = people.save_outlet(desk, Outlet(desk.new_id(), clean))
    return made.ref, (Change("outlet", made.id),)
