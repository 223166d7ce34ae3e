"""What a page shows of a paper, read in one go on a worker."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.blocks import read_body
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.letters import Letter, tidy
from spokesdesk.domain.papers import FINISHED, Paper
from spokesdesk.domain.signing import PaperSignature
from spokesdesk.services import coverage, drafts, inserting, signing
from spokesdesk.services import papers as service
from spokesdesk.services.numbering import Twin
from spokesdesk.services.paper_sources import PaperSource, sources
from spokesdesk.services.ports import Desk, SavedDraft


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper with what belongs to it.

    Attributes:
        article: the article it answers, if any.
        pdf: the file made when it was numbered.
        sync: how far it has come to the portal, "" when it is not on its way.
        draft: what was typed and never saved as a version.
        signatures: the signed files, the newest last.
        twins: what else bears its number.
        sources: what it was drawn up for.
        origins: where paragraphs of it come from.
    """

    paper: Paper
    article: Article | None
    pdf: bytes | None
    sync: str
    draft: SavedDraft | None
    signatures: tuple[PaperSignature, ...] = ()
    twins: tuple[Twin, ...] = ()
    origins: tuple[str, ...] = ()
    sources: tuple[PaperSource, ...] = ()


def opened(desk: Desk, paper_id: UUID) -> Opened:
    """Read a paper (blocking)."""
    paper = service.paper(desk, paper_id)
    article = coverage.article(desk, paper.article_id) if paper.article_id else None
    signed = signing.signatures(desk, paper_id)
    pdf = service.file(desk, paper_id, "pdf") if signed or paper.pdf is not None else None
    form = f"paper:{paper_id}"
    draft = next((kept for kept in drafts.all_drafts(desk) if kept.form == form), None)
    twins, origins = service.twins(desk, paper_id), inserting.origins(desk, paper_id)
    came_of = sources(desk, paper_id)
    _read_ahead(paper.letter)
    return Opened(paper, article, pdf, _sync(desk, paper), draft, signed, twins, origins, came_of)


def _read_ahead(letter: Letter) -> None:
    """Read the texts here: their blocks are then known when the editor asks for them on the thread of the window."""
    for text in (letter.body, *(annex.body for annex in letter.annexes)):
        read_body(tidy(text))


def _sync(desk: Desk, paper: Paper) -> str:
    if paper.state not in FINISHED:
        return ""
    from spokesdesk.services import sync

    return next((row.state for row in sync.ledger(desk) if row.record == paper.id), "")
