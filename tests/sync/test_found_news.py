"""Two desks fetch the same feed before they exchange: what both found is one item, and nobody is asked which."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk.domain.monitoring import ItemRow, ItemState, Source, SourceDraft, Triage
from spokesdesk.domain.monitoring_web import FeedEntry
from spokesdesk.services import find, monitoring, monitoring_sources, sync
from spokesdesk.services.monitoring_intake import take
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.monitoring import Wanted
from tests.press_server import LONG
from tests.server.running import RunningPortal
from tests.sync.pairs import Pair, differences, faults, paired

FLOOD = FeedEntry("Sở Thông tin và Truyền thông nói về vụ lộ dữ liệu", "https://baothu.vn/bai-1", LONG)


@pytest.fixture
def pair(tmp_path: Path, portal: RunningPortal) -> Iterator[Pair]:
    with paired(tmp_path, portal) as made:
        for desk in (made.first, made.second):
            monitoring_sources.save_subject(desk, None, "Chuyển đổi số", "chuyển đổi số")
        yield made


def source(desk: Desk, outlet: str) -> Source:
    found = {one.name: one for one in monitoring_sources.sources(desk)}
    if outlet in found:
        return found[outlet]
    address = f"https://{len(found)}.{desk.member.id.hex}.vn/rss"
    return monitoring_sources.save_source(desk, SourceDraft("", address, outlet))[0]


def found(desk: Desk, outlet: str, *entries: FeedEntry) -> list[UUID]:
    """Take entries in as the feed of an outlet would bring them now."""
    origin = source(desk, outlet)
    with desk.write() as unit:
        return [item.id for item in take(desk, unit, origin, entries).items]


def listed(desk: Desk) -> list[ItemRow]:
    rows = monitoring.queue(desk, Wanted())
    return list(rows.page(rows.whole(rows.open()), 0, 100))


def same(pair: Pair) -> None:
    pair.settle_down()
    assert differences(pair.first, pair.second) == []
    assert [faults(desk) for desk in (pair.first, pair.second)] == [[], []]
    assert [sync.conflicts(desk) for desk in (pair.first, pair.second)] == [(), ()]


def test_what_both_found_apart_is_one_item_as_the_first_to_exchange_has_it(pair: Pair) -> None:
    later = replace(pair.second, now=lambda: pair.second.now() + timedelta(minutes=4))
    mine = found(pair.first, "Báo Thử", FLOOD)
    theirs = found(later, "Báo Thử điện tử", replace(FLOOD, title="Vụ lộ dữ liệu: Sở lên tiếng"))
    assert mine == theirs
    same(pair)
    [row] = listed(pair.second)
    assert (row.title, row.where) == (FLOOD.title, "Báo Thử")
    assert [hit.id for hit in find.find(pair.second, "len tieng", ("news",))] == []
    assert [hit.id for hit in find.find(pair.second, "lo du lieu", ("news",))] == mine


def test_what_both_judged_apart_stands_as_the_last_step_of_the_feed_on_both(pair: Pair) -> None:
    [item] = found(pair.first, "Báo Thử", FLOOD)
    found(pair.second, "Báo Thử", FLOOD)
    monitoring.judge(pair.first, item, Triage.FALSE)
    monitoring.judge(pair.second, item, Triage.INACCURATE)
    monitoring.assign(pair.second, item, "Trần Văn Bình")
    same(pair)
    views = [monitoring.view(desk, item) for desk in (pair.first, pair.second)]
    assert [len(view.steps) for view in views] == [3, 3]
    assert views[0].item.now == views[1].item.now == views[0].steps[-1].now
    assert views[0].item.now.state is ItemState.OPEN


def test_each_took_another_outlet_for_the_first_and_still_neither_is_lost(pair: Pair) -> None:
    repeat = FeedEntry("Hoàn thành chuyển đổi số", "https://baokhac.vn/1", f"{LONG} (Theo Báo Thử)")
    found(pair.first, "Báo Thử", FLOOD)
    found(pair.first, "Báo Khác", repeat)
    found(pair.second, "Báo Khác", repeat)
    found(pair.second, "Báo Thử", FLOOD)
    same(pair)
    for desk in (pair.first, pair.second):
        [row] = listed(desk)
        assert (row.title, row.copies) == (FLOOD.title, 1)
        assert [one.title for one in monitoring.view(desk, row.id).copies] == [repeat.title]


def test_an_item_kept_without_a_subject_stays_wanted_and_goes_to_the_colleague(pair: Pair) -> None:
    plain = FeedEntry("Giá rau tăng nhẹ", "https://baothu.vn/rau", "Giá rau ở chợ đầu mối tăng nhẹ.")
    [item] = found(pair.first, "Báo Thử", plain)
    monitoring.judge(pair.first, item, Triage.SENSITIVE)
    subject = monitoring_sources.save_subject(pair.first, None, "Thời tiết", "mưa lũ")[0]
    monitoring.undo(pair.first, item)
    monitoring_sources.drop_subject(pair.first, subject.id)
    same(pair)
    assert [row.title for row in listed(pair.second)] == [plain.title]
