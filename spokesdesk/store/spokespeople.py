"""Authorisations to speak and what became of them: written once, joined to the chain, found by any word."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import Ref
from spokesdesk.domain.spokespeople import Authorisation, AuthorisationStep, SpeakerKind, StepKind
from spokesdesk.domain.text import fold
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import member, paper
from spokesdesk.store.tables_people import authorisation, authorisation_step

_LETTERS = (
    select(authorisation_step, paper.c.number, paper.c.symbol)
    .select_from(authorisation_step.outerjoin(paper, paper.c.id == authorisation_step.c.paper_id))
    .order_by(authorisation_step.c.n)
)
_HELD = (
    select(authorisation, member.c.name.label("member_name"))
    .select_from(authorisation.outerjoin(member, member.c.id == authorisation.c.member_id))
    .order_by(authorisation.c.n)
)


class SqlSpokespeople:
    """The authorisation and authorisation_step tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def add(self, made: Authorisation) -> None:
        """Write an authorisation, its link and its search text; a corrected one is told who corrects it."""
        values = _values(made)
        self._connection.execute(insert(authorisation), values)
        self._chain.join("authorisation", made.id, made.at, values)
        self._put_words(made)
        if made.corrects is not None:
            corrected = update(authorisation).where(authorisation.c.id == made.corrects)
            self._connection.execute(corrected.values(corrected_by=made.id))

    def renew(self, authorisation_id: UUID) -> None:
        """Work out anew who corrects an authorisation, and renew the words by which it is found."""
        corrects = select(authorisation.c.id).where(authorisation.c.corrects == authorisation_id)
        corrected_by = self._connection.scalar(corrects.order_by(authorisation.c.n.desc()).limit(1))
        marked = update(authorisation).where(authorisation.c.id == authorisation_id)
        self._connection.execute(marked.values(corrected_by=corrected_by))
        self._put_words(self.get(authorisation_id))

    def _put_words(self, made: Authorisation) -> None:
        parts = (made.post, made.number, made.issuing_body, made.authorised_by, made.scope, made.note)
        self._search.put("spokesperson", made.id, made.name, " · ".join(filter(None, parts)), made.at)

    def add_step(self, step: AuthorisationStep) -> None:
        """Write what became of an authorisation, and its link."""
        values = {
            "id": step.id,
            "authorisation_id": step.authorisation_id,
            "step": step.step.value,
            "on_day": step.on,
            "happened_at": step.happened_at,
            "remark": step.remark,
            "paper_id": step.paper_id,
            "at": step.at,
            "author_id": step.by.id,
            "author_name": step.by.name,
        }
        self._connection.execute(insert(authorisation_step), values)
        self._chain.join("authorisation_step", step.id, step.at, values)

    def get(self, authorisation_id: UUID) -> Authorisation:
        """Give one, with its steps; raises UserError("record_missing")."""
        found = next((item for item in self.all() if item.id == authorisation_id), None)
        if found is None:
            raise UserError("record_missing", field="id", id=authorisation_id)
        return found

    def all(self) -> tuple[Authorisation, ...]:
        """Give every authorisation, corrected ones too, the oldest first; an office has few of them.

        What became of a corrected one counts for the one that corrects it.
        """
        rows = list(self._connection.execute(_HELD).mappings())
        steps: dict[UUID, list[RowValues]] = defaultdict(list)
        for row in self._connection.execute(_LETTERS).mappings():
            steps[row["authorisation_id"]].append(row)
        for row in rows:
            if row["corrects"] is not None:
                steps[row["id"]] = [*steps[row["corrects"]], *steps[row["id"]]]
        return tuple(_authorisation(row, steps[row["id"]]) for row in rows)


def _values(made: Authorisation) -> dict[str, object]:
    return {
        "id": made.id,
        "kind": made.kind.value,
        "name": made.name,
        "name_fold": fold(made.name),
        "member_id": made.member.id if made.member else None,
        "post": made.post,
        "decision_number": made.decision_number,
        "decided_at": made.decided_at,
        "issuing_body": made.issuing_body,
        "authorised_by": made.authorised_by,
        "authorised_by_post": made.authorised_by_post,
        "scope": made.scope,
        "from_on": made.from_on,
        "until_on": made.until_on,
        "phone": made.phone,
        "email": made.email,
        "note": made.note,
        "at": made.at,
        "author_id": made.author.id,
        "author_name": made.author.name,
        "corrects": made.corrects,
    }


def _authorisation(row: RowValues, steps: list[RowValues]) -> Authorisation:
    same = ("post", "decision_number", "issuing_body", "authorised_by", "authorised_by_post", "scope")
    numbered = [step for step in steps if step["number"] is not None]
    letter = f"{numbered[-1]['number']:02d}/{numbered[-1]['symbol']}" if numbered else ""
    return Authorisation(
        id=row["id"],
        kind=SpeakerKind(str(row["kind"])),
        name=str(row["name"]),
        from_on=row["from_on"],
        until_on=row["until_on"],
        at=row["at"],
        author=Ref(row["author_id"], str(row["author_name"])),
        decided_at=row["decided_at"],
        phone=str(row["phone"]),
        email=str(row["email"]),
        note=str(row["note"]),
        member=Ref(row["member_id"], str(row["member_name"])) if row["member_id"] else None,
        corrects=row["corrects"],
        corrected_by=row["corrected_by"],
        steps=tuple(_step(step) for step in steps),
        letter_number=letter,
        **{name: str(row[name]) for name in same},
    )


def _step(row: RowValues) -> AuthorisationStep:
    return AuthorisationStep(
        id=row["id"],
        authorisation_id=row["authorisation_id"],
        step=StepKind(str(row["step"])),
        at=row["at"],
        by=Ref(row["author_id"], str(row["author_name"])),
        on=row["on_day"],
        happened_at=row["happened_at"],
        remark=str(row["remark"]),
        paper_id=row["paper_id"],
    )
