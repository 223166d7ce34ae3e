"""Members, the agency, outlets and journalists."""

from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, or_, select
from sqlalchemy.dialects.sqlite import insert

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import Agency, Journalist, Member, Outlet, OutletKind, Ref, Role
from spokesdesk.domain.text import fold, given_name_key
from spokesdesk.services.ports import Suggestion
from spokesdesk.store.rows import RowValues, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.settings import SqlSettings
from spokesdesk.store.tables import journalist, member, outlet

AGENCY = "agency"


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
        """Keep the agency."""
        self._settings.put(AGENCY, asdict(agency))

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
        """Give an outlet; raises UserError("record_missing")."""
        return _outlet(one(self._connection, outlet, outlet_id))

    def outlets_named(self, name: str) -> tuple[Outlet, ...]:
        """Give the outlets whose name is the same, accents and case aside; exact spelling wins over them."""
        statement = select(outlet).where(outlet.c.name_fold == fold(name))
        found = tuple(_outlet(row) for row in self._connection.execute(statement).mappings())
        exact = tuple(item for item in found if item.name.casefold() == name.casefold())
        return exact or found

    def outlets(self) -> tuple[Outlet, ...]:
        """Give all outlets by name."""
        statement = select(outlet).order_by(outlet.c.name_fold)
        return tuple(_outlet(row) for row in self._connection.execute(statement).mappings())

    def save_outlet(self, saved: Outlet) -> None:
        """Add or renew an outlet."""
        self._upsert(outlet, asdict(saved) | {"kind": saved.kind.value, "name_fold": fold(saved.name)})
        text = " ".join((saved.governing_body, saved.address, saved.phone, saved.email, saved.note))
        self._search.put("outlet", saved.id, saved.name, text, datetime.now(UTC))

    def journalist(self, journalist_id: UUID) -> Journalist:
        """Give a journalist; raises UserError("record_missing")."""
        row = (
            self._connection.execute(_JOURNALISTS.where(journalist.c.id == journalist_id)).mappings().first()
        )
        if row is None:
            raise UserError("record_missing", field="id", id=journalist_id)
        return _journalist(row)

    def journalists_named(self, name: str, outlet_id: UUID | None) -> tuple[Journalist, ...]:
        """Give the journalists of that name, accents and case aside; of one outlet, or not tied to any, if given."""
        statement = _JOURNALISTS.where(journalist.c.name_fold == fold(name))
        if outlet_id is not None:
            tied = or_(journalist.c.outlet_id == outlet_id, journalist.c.outlet_id.is_(None))
            statement = statement.where(tied)
        found = tuple(_journalist(row) for row in self._connection.execute(statement).mappings())
        exact = tuple(item for item in found if item.name.casefold() == name.casefold())
        return exact or found

    def journalists(self, outlet_id: UUID | None = None) -> tuple[Journalist, ...]:
        """Give journalists in the order of Vietnamese names."""
        statement = _JOURNALISTS
        if outlet_id is not None:
            statement = statement.where(journalist.c.outlet_id == outlet_id)
        found = (_journalist(row) for row in self._connection.execute(statement).mappings())
        return tuple(sorted(found, key=lambda item: given_name_key(item.name)))

    def save_journalist(self, saved: Journalist) -> None:
        """Add or renew a journalist."""
        values = asdict(saved) | {"name_fold": fold(saved.name)}
        values["outlet_id"] = saved.outlet.id if saved.outlet else None
        del values["outlet"]
        self._upsert(journalist, values)
        outlet_name = saved.outlet.name if saved.outlet else ""
        text = " ".join((outlet_name, saved.phone, saved.email, saved.card_number, saved.note))
        self._search.put("journalist", saved.id, saved.name, text, datetime.now(UTC))

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

    def _upsert(self, table: Table, values: RowValues) -> None:
        statement = insert(table).values(**values)
        newer = {name: statement.excluded[name] for name in values if name != "id"}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=newer))


_JOURNALISTS = select(journalist, outlet.c.name.label("outlet_name")).select_from(
    journalist.outerjoin(outlet, journalist.c.outlet_id == outlet.c.id)
)


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
    tied = Ref(row["outlet_id"], str(row["outlet_name"])) if row["outlet_id"] else None
    return Journalist(**(values | {"outlet": tied}))
