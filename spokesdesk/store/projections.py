"""What rows say for lists must be what the entries of the chain say: the entries are vouched for, the rows are not."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, and_, func, select

from spokesdesk.domain.chain import ChainFault
from spokesdesk.domain.papers import PaperState
from spokesdesk.store.incident_rows import following_values as incident_values
from spokesdesk.store.incident_rows import incident_record, version_record
from spokesdesk.store.incident_rows import step_record as read_step
from spokesdesk.store.paper_rows import head_values
from spokesdesk.store.request_rows import following_values, request_record, step_record
from spokesdesk.store.rows import RowValues, plain
from spokesdesk.store.tables import chain, paper, paper_move, paper_text
from spokesdesk.store.tables_cases import case, case_move, case_text
from spokesdesk.store.tables_incidents import incident, incident_step, incident_text
from spokesdesk.store.tables_monitoring import news, triage_step
from spokesdesk.store.tables_requests import request, request_step
from spokesdesk.typeset.letter_file import read_letter

_STAMPED = ("number", "numbered_on", "series", "year", "docx", "pdf")
_FACTS = ("kind", "title", "happened_at", "person", "outlet_name")
# What a request keeps saying of itself when its steps were emptied.
_KEPT = ("state", "closed_at")


def unsaid(connection: Connection) -> list[ChainFault]:
    """Give papers, cases, incidents, requests, found items whose rows say something else than texts and steps."""
    return [
        *_papers(connection),
        *_cases(connection),
        *_incidents(connection),
        *_requests(connection),
        *_news(connection),
    ]


def _papers(connection: Connection) -> Iterator[ChainFault]:
    steps = _grouped(connection, paper_move, "paper_id", ("target", "stamped"))
    for row in connection.execute(_with_text(paper, paper_text, "paper_id", "letter")).mappings():
        moves = steps(row["id"])
        last = moves[-1]["target"] if moves else PaperState.DRAFT.value
        if row["state"] != last:
            yield _fault("state_unsaid", "paper", row, "subject")
        stamped = [move["stamped"] for move in moves if move["stamped"]]
        if stamped and any(plain(row[name]) != stamped[-1].get(name) for name in _STAMPED):
            yield _fault("number_unsaid", "paper", row, "subject")
        if row["version"] != row["latest"] or row["letter"] is None:
            yield _fault("version_unsaid", "paper", row, "subject")
        elif any(row[name] != said for name, said in head_values(read_letter(row["letter"])).items()):
            yield _fault("text_unsaid", "paper", row, "subject")


def _cases(connection: Connection) -> Iterator[ChainFault]:
    steps = _grouped(connection, case_move, "case_id", ("target",))
    for row in connection.execute(_with_text(case, case_text, "case_id", *_FACTS)).mappings():
        moves = steps(row["id"])
        if not moves or row["state"] != moves[-1]["target"]:
            yield _fault("state_unsaid", "case", row, "title")
        if row["version"] != row["latest"]:
            yield _fault("version_unsaid", "case", row, "title")
        elif any(row[name] != row[f"said_{name}"] for name in _FACTS):
            yield _fault("text_unsaid", "case", row, "title")


def _incidents(connection: Connection) -> Iterator[ChainFault]:
    steps = _grouped(connection, incident_step, "incident_id", tuple(incident_step.c.keys()))
    texts = _grouped(connection, incident_text, "incident_id", tuple(incident_text.c.keys()), "version")
    for row in connection.execute(select(incident).order_by(incident.c.id)).mappings():
        moves, versions = steps(row["id"]), texts(row["id"])
        if not versions or not moves:
            yield _fault("version_unsaid", "incident", row, "title")
            continue
        latest = version_record(versions[-1])
        said = incident_record({**row, "saved_at": latest.at}, latest, [*map(read_step, moves)])
        wrong = {name for name, value in incident_values(said).items() if row[name] != value}
        if wrong:
            yield _fault("state_unsaid" if "state" in wrong else "text_unsaid", "incident", row, "title")


def _requests(connection: Connection) -> Iterator[ChainFault]:
    emptied = set(connection.scalars(_EMPTIED))
    steps = _grouped(connection, request_step, "request_id", tuple(request_step.c.keys()))
    for row in connection.execute(select(request).order_by(request.c.id)).mappings():
        said = following_values(request_record(row, map(step_record, steps(row["id"]))))
        wrong = {name for name, value in said.items() if row[name] != value}
        if row["id"] in emptied:
            wrong &= set(_KEPT)
        if wrong:
            yield _fault("state_unsaid" if "state" in wrong else "steps_unsaid", "request", row, "topic")


def _news(connection: Connection) -> Iterator[ChainFault]:
    steps = _grouped(connection, triage_step, "item_id", ("state", "verdict", "assignee", "done"))
    judged = select(news).where(news.c.id.in_(select(triage_step.c.item_id))).order_by(news.c.id)
    for row in connection.execute(judged).mappings():
        last = steps(row["id"])[-1]
        if any(row[name] != last[name] for name in ("state", "verdict", "assignee", "done")):
            yield _fault("state_unsaid", "news", row, "title")


_EMPTIED = (
    select(request_step.c.request_id)
    .join(chain, and_(chain.c.entry == request_step.c.id, chain.c.kind == "request_step"))
    .where(chain.c.salt.is_(None))
)


def _fault(code: str, kind: str, row: RowValues, name: str) -> ChainFault:
    return ChainFault(0, code, row["id"], kind, name=str(row[name]))


def _with_text(table: Table, texts: Table, of: str, *said: str) -> Any:
    """Give the rows of a table, each with its text of the version it names and the latest version there is."""
    latest = select(texts.c[of].label("of"), func.max(texts.c.version).label("latest"))
    last = latest.where(texts.c.fork == 0).group_by(texts.c[of]).subquery()
    is_text = and_(texts.c[of] == table.c.id, texts.c.version == table.c.version, texts.c.fork == 0)
    joined = table.outerjoin(last, last.c.of == table.c.id).outerjoin(texts, is_text)
    columns = [texts.c[name].label(f"said_{name}" if name in table.c else name) for name in said]
    return select(table, last.c.latest, *columns).select_from(joined).order_by(table.c.id)


def _grouped(
    connection: Connection, table: Table, of: str, columns: tuple[str, ...], order: str = "n"
) -> Callable[[UUID], list[RowValues]]:
    """Give what gives the steps of a record; records are to be asked for in the order of their ids."""
    wanted = select(table.c[of].label("of"), *(table.c[name] for name in columns))
    rows = connection.execute(wanted.order_by(table.c[of], table.c[order])).mappings()
    groups = groupby(rows, key=lambda row: row["of"])
    waiting: list[tuple[UUID, list[RowValues]]] = []

    def steps(record: UUID) -> list[RowValues]:
        while True:
            if not waiting:
                found = next(groups, None)
                if found is None:
                    return []
                waiting.append((found[0], list(found[1])))
            # A step of no record at all is named by the check of references.
            if waiting[0][0].bytes > record.bytes:
                return []
            group = waiting.pop()
            if group[0] == record:
                return group[1]

    return steps
