"""Copies of rebuttals for the province (S1§1e): sent when the letter has arrived, of what was released only."""

from spokesdesk.domain.coverage import Article
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.province import TITLE_LIMIT, TO_PROVINCE, Note, NoteKind, Standing
from spokesdesk.domain.publication import paragraphs
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundStep, RoundTo
from spokesdesk.domain.sending import GONE
from spokesdesk.domain.text import short_date
from spokesdesk.services.inserting import named
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import wording

_TEXT_LIMIT = 18_000
_COPIED = frozenset({RoundTo.OUTLET, RoundTo.GOVERNING_BODY, RoundTo.PRESS_AUTHORITY})


def copy_up(desk: Desk, unit: Unit, made: Round, step: RoundStep) -> None:
    """Send the province a copy of a rebuttal that has arrived, in the transaction that says so.

    A letter that is not released, a round to a court, a desk without a province: nothing is sent.
    """
    if step.move is not RoundMove.DELIVER or made.to not in _COPIED or made.paper_id is None:
        return
    if unit.province.place().standing is not Standing.AGENCY:
        return
    paper = unit.papers.get(made.paper_id)
    if paper.state.value not in GONE:
        return
    article = unit.coverage.get(made.article_id)
    unit.province.write(_copy(desk, made, step, paper, article), step.by)


def _copy(desk: Desk, made: Round, step: RoundStep, paper: Paper, article: Article) -> Note:
    title = wording("province")["rebuttal"]["title"]
    limits = [due for due in step.dues if due.due_at is not None]
    return Note(
        id=desk.new_id(),
        kind=NoteKind.REBUTTAL,
        title=title.format(outlet=article.outlet.name, article=article.title)[:TITLE_LIMIT],
        text="\n\n".join(paragraphs(paper.letter.body))[:_TEXT_LIMIT],
        at=step.at,
        by=step.by.name,
        recipient=TO_PROVINCE,
        due=limits[0] if limits else None,
        extra={
            "outlet": article.outlet.name,
            "article": article.title,
            "url": article.url,
            "published": short_date(article.published_at.date()),
            "paper": named(paper),
            "addressee": made.addressee,
            "round": str(made.number),
        },
    )
