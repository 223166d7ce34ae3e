"""As much of journalists and outlets as tells whether two are one: few columns, no order, no joins but one."""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, LargeBinary, Select, func, or_, select, type_coerce

from spokesdesk.domain.duplicates import Sketch, phone_key
from spokesdesk.store.alias import survivor
from spokesdesk.store.tables import journalist, outlet

_given = outlet.alias("given")
_JOURNALISTS = (
    select(
        type_coerce(journalist.c.id, LargeBinary).label("id"),
        journalist.c.name_fold,
        type_coerce(survivor(_given), LargeBinary).label("outlet"),
        journalist.c.phone,
        journalist.c.email,
        journalist.c.card_number,
    )
    .select_from(journalist.outerjoin(_given, _given.c.id == journalist.c.outlet_id))
    .where(journalist.c.merged_into.is_(None))
)
_OUTLETS = select(
    type_coerce(outlet.c.id, LargeBinary).label("id"),
    outlet.c.name_fold,
    outlet.c.phone,
    outlet.c.email,
    outlet.c.licence_number,
    outlet.c.website,
).where(outlet.c.merged_into.is_(None))
_LAST_DIGITS = 8


def journalist_sketches(connection: Connection, record: UUID | None) -> list[Sketch]:
    """Give the sketches of all journalists, or of one and those it may be the same as."""
    statement = _JOURNALISTS if record is None else _near(connection, record)
    # Two devices that write down one journalist write down the outlet twice as well.
    same = _outlets_of_one_name(connection)
    return [
        Sketch(row.id, row.name_fold, same.get(row.outlet, row.outlet), row.phone, row.email, row.card_number)
        for row in connection.execute(statement)
    ]


def outlet_sketches(connection: Connection) -> list[Sketch]:
    """Give the sketches of all outlets."""
    return [
        Sketch(
            row.id,
            row.name_fold,
            phone=row.phone,
            email=row.email,
            licence=row.licence_number,
            website=row.website,
            is_outlet=True,
        )
        for row in connection.execute(_OUTLETS)
    ]


def _outlets_of_one_name(connection: Connection) -> dict[bytes, bytes]:
    """Give outlet → the first outlet of its name, of those whose name stands in the book more than once."""
    kept = outlet.c.merged_into.is_(None)
    doubled = select(outlet.c.name_fold).where(kept).group_by(outlet.c.name_fold).having(func.count() > 1)
    found = select(type_coerce(outlet.c.id, LargeBinary).label("id"), outlet.c.name_fold)
    first: dict[str, bytes] = {}
    rows = connection.execute(found.where(kept, outlet.c.name_fold.in_(doubled)).order_by(outlet.c.id))
    return {row.id: first.setdefault(row.name_fold, row.id) for row in rows}


def _near(connection: Connection, record: UUID) -> Select[tuple[object, ...]]:
    """Narrow to what shares a name, a card, an e-mail or the last digits of a phone with one journalist."""
    own = connection.execute(select(journalist).where(journalist.c.id == record)).first()
    if own is None:
        return _JOURNALISTS.where(journalist.c.id == record)
    alike = [journalist.c.name_fold == own.name_fold]
    if own.card_number:
        card = own.card_number.lower().replace(" ", "")
        alike.append(func.replace(func.lower(journalist.c.card_number), " ", "") == card)
    if own.email:
        alike.append(func.lower(journalist.c.email) == own.email.strip().lower())
    if digits := phone_key(own.phone)[-_LAST_DIGITS:]:
        bare: ColumnElement[str] = journalist.c.phone
        for sign in " .-()":
            bare = func.replace(bare, sign, "")
        alike.append(bare.like(f"%{digits}"))
    return _JOURNALISTS.where(or_(*alike))
