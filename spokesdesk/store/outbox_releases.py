"""Releases and withdrawals for the portal, queued in the transaction that makes them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update

from spokesdesk import wire
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperMove
from spokesdesk.domain.publication import is_public, paragraphs
from spokesdesk.domain.text import fold
from spokesdesk.store.outbox_place import Place
from spokesdesk.store.rows import file_value
from spokesdesk.store.tables_sync import enrolled, ledger, outbox


class Releases(Place):
    """What the public is to read goes on its way."""

    def queue_release(self, paper: Paper, at: datetime, op_id: UUID | None = None) -> bool:
        """Queue a released paper for the portal, in the transaction that releases it.

        Args:
            paper: numbered, with both files.
            at: UTC.
            op_id: id of the operation; the id of the release itself when left out.

        Returns:
            False when nothing was queued: not enrolled, not for the public, or queued before.
        """
        place = self._place()
        if place is None or not is_public(paper.letter) or self._has(paper.id):
            return False
        release = _release_move(paper)
        fields = _fields(paper, release.at if release else at)
        made = wire.Op(
            op_id=op_id or (release.id if release else paper.id),
            device=place.device,
            dseq=place.dseq + 1,
            actor=str(release.by.id) if release else "",
            journal=place.journal,
            entity="paper",
            rec=paper.id,
            kind="release",
            base_ver=0,
            patch=wire.patch_of(fields),
            sv=wire.SV,
            wall=at.isoformat(),
        )
        self._add(made, paper, at)
        return True

    def queue_withdrawal(self, paper: Paper, at: datetime) -> bool:
        """Queue that a paper was withdrawn, in the transaction that withdraws it; the portal takes its page down.

        Returns:
            False when the paper never went on its way to a portal.
        """
        place = self._place()
        step = next((step for step in reversed(paper.moves) if step.move is Move.WITHDRAW), None)
        if place is None or step is None or not self._has(paper.id):
            return False
        made = wire.Op(
            op_id=step.id,
            device=place.device,
            dseq=place.dseq + 1,
            actor=str(step.by.id),
            journal=place.journal,
            entity="paper",
            rec=paper.id,
            kind="withdraw",
            base_ver=1,
            patch={"withdrawn_at": wire.FieldChange(None, step.at.isoformat())},
            sv=wire.SV,
            wall=at.isoformat(),
        )
        self._queue(made, at)
        ours = (ledger.c.record == paper.id) & (ledger.c.state != "quarantined")
        self._connection.execute(update(ledger).where(ours).values(state="queued", changed_at=at))
        return True

    def _add(self, made: wire.Op, paper: Paper, at: datetime) -> None:
        self._connection.execute(
            insert(ledger).values(
                record=made.rec,
                entity=made.entity,
                title=paper.title,
                folded=fold(paper.title),
                state="queued",
                files=[file_value(paper.docx), file_value(paper.pdf)],
                changed_at=at,
            )
        )
        self._queue(made, at)

    def _queue(self, made: wire.Op, at: datetime) -> None:
        text = wire.encode(made).decode()
        self._connection.execute(
            insert(outbox).values(
                op_id=made.op_id, record=made.rec, op=text, state="queued", tries=0, queued_at=at
            )
        )
        self._connection.execute(update(enrolled).values(dseq=made.dseq))


def _release_move(paper: Paper) -> PaperMove | None:
    return next((step for step in reversed(paper.moves) if step.move is Move.RELEASE), None)


def _fields(paper: Paper, at: datetime) -> wire.ReleaseFields:
    letter, number, on = paper.letter, paper.number, paper.numbered_on
    if paper.docx is None or paper.pdf is None or number is None or on is None:
        raise ConflictError("release_incomplete")
    return wire.ReleaseFields(
        kind=letter.kind.value,
        title=letter.subject or _("Thông cáo báo chí"),
        number=number,
        symbol=letter.symbol,
        agency=letter.agency,
        place=letter.place,
        date_on=on.isoformat(),
        released_at=at.isoformat(),
        text=list(paragraphs(letter.body)),
        docx=_file(paper.docx),
        pdf=_file(paper.pdf),
        corrects=str(paper.corrects or ""),
    )


def _file(attachment: Attachment) -> wire.FileRef:
    return wire.FileRef(attachment.sha256, attachment.name, attachment.size)
