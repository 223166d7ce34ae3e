"""Sources are fetched, items found, judged and reported; what goes wrong at one source holds up no other."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from warcio.archiveiterator import ArchiveIterator

from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.domain.false_posts import FalsePostDraft
from spokesdesk.domain.monitoring import ItemDraft, ItemRow, ItemState, Source, SourceDraft, Triage
from spokesdesk.outside.fetching import Fetcher
from spokesdesk.outside.web import Web
from spokesdesk.services import digest, false_posts, monitoring, papers, workspace
from spokesdesk.services import monitoring_sources as watching
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.monitoring import Wanted
from spokesdesk.store.tables_monitoring import news
from tests.press_server import LONG, Press
from tests.typeset.poppler import text as pdf_text

NEW = Wanted((ItemState.NEW,), matched=True)
ALL = Wanted()


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    with Press(tmp_path_factory.mktemp("press")) as running:
        yield running


@pytest.fixture
def online(desk: Desk, press: Press) -> Desk:
    press.state.unlink(missing_ok=True)
    return replace(desk, web=Web(Fetcher(loopback_ports={press.port}, pace_s=0, patience_s=3)))


def add(desk: Desk, press: Press, path: str, outlet: str = "") -> Source:
    return watching.save_source(desk, SourceDraft("", press.url(path), outlet))[0]


def fetch(desk: Desk, source: Source) -> watching.FetchReport:
    return watching.fetch(desk, source.id)[0]


def listed(desk: Desk, wanted: Wanted = ALL, words: str = "") -> list[ItemRow]:
    found = monitoring.queue(desk, wanted, words)
    return list(found.page(found.whole(found.open()), 0, 100))


def put(desk: Desk, title: str, where: str = "Facebook: Nhóm A", text: str = "", url: str = "") -> ItemRow:
    made = monitoring.add_item(desk, ItemDraft(where, title, desk.now(), url, text=text))[0]
    return next(row for row in listed(desk) if row.id == made.id)


def test_new_items_are_found_once_and_those_that_name_the_agency_come_first(
    online: Desk, press: Press
) -> None:
    source = add(online, press, "rss", "Báo Thử")
    first = fetch(online, source)
    assert (first.added, first.matched, first.source.fault) == (2, 1, "")
    # Nothing changed: the server says so, and nothing comes twice.
    assert fetch(online, source).added == 0
    press.state.touch()
    assert fetch(online, source).added == 1
    assert [row.title for row in listed(online, NEW)] == ["Sở Thông tin và Truyền thông công bố dự án số"]
    assert listed(online, NEW)[0].subjects == ("Sở Thông tin và Truyền thông",)
    assert len(listed(online)) == 3
    assert [row.title for row in listed(online, words="gia rau")] == ["Giá rau tăng nhẹ"]


def test_a_source_is_asked_again_only_when_its_time_has_come(online: Desk, press: Press) -> None:
    source = add(online, press, "rss")
    assert watching.due(online) == (source,)
    fetch(online, source)
    assert watching.due(online) == ()
    later = replace(online, now=lambda: online.now() + timedelta(minutes=16))
    assert [one.id for one in watching.due(later)] == [source.id]


@pytest.mark.parametrize(
    ("path", "fault", "words"),
    [
        ("busy", "web_busy", "chờ"),
        ("gone", "web_gone", "không còn"),
        ("missing", "web_gone", "không còn"),
        ("bai-1", "feed_unreadable", "RSS"),
        ("to-metadata", "web_private", "mạng nội bộ"),
    ],
)
def test_a_source_that_cannot_be_read_says_why_and_waits(
    online: Desk, press: Press, path: str, fault: str, words: str
) -> None:
    after = fetch(online, add(online, press, path)).source
    assert (after.fault, after.failures) == (fault, 1)
    assert words in watching.fault_words(after)
    assert after.next_at is not None
    assert after.checked_at is not None
    assert after.next_at - after.checked_at >= timedelta(minutes=30)
    assert watching.due(online) == ()


def test_the_time_a_server_asks_for_is_kept(online: Desk, press: Press) -> None:
    after = fetch(online, add(online, press, "busy")).source
    assert after.next_at is not None
    assert after.checked_at is not None
    assert after.next_at - after.checked_at == timedelta(seconds=7200)


@pytest.mark.parametrize(
    ("path", "fault", "added"),
    [
        ("broken.xml", "feed_mended", 1),
        ("huge-item", "feed_cut", 1),
        ("dripping", "feed_cut", 0),
        ("bomb", "", 2),
    ],
)
def test_of_a_bad_feed_what_can_be_read_is_kept_and_the_next_source_follows(
    online: Desk, press: Press, path: str, fault: str, added: int
) -> None:
    bad, good = add(online, press, path), add(online, press, "rss")
    report = fetch(online, bad)
    assert report.source.fault in (fault, "feed_mended")
    assert report.added >= added
    assert fetch(online, good).added == 2


def test_an_entry_with_a_mark_of_secrecy_is_not_kept_and_the_others_are(online: Desk, press: Press) -> None:
    report = fetch(online, add(online, press, "marked"))
    assert (report.added, report.refused) == (1, 1)
    assert [row.title for row in listed(online)] == ["Tin thường"]


def test_a_text_that_another_outlet_repeats_is_one_item_with_a_count(online: Desk, press: Press) -> None:
    fetch(online, add(online, press, "rss", "Báo Thử"))
    assert fetch(online, add(online, press, "other", "Báo Khác")).added == 1
    row = next(one for one in listed(online) if one.copies)
    assert row.title == "Sở Thông tin và Truyền thông công bố dự án số"
    assert [one.where for one in monitoring.view(online, row.id).copies] == ["Báo Khác"]


def test_a_subject_added_later_is_looked_for_in_what_nobody_has_seen_yet(online: Desk, press: Press) -> None:
    fetch(online, add(online, press, "rss"))
    subject = watching.save_subject(online, None, "Giá cả", "gia rau; giá thịt")[0]
    assert {row.title for row in listed(online, NEW)} >= {"Giá rau tăng nhẹ"}
    assert [row.title for row in listed(online, replace(NEW, subject=subject.id))] == ["Giá rau tăng nhẹ"]
    before, _changes = watching.drop_subject(online, subject.id)
    assert len(listed(online, NEW)) == 1
    watching.restore_subject(online, before)
    assert len(listed(online, NEW)) == 2


def test_the_same_source_is_not_taken_twice_and_a_dropped_one_leaves_its_items(
    online: Desk, press: Press
) -> None:
    source = add(online, press, "rss")
    with pytest.raises(ConflictError) as caught:
        add(online, press, "rss?utm_source=x")
    assert caught.value.code == "source_known"
    fetch(online, source)
    before, _changes = watching.drop_source(online, source.id)
    assert watching.sources(online) == ()
    assert len(listed(online)) == 2
    watching.restore_source(online, before)
    assert watching.sources(online)[0].url == source.url


def test_triage_is_a_row_of_steps_that_can_be_taken_back_and_stands_in_the_chain(desk: Desk) -> None:
    row = put(desk, "Tin đồn vỡ đập")
    monitoring.judge(desk, row.id, Triage.FALSE_POST)
    monitoring.assign(desk, row.id, "Lê Thị Ánh")
    item, _changes = monitoring.close(desk, row.id, "Đã đăng thông tin đúng trên Cổng.")
    assert (item.now.state, item.now.done) == (ItemState.CLOSED, "Đã đăng thông tin đúng trên Cổng.")
    item, _changes = monitoring.undo(desk, row.id)
    assert (item.now.state, item.now.assignee, item.now.done) == (ItemState.OPEN, "Lê Thị Ánh", "")
    monitoring.undo(desk, row.id)
    item, _changes = monitoring.undo(desk, row.id)
    assert (item.now.state, item.now.verdict) == (ItemState.NEW, None)
    with pytest.raises(ConflictError) as caught:
        monitoring.undo(desk, row.id)
    assert caught.value.code == "nothing_to_undo"
    found = monitoring.view(desk, row.id)
    assert len(found.steps) == 6
    assert {step.item_sha256 for step in found.steps} == {found.item.sha256}
    assert workspace.doctor(desk).ok


def test_the_doctor_sees_an_item_that_was_closed_outside_the_program(desk: Desk) -> None:
    row = put(desk, "Tin đồn vỡ đập")
    monitoring.judge(desk, row.id, Triage.FALSE)
    with desk.write() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        connection.execute(update(news).where(news.c.id == row.id).values(state="closed"))
    said = " ".join(workspace.sentences(workspace.doctor(desk)))
    assert "Tin “Tin đồn vỡ đập”" in said


def test_only_what_was_given_to_me_is_mine(desk: Desk) -> None:
    mine, other = put(desk, "Tin của tôi"), put(desk, "Tin khác")
    for row, name in ((mine, "tran minh khue"), (other, "Lê Thị Ánh")):
        monitoring.assign(desk, row.id, name)
    assert [row.id for row in listed(desk, Wanted(mine=desk.member.ref))] == [mine.id]


def test_a_page_is_kept_as_evidence_and_its_text_becomes_the_article(online: Desk, press: Press) -> None:
    row = put(online, "Dự án số hoàn thành", "Báo Thử", url=press.url("bai-1"))
    made, _changes = monitoring.capture(online, row.id)
    kept = online.files.read(made.file.sha256)
    assert [one.rec_type for one in ArchiveIterator(io.BytesIO(kept))] == ["warcinfo", "response", "request"]
    article, _changes = monitoring.open_article(online, row.id)
    assert article.text == made.text
    assert LONG in article.text
    assert article.snapshot == made.file
    assert article.outlet.name == "Báo Thử"
    assert monitoring.open_article(online, row.id)[0].id == article.id
    assert workspace.doctor(online).ok


@pytest.mark.parametrize(
    ("path", "code"), [("gone", "web_gone"), ("removed", "web_home"), ("none", "web_gone")]
)
def test_an_article_taken_down_before_it_was_kept_is_said(
    online: Desk, press: Press, path: str, code: str
) -> None:
    row = put(online, "Bài đã gỡ", "Báo Thử", url=press.url(path))
    with pytest.raises(OutsideError) as caught:
        monitoring.capture(online, row.id)
    assert caught.value.code == code
    assert monitoring.view(online, row.id).captures == ()


def test_a_page_that_never_ends_is_kept_as_far_as_it_came(online: Desk, press: Press) -> None:
    row = put(online, "Trang dài vô tận", "Báo Thử", url=press.url("endless"))
    made, _changes = monitoring.capture(online, row.id)
    assert made.cut == "length"
    assert LONG in made.text


def test_what_has_no_address_cannot_be_captured_but_a_scan_goes_along(desk: Desk, tmp_path: Path) -> None:
    photo = desk.files.put_bytes(b"\x89PNG scan", "bao-in.png")
    draft = ItemDraft("Báo Giấy", "Tin trên báo in", desk.now(), text="Toàn văn gõ lại.", files=(photo,))
    item, _changes = monitoring.add_item(desk, draft)
    with pytest.raises(UserError) as caught:
        monitoring.capture(desk, item.id)
    assert caught.value.code == "no_address"
    article, _changes = monitoring.open_article(desk, item.id)
    assert (article.snapshot, article.text) == (photo, "Toàn văn gõ lại.")


def test_the_synthesis_tells_subjects_outlets_and_what_needs_an_answer(online: Desk) -> None:
    watching.save_subject(online, None, "Đất đai", "đền bù; thu hồi đất")
    one = put(online, "Đền bù chậm *ở* dự án | cầu", "Báo A", "Dân chờ đền bù ba năm.")
    two = put(online, "Thu hồi đất sai quy trình", "Báo B")
    three = put(online, "Quảng cáo kem", "Báo B")
    monitoring.judge(online, one.id, Triage.INACCURATE)
    monitoring.assign(online, one.id, "Lê Thị Ánh")
    monitoring.judge(online, two.id, Triage.FALSE)
    monitoring.close(online, two.id, "Đã gửi công văn.")
    monitoring.judge(online, three.id, Triage.UNRELATED)
    found = digest.digest(online)
    assert {name: len(items) for name, items in found.subjects().items()} == {"Đất đai": 2}
    assert {name: len(items) for name, items in found.outlets().items()} == {"Báo A": 1, "Báo B": 1}
    assert [item.id for item in found.open] == [one.id]
    paper, _changes = digest.draft(online)
    said = " ".join(pdf_text(papers.file(online, paper.id, "pdf")).split())
    for words in (
        "BÁO CÁO",
        "Tổng hợp thông tin báo chí ngày",
        "Đền bù chậm *ở* dự án | cầu",
        "giao Lê Thị Ánh",
    ):
        assert words in said
    assert "Đã gửi công văn" in said
    assert "Quảng cáo kem" not in said


def test_a_day_without_news_is_a_report_too(desk: Desk) -> None:
    made = digest.letter(digest.digest(desk))
    assert "không có tin, bài nào" in made.body
    assert papers.render(made).pdf.startswith(b"%PDF")


def test_the_sheet_of_a_false_post_tells_post_fact_and_where_it_was_published(desk: Desk) -> None:
    row = put(desk, "Vỡ đập", "Facebook: Nhóm Tin nhanh", "Đập chính đã vỡ lúc 3 giờ!")
    monitoring.judge(desk, row.id, Triage.FALSE_POST)
    proposed = false_posts.proposed(desk, row.id)
    assert (proposed.network, proposed.post) == ("Facebook: Nhóm Tin nhanh", "Đập chính đã vỡ lúc 3 giờ!")
    with pytest.raises(UserError) as caught:
        false_posts.save(desk, row.id, FalsePostDraft(post="x"))
    assert caught.value.field == "fact"
    fact = "Đập an toàn, mực nước dưới báo động I <2 m> & ổn định."
    false_posts.save(desk, row.id, replace(proposed, fact=fact, published="Thông cáo số 12/TC, Cổng tỉnh"))
    said = " ".join(pdf_text(false_posts.pdf(desk, row.id)).split())
    for words in (
        "PHIẾU XỬ LÝ",
        "Đập chính đã vỡ",
        "báo động I <2 m> & ổn định",
        "Thông cáo số 12/TC",
        "Tin giả",
    ):
        assert words in said
    assert workspace.doctor(desk).ok


def test_items_nobody_wanted_are_dropped_after_their_time_and_touched_ones_stay(
    online: Desk, press: Press
) -> None:
    source = add(online, press, "rss")
    fetch(online, source)
    late = replace(online, now=lambda: online.now() + timedelta(days=400))
    fetch(late, source)
    assert [row.title for row in listed(online)] == ["Sở Thông tin và Truyền thông công bố dự án số"]
    assert workspace.doctor(online).ok
