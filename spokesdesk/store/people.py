"""Members, the agency, outlets and journalists."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Connection, Select, Table, bindparam, or_, select
from sqlalchemy.dialects.sqlite import Insert, insert

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import Agency, Journalist, Member, Outlet, OutletKind, Ref, Role
from spokesdesk.domain.text import fold, given_name_key
from spokesdesk.services.ports import Suggestion
from spokesdesk.store.alias import is_of, survivor, survivor_of
from spokesdesk.store.rows import RowValues, one
from spokesdesk.store.search import SqlSearch, Text
from spokesdesk.store.settings import SqlSettings
from spokesdesk.store.tables import journalist, member, outlet

AGENCY = "agency"
_CHUNK = 500


class SqlPeople:
    """The member, outlet and journalist tables, and the agency among the settings."""

    def __init__(self, connection: Connection, settings: SqlSettings, search: SqlSearch) -> None:
        self._connection = connection
        self._settings = settings
        self._search = search

    def agency(self) -> Agency:
        """Give the agency of this desk; an empty one before it is set."""
        value = self._settings.get(AGENCY)
        if not isinstance(value, dict):
            return Agency("")
        known = {key: item for key, item in value.items() if key in Agency.__dataclass_fields__}
        known["signer_authority"] = tuple(known.get("signer_authority", ()))
        return Agency(**known)

    def save_agency(self, agency: Agency) -> None:
        """Keep the agency; what a program to come says of it stays."""
        value = self._settings.get(AGENCY)
        known = value if isinstance(value, dict) else {}
        self._settings.put(AGENCY, known | asdict(agency))

    def members(self, *, active_only: bool = True) -> tuple[Member, ...]:
        """Give the members, in the order of Vietnamese names (given name first)."""
        statement = select(member)
        if active_only:
            statement = statement.where(member.c.active)
        found = [_member(row) for row in self._connection.execute(statement).mappings()]
        return tuple(sorted(found, key=lambda one_member: given_name_key(one_member.name)))

    def member(self, member_id: UUID) -> Member:
        """Give a member; raises UserError("record_missing")."""
        return _member(one(self._connection, member, member_id))

    def save_member(self, saved: Member, pin_hash: str | None) -> None:
        """Add or renew a member; ``pin_hash`` None keeps the PIN there is."""
        values = {
            "id": saved.id,
            "name": saved.name,
            "roles": sorted(role.value for role in saved.roles),
            "post": saved.post,
            "active": saved.active,
        }
        if pin_hash is not None:
            values["pin_hash"] = pin_hash
        self._upsert(member, values)

    def pin_hash(self, member_id: UUID) -> str:
        """Give a member's hashed PIN, "" for none."""
        return str(one(self._connection, member, member_id)["pin_hash"])

    def outlet(self, outlet_id: UUID) -> Outlet:
        """Give an outlet, the one it was merged into if it was; raises UserError("record_missing")."""
        return _outlet(one(self._connection, outlet, survivor_of(self._connection, outlet, outlet_id)))

    def outlets_named(self, name: str) -> tuple[Outlet, ...]:
        """Give the outlets whose name is the same, accents and case aside; exact spelling wins over them."""
        alike = select(survivor(outlet)).where(outlet.c.name_fold == fold(name))
        statement = select(outlet).where(outlet.c.id.in_(alike))
        found = tuple(_outlet(row) for row in self._connection.execute(statement).mappings())
        exact = tuple(item for item in found if item.name.casefold() == name.casefold())
        return exact or found

    def outlets(self) -> tuple[Outlet, ...]:
        """Give all outlets by name, merged ones aside."""
        statement = select(outlet).where(outlet.c.merged_into.is_(None)).order_by(outlet.c.name_fold)
        return tuple(_outlet(row) for row in self._connection.execute(statement).mappings())

    def outlets_merged(self) -> tuple[tuple[Outlet, Ref], ...]:
        """Give every outlet that was merged, as it was written, with the one it leads to."""
        kept = outlet.alias("kept")
        leading = select(outlet, kept.c.name.label("kept_name")).join(kept, kept.c.id == outlet.c.merged_into)
        rows = self._connection.execute(leading).mappings()
        return tuple((_outlet(row), Ref(row["merged_into"], str(row["kept_name"]))) for row in rows)

    def save_outlet(self, saved: Outlet) -> None:
        """Add or renew an outlet."""
        self._upsert(outlet, asdict(saved) | {"kind": saved.kind.value, "name_fold": fold(saved.name)})
        words = _outlet_words(saved, self._merged_names(outlet, saved.id))
        self._search.put("outlet", saved.id, saved.name, words, datetime.now(UTC))

    def journalist(self, journalist_id: UUID) -> Journalist:
        """Give a journalist, the one merged into if that happened; raises UserError("record_missing")."""
        kept = survivor_of(self._connection, journalist, journalist_id)
        row = self._connection.execute(_JOURNALISTS.where(journalist.c.id == kept)).mappings().first()
        if row is None:
            raise UserError("record_missing", field="id", id=journalist_id)
        return _journalist(row)

    def journalists_merged(self, journalist_id: UUID | None = None) -> tuple[Journalist, ...]:
        """Give the records that became part of a journalist's, as they were written; of all where none is given."""
        merged = journalist.c.merged_into
        statement = _JOURNALISTS.where(
            merged.is_not(None) if journalist_id is None else merged == journalist_id
        )
        return tuple(_journalist(row) for row in self._connection.execute(statement).mappings())

    def journalists_named(self, name: str, outlet_id: UUID | None) -> tuple[Journalist, ...]:
        """Give the journalists of that name, accents and case aside; of one outlet, or not tied to any, if given."""
        named = journalist.alias("named")
        alike = select(survivor(named)).where(named.c.name_fold == fold(name))
        statement = _JOURNALISTS.where(journalist.c.id.in_(alike))
        if outlet_id is not None:
            of_outlet = is_of(self._connection, outlet, journalist.c.outlet_id, outlet_id)
            statement = statement.where(or_(of_outlet, journalist.c.outlet_id.is_(None)))
        found = tuple(_journalist(row) for row in self._connection.execute(statement).mappings())
        exact = tuple(item for item in found if item.name.casefold() == name.casefold())
        return exact or found

    def journalists(self, outlet_id: UUID | None = None) -> tuple[Journalist, ...]:
        """Give journalists in the order of Vietnamese names, merged ones aside."""
        statement = _JOURNALISTS.where(journalist.c.merged_into.is_(None))
        if outlet_id is not None:
            statement = statement.where(is_of(self._connection, outlet, journalist.c.outlet_id, outlet_id))
        found = (_journalist(row) for row in self._connection.execute(statement).mappings())
        return tuple(sorted(found, key=lambda item: given_name_key(item.name)))

    def save_journalist(self, saved: Journalist) -> None:
        """Add or renew a journalist."""
        values = asdict(saved) | {"name_fold": fold(saved.name)}
        values["outlet_id"] = self._outlet_id(saved)
        del values["outlet"]
        self._upsert(journalist, values)
        words = _journalist_words(saved, self._merged_names(journalist, saved.id))
        self._search.put("journalist", saved.id, saved.name, words, datetime.now(UTC))

    def find_again(self, outlets: Sequence[UUID], journalists: Sequence[UUID]) -> None:
        """Renew the words by which many are found, with a tenth of the work of saving each."""
        now = datetime.now(UTC)
        for part in _parts(outlets):
            merged = self._merged_among(outlet, part)
            rows = self._connection.execute(select(outlet).where(outlet.c.id.in_(part))).mappings()
            found = [_outlet(row) for row in rows]
            self._search.put_all(
                [Text("outlet", one.id, one.name, _outlet_words(one, merged[one.id]), now) for one in found]
            )
        for part in _parts(journalists):
            merged = self._merged_among(journalist, part)
            rows = self._connection.execute(_JOURNALISTS.where(journalist.c.id.in_(part))).mappings()
            tied = [_journalist(row) for row in rows]
            self._search.put_all(
                [
                    Text("journalist", one.id, one.name, _journalist_words(one, merged[one.id]), now)
                    for one in tied
                ]
            )

    def suggest(
        self, kind: str, words: str, outlet_id: UUID | None = None, limit: int = 12
    ) -> tuple[Suggestion, ...]:
        """Give names that hold the words, accents aside: ``tuoi tre`` gives Báo Tuổi Trẻ.

        Args:
            kind: outlet or journalist.
            outlet_id: journalists of this outlet come first.
        """
        records = self._search.records(words, (kind,), 200)
        if kind == "outlet":
            statement = select(outlet).where(outlet.c.id.in_(bindparam("ids", expanding=True)))
            rows = self._connection.execute(statement, {"ids": records}).mappings()
            found = [Suggestion(row["id"], row["name"], row["governing_body"]) for row in rows]
            return tuple(sorted(found, key=lambda item: (len(item.name), item.name))[:limit])
        people_found = _JOURNALISTS.where(journalist.c.id.in_(bindparam("ids", expanding=True)))
        people = [
            _journalist(row) for row in self._connection.execute(people_found, {"ids": records}).mappings()
        ]
        people.sort(
            key=lambda item: (not (item.outlet and item.outlet.id == outlet_id), given_name_key(item.name))
        )
        return tuple(
            Suggestion(item.id, item.name, item.outlet.name if item.outlet else "") for item in people[:limit]
        )

    def _outlet_id(self, saved: Journalist) -> UUID | None:
        """Give the outlet as the row keeps it: a merged one stays, so that taking the merge back gives it back."""
        if saved.outlet is None:
            return None
        before: UUID | None = self._connection.scalar(_OUTLET_OF, {"journalist": saved.id})
        if before is not None and survivor_of(self._connection, outlet, before) == saved.outlet.id:
            return before
        return saved.outlet.id

    def _merged_names(self, table: Table, record: UUID) -> list[str]:
        """Give the names of what was merged into a record: it is found by them too."""
        return list(self._connection.scalars(_merged_names_of(table), {"kept": record}))

    def _merged_among(self, table: Table, records: Sequence[UUID]) -> defaultdict[UUID, list[str]]:
        found: defaultdict[UUID, list[str]] = defaultdict(list)
        among = select(table.c.merged_into, table.c.name).where(table.c.merged_into.in_(records))
        for kept, name in self._connection.execute(among):
            found[kept].append(name)
        return found

    def _upsert(self, table: Table, values: RowValues) -> None:
        self._connection.execute(_upserting(table, tuple(values)), dict(values))


# Made once: a statement costs more to build than to run, and an import runs them thousands of times.
_OUTLET_OF = select(journalist.c.outlet_id).where(journalist.c.id == bindparam("journalist"))


@cache
def _merged_names_of(table: Table) -> Select[tuple[str]]:
    return select(table.c.name).where(table.c.merged_into == bindparam("kept"))


@cache
def _upserting(table: Table, names: tuple[str, ...]) -> Insert:
    statement = insert(table)
    newer = {name: statement.excluded[name] for name in names if name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=newer)


_given = outlet.alias("given")
_JOURNALISTS = select(
    journalist, outlet.c.name.label("outlet_name"), outlet.c.id.label("kept_outlet_id")
).select_from(
    journalist.outerjoin(_given, journalist.c.outlet_id == _given.c.id).outerjoin(
        outlet, outlet.c.id == survivor(_given)
    )
)


def _parts(records: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (records[at : at + _CHUNK] for at in range(0, len(records), _CHUNK))


def _outlet_words(saved: Outlet, merged: Sequence[str]) -> str:
    parts = (saved.governing_body, saved.head_name, saved.licence_number, saved.remit, saved.channels)
    more = (saved.address, saved.phone, saved.email, saved.website, saved.note)
    return " ".join((*parts, *more, *merged))


def _journalist_words(saved: Journalist, merged: Sequence[str]) -> str:
    outlet_name = saved.outlet.name if saved.outlet else ""
    parts = (outlet_name, saved.phone, saved.zalo, saved.email, saved.card_number, saved.note)
    return " ".join((*parts, *merged))


def _member(row: RowValues) -> Member:
    roles = row["roles"]
    assert isinstance(roles, list)
    return Member(
        id=row["id"],
        name=str(row["name"]),
        roles=frozenset(Role(role) for role in roles),
        post=str(row["post"]),
        has_pin=bool(row["pin_hash"]),
        active=bool(row["active"]),
    )


def _outlet(row: RowValues) -> Outlet:
    values = {name: row[name] for name in Outlet.__dataclass_fields__}
    return Outlet(**(values | {"kind": OutletKind(str(row["kind"]))}))


def _journalist(row: RowValues) -> Journalist:
    values = {name: row[name] for name in Journalist.__dataclass_fields__ if name != "outlet"}
    tied = Ref(row["kept_outlet_id"], str(row["outlet_name"])) if row["kept_outlet_id"] else None
    return Journalist(**(values | {"outlet": tied}))
