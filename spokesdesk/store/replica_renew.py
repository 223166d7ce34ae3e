"""After rows came from the portal: what lists show and what is found, worked out by the nouns themselves."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, Table, select

from spokesdesk.store.cases import SqlCases
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.coverage import SqlCoverage
from spokesdesk.store.incidents import SqlIncidents
from spokesdesk.store.journal import SqlJournal
from spokesdesk.store.library import SqlLibrary
from spokesdesk.store.monitoring import SqlMonitoring
from spokesdesk.store.papers import SqlPapers
from spokesdesk.store.people import SqlPeople
from spokesdesk.store.press import SqlPress
from spokesdesk.store.province import SqlProvince
from spokesdesk.store.rebuttals import SqlRebuttals
from spokesdesk.store.requests import SqlRequests
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.spokespeople import SqlSpokespeople
from spokesdesk.store.tables import journalist, outlet


class Nouns(Protocol):
    """The nouns of one transaction that work something out."""

    people: SqlPeople
    journal: SqlJournal
    coverage: SqlCoverage
    monitoring: SqlMonitoring
    papers: SqlPapers
    requests: SqlRequests
    cases: SqlCases
    incidents: SqlIncidents
    rebuttals: SqlRebuttals
    spokespeople: SqlSpokespeople
    press: SqlPress
    library: SqlLibrary
    province: SqlProvince
    search: SqlSearch
    chain: SqlChain


def renew(unit: Nouns, connection: Connection, stale: Mapping[str, Mapping[UUID, None]]) -> None:
    """Work out anew what depends on rows that came; the nouns that others name first.

    Args:
        stale: ids by the table's name; with a minus before it, rows that are gone.
    """
    _renew_people(unit, connection, stale)
    unit.journal.renew(list(stale.get("contact", ())))
    unit.journal.renew_standing(list(stale.get("settlement", ())))
    unit.monitoring.renew(list(stale.get("news", ())))
    nouns: tuple[tuple[str, Callable[[UUID], None]], ...] = (
        ("article", unit.coverage.renew),
        ("paper", unit.papers.renew),
        ("request", unit.requests.renew),
        ("case", unit.cases.renew),
        ("rebuttal_round", unit.rebuttals.renew),
        ("incident", unit.incidents.renew),
        ("authorisation", unit.spokespeople.renew),
        ("outlet_checklist", unit.press.find_again),
        ("province_note", unit.province.find_again),
        ("law_entry", lambda record: unit.library.save(unit.library.get(record))),
    )
    for table, work_out in nouns:
        gone = stale.get(f"-{table}", {})
        for record in stale.get(table, ()):
            if record not in gone:
                work_out(record)
    for table, records in stale.items():
        for record in records if table.startswith("-") else ():
            unit.search.drop(record)


def _renew_people(unit: Nouns, connection: Connection, stale: Mapping[str, Mapping[UUID, None]]) -> None:
    outlets, journalists = stale.get("outlet", ()), stale.get("journalist", ())
    standing = _present(connection, outlet, outlets), _present(connection, journalist, journalists)
    unit.people.find_again(*standing)
    for record in {*outlets, *journalists}.difference(*standing):
        unit.search.drop(record)


def _present(connection: Connection, table: Table, records: Iterable[UUID]) -> list[UUID]:
    """Give the records that stand for themselves; merged ones are found by what they were merged into."""
    wanted = list(records)
    found: set[UUID] = set()
    for at in range(0, len(wanted), 500):
        stands = table.c.id.in_(wanted[at : at + 500]) & table.c.merged_into.is_(None)
        found.update(connection.scalars(select(table.c.id).where(stands)))
    return [record for record in wanted if record in found]
