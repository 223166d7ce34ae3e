"""Pictures of watching the press, of articles and their rebuttals, and of incidents."""

from collections.abc import Callable

from spokesdesk.domain.rebuttals import RoundMove
from spokesdesk.domain.recaptures import RecaptureDraft
from spokesdesk.gui.coverage import CoverageScreen
from spokesdesk.gui.incidents import IncidentsScreen
from spokesdesk.gui.incidents.asking import Ask
from spokesdesk.gui.monitoring import MonitoringScreen
from spokesdesk.services import coverage, rebuttals, recaptures
from tests.gui.stage import Stage, settle


def incident(stage: Stage) -> IncidentsScreen:
    screen = stage.show("incidents")
    assert isinstance(screen, IncidentsScreen)
    row = screen.list.list.rows().row_at(0)
    settle(stage.courier)
    row = screen.list.list.rows().row_at(0)
    assert row is not None
    screen.open_record("incident", row.id)
    settle(stage.courier)
    return screen


def incident_said(stage: Stage) -> None:
    incident(stage).page.ask(Ask.SAY)
    settle(stage.courier)


def incident_evidence(stage: Stage) -> None:
    incident(stage).page.ask(Ask.EVIDENCE)
    settle(stage.courier)


def incident_figures(stage: Stage) -> None:
    incident(stage).show_figures()
    settle(stage.courier)


def news(stage: Stage) -> MonitoringScreen:
    screen = stage.show("monitoring")
    assert isinstance(screen, MonitoringScreen)
    return screen


def watching(stage: Stage) -> None:
    news(stage).show_watch()
    settle(stage.courier)


def false_post(stage: Stage) -> None:
    screen = news(stage)
    screen.show_queue()
    screen.queue.list.select_first()
    settle(stage.courier)
    item_id = screen.queue.reader.item_id
    assert item_id is not None
    screen.show_sheet(item_id)


def article_rounds(stage: Stage) -> CoverageScreen:
    desk = stage.session.desk()
    assert desk is not None
    (row, *_others) = coverage.article_rows(desk, coverage.article_numbers(desk))
    made = rebuttals.rounds(desk, row.id).rounds
    if made and RoundMove.DELIVER in made[0].round.moves:
        rebuttals.note(desk, made[0].round.id, RoundMove.DELIVER)
        text = coverage.article(desk, row.id).text
        recaptures.add(desk, row.id, RecaptureDraft(text=f"Thông tin cải chính, xin lỗi\n\n{text}"))
    stage.control.navigate("article", row.id)
    settle(stage.courier)
    screen = stage.control.pages.current()
    assert isinstance(screen, CoverageScreen)
    screen.page.side.verticalScrollBar().setValue(screen.page.following.rounds.y())
    return screen


def article_check(stage: Stage) -> None:
    screen, desk = article_rounds(stage), stage.session.desk()
    assert desk is not None
    assert screen.page.article is not None
    ((seen, _check), *_others) = recaptures.of_article(desk, screen.page.article.id)
    screen.page.following.check(seen.id)
    settle(stage.courier)


def article_note(stage: Stage) -> None:
    article_rounds(stage).page.following.note_last()
    settle(stage.courier)


def article_recapture(stage: Stage) -> None:
    article_rounds(stage).page.following.recapture()
    settle(stage.courier)


def article_outcomes(stage: Stage) -> None:
    article_rounds(stage).outcomes()
    settle(stage.courier)


PICTURES: dict[str, Callable[[Stage], object]] = {
    "incident-page": incident,
    "incident-said": incident_said,
    "incident-evidence": incident_evidence,
    "incident-figures": incident_figures,
    "watching": watching,
    "false-post": false_post,
    "article-rounds": article_rounds,
    "article-check": article_check,
    "article-note": article_note,
    "article-recapture": article_recapture,
    "article-outcomes": article_outcomes,
}
