"""Every table of the schema says whether colleagues' desks have it too, and travels whole if they do."""

from spokesdesk.store import unit
from spokesdesk.store.replica_tables import LOCAL, by_entity, parents_of, specs, unclassed
from spokesdesk.store.tables import metadata


def test_every_table_is_in_one_class() -> None:
    assert unit
    assert unclassed() == (), "name it in store/replica_tables.py: shared, or local with its reason"


def test_what_stays_on_the_desk_says_why() -> None:
    assert set(LOCAL) <= set(metadata.tables)
    assert all(reason.strip() for reason in LOCAL.values())


def test_nouns_are_unique_and_parents_come_before_what_points_to_them() -> None:
    assert len(by_entity()) == len(specs())
    place = {spec.table.name: at for at, spec in enumerate(specs())}
    for spec in specs():
        for column, parent in parents_of(spec.table):
            assert place[parent.name] <= place[spec.table.name], f"{spec.table.name}.{column}"


def test_each_column_that_must_hold_something_travels_or_is_worked_out() -> None:
    for spec in specs():
        if spec.beside:
            continue
        known = {*spec.columns, *spec.blank, "n", "fork"}
        for column in spec.table.c:
            if column.name not in known and not column.nullable:
                assert column.server_default is not None, f"{spec.table.name}.{column.name}"
