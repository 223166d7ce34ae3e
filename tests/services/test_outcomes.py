"""Statistics of rebuttals: only letters that arrived count, each under its outlet, kind and what it asked."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.rebuttals import RoundMove
from spokesdesk.services import merging, outcomes, people, rebuttals
from spokesdesk.services.ports import Desk
from tests.services.articles import article, at, claim

NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
DELIVERED = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)


def letter(
    desk: Desk,
    outlet: str,
    kind: OutletKind,
    *moves: tuple[RoundMove, float],
    asks: tuple[Ask, ...] = (Ask.CORRECTION,),
) -> None:
    found = article(desk, claim(asks=asks), outlet=outlet, kind=kind)
    rebuttals.open_rebuttal(desk, found.id)
    made = rebuttals.rounds(desk, found.id).rounds[-1].round
    for move, days in moves:
        rebuttals.note(desk, made.id, move, done_at=DELIVERED + timedelta(days=days))


def furnished(desk: Desk) -> Desk:
    desk = at(desk, NOW)
    arrived = (RoundMove.DELIVER, 0.0)
    letter(desk, "Báo A", OutletKind.ONLINE, arrived, (RoundMove.CORRECT, 1))
    letter(desk, "Báo A", OutletKind.ONLINE, arrived, (RoundMove.ANSWER, 4), (RoundMove.REFUSE, 9))
    letter(desk, "Báo A", OutletKind.ONLINE, arrived, (RoundMove.SILENT, 20))
    letter(
        desk, "Đài B", OutletKind.BROADCAST, arrived, (RoundMove.PUBLISH, 2), asks=(Ask.RESPONSE, Ask.REMOVAL)
    )
    letter(desk, "Đài B", OutletKind.BROADCAST, arrived)
    letter(desk, "Đài B", OutletKind.BROADCAST)
    letter(desk, "Báo C", OutletKind.DAILY, arrived, (RoundMove.WITHDRAW, 1))
    return desk


def test_letters_are_counted_by_fate_and_by_how_long_an_answer_took(desk: Desk) -> None:
    found = outcomes.statistics(furnished(desk))
    total = found.total
    assert (total.asked, total.answered, total.waiting) == (5, 3, 1), (
        "not those still written, nor those dropped"
    )
    assert (total.corrected, total.refused, total.silent, total.published) == (1, 1, 1, 1)
    assert total.median_days == 2.0
    assert [(each.name, each.asked, each.median_days) for each in found.by_outlet] == [
        ("Báo A", 3, 2.5),
        ("Đài B", 2, 2.0),
    ]
    assert [(each.name, each.asked) for each in found.by_kind] == [("online", 3), ("broadcast", 2)]
    assert [(each.name, each.asked) for each in found.by_ask] == [
        ("correction", 4),
        ("response", 1),
        ("removal", 1),
    ]


def test_a_span_of_days_counts_the_letters_drafted_in_it(desk: Desk) -> None:
    desk = furnished(desk)
    assert outcomes.statistics(desk, date(2026, 12, 1), date(2026, 12, 1)).total.asked == 5
    assert outcomes.statistics(desk, date(2026, 12, 2)).total.asked == 0
    assert outcomes.statistics(desk, None, date(2026, 11, 30)).total.asked == 0


def test_letters_to_a_merged_outlet_count_under_the_one_that_was_kept(desk: Desk) -> None:
    desk = furnished(desk)
    by_name = {each.name: each for each in people.outlets(desk)}
    merging.merge(desk, "outlet", by_name["Báo A"].id, by_name["Đài B"].id)
    found = outcomes.statistics(desk)
    assert [each.asked for each in found.by_outlet] == [5]


def test_the_table_is_written_for_excel_and_as_csv(desk: Desk, tmp_path: Path) -> None:
    desk = furnished(desk)
    found = outcomes.statistics(desk)
    target = tmp_path / "ket-qua.csv"
    assert outcomes.export(desk, target, found) == 8
    rows = [line for line in target.read_text(encoding="utf-8-sig").splitlines() if line]
    assert len(rows) == 9
    assert "Cải chính đủ" in rows[0]
    assert any("Đài B" in row for row in rows)
    outcomes.export(desk, tmp_path / "ket-qua.xlsx", found)
    table = desk.sheets.open(tmp_path / "ket-qua.xlsx")
    assert table is not None
    with pytest.raises(UserError) as refused:
        outcomes.export(desk, tmp_path / "ket-qua.doc", found)
    assert refused.value.code == "export_kind"
