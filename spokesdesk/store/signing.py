"""Signed files of papers: written once, joined to the chain, never changed."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.people import Ref
from spokesdesk.domain.signing import (
    Changed,
    PaperSignature,
    Revocation,
    SignatureKind,
    SignatureVerdict,
    Validity,
    Verdict,
)
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, file_value, plain
from spokesdesk.store.tables import paper_signature


class SqlSignatures:
    """The paper_signature table."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def add(self, made: PaperSignature) -> None:
        """Keep a signed file with its paper."""
        values = {
            "id": made.id,
            "paper_id": made.paper_id,
            "kind": made.kind.value,
            "signer": made.signer,
            "at": made.at,
            "adapter": made.adapter,
            "file": file_value(made.file),
            "verdict": {"signatures": [_verdict_value(one) for one in made.verdict.signatures]},
            "author_id": made.by.id,
            "author_name": made.by.name,
        }
        self._connection.execute(insert(paper_signature), values)
        self._chain.join("paper_signature", made.id, made.at, values)

    def of(self, paper_id: UUID) -> tuple[PaperSignature, ...]:
        """Give the signed files of a paper, the newest last."""
        statement = (
            select(paper_signature)
            .where(paper_signature.c.paper_id == paper_id)
            .order_by(paper_signature.c.n)
        )
        return tuple(_signature(row) for row in self._connection.execute(statement).mappings())


def _signature(row: RowValues) -> PaperSignature:
    file = row["file"]
    return PaperSignature(
        id=row["id"],
        paper_id=row["paper_id"],
        kind=SignatureKind(row["kind"]),
        signer=str(row["signer"]),
        at=row["at"],
        adapter=str(row["adapter"]),
        file=Attachment(str(file["sha256"]), str(file["name"]), int(file["size"])),
        verdict=Verdict(tuple(_verdict(one) for one in row["verdict"]["signatures"])),
        by=Ref(row["author_id"], str(row["author_name"])),
    )


def _verdict_value(found: SignatureVerdict) -> dict[str, object]:
    return {field.name: plain(getattr(found, field.name)) for field in fields(found)}


def _verdict(value: Mapping[str, Any]) -> SignatureVerdict:
    at = value["signed_at"]
    return SignatureVerdict(
        **{
            **value,
            "certificate": Validity(value["certificate"]),
            "changed": Changed(value["changed"]),
            "changed_fields": tuple(value["changed_fields"]),
            "signed_at": datetime.fromisoformat(at) if at else None,
            "revocation": Revocation(value.get("revocation", Revocation.UNCHECKED)),
            "valid_from": datetime.fromisoformat(value["valid_from"]),
            "valid_until": datetime.fromisoformat(value["valid_until"]),
        }
    )
