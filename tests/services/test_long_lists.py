"""Lists of any length: every page, every place, whatever way the list is known by."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import pytest

from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.coverage import ArticleDraft
from spokesdesk.domain.journal import Channel, ContactRow
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.requests import RequestDraft
from spokesdesk.services import cases, coverage, journal, papers, people, requests, samples
from spokesdesk.services.listed import Listed
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Listing
from spokesdesk.store import listing as store_listing
from spokesdesk.store import requests as store_requests

CONTACTS = 230
R = TypeVar("R")


@pytest.fixture
def long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose lists count as long although they are short."""
    monkeypatch.setattr(store_listing, "SHORT", 12)
    monkeypatch.setattr(store_listing, "STEP", 10)
    monkeypatch.setattr(store_listing, "FIRST", 5)
    samples.fill(desk, CONTACTS)
    return desk


def read(found: Listed[R], page: int = 7) -> tuple[Listing, list[R]]:
    listing = found.whole(found.open())
    rows = [row for first in range(0, listing.count, page) for row in found.page(listing, first, page)]
    return listing, rows


def wanted(desk: Desk, numbers: Sequence[int]) -> list[UUID]:
    return [row.id for row in journal.contact_rows(desk, numbers)]


def places(found: Listed[ContactRow], listing: Listing, rows: Sequence[ContactRow]) -> list[int]:
    return [found.position(listing, row.id) for row in rows]


def test_the_whole_journal_is_reached_by_pages(long: Desk) -> None:
    found = journal.contact_list(long)
    listing, rows = read(found)
    assert listing.count == CONTACTS
    assert len(listing.places) > 1
    assert [row.id for row in rows] == wanted(long, journal.contact_numbers(long))
    assert places(found, listing, rows) == list(range(CONTACTS))


def test_a_long_filtered_list_is_reached_by_pages(long: Desk) -> None:
    often, _times = Counter(row.outlet for row in read(journal.contact_list(long))[1]).most_common(1)[0]
    outlet = next(item for item in people.outlets(long) if item.name == often)
    found = journal.contact_list(long, outlet_id=outlet.id)
    listing, rows = read(found)
    numbers = journal.contact_numbers(long, outlet_id=outlet.id)
    assert len(numbers) > store_listing.SHORT
    assert [row.id for row in rows] == wanted(long, numbers)
    assert places(found, listing, rows) == list(range(len(numbers)))


def test_all_hits_of_a_common_word_are_reached_the_latest_written_first(long: Desk) -> None:
    found = journal.contact_list(long, "bao")
    assert not found.open().is_whole
    assert [row.id for row in found.page(found.open(), 0, 5)] == [row.id for row in read(found)[1][:5]]
    listing, rows = read(found)
    numbers = journal.contact_numbers(long, "bao")
    assert listing.count == len(numbers) > store_listing.SHORT
    assert [row.n for row in rows] == sorted(numbers, reverse=True)
    assert places(found, listing, rows) == list(range(len(rows)))


def test_a_record_that_is_not_in_a_list_has_no_place_in_it(long: Desk) -> None:
    made = people.journalists(long)[0].id
    for found in (journal.contact_list(long), journal.contact_list(long, "bao")):
        assert found.position(found.whole(found.open()), made) == -1


def test_words_without_a_letter_find_nothing(long: Desk) -> None:
    found = journal.contact_list(long, "…")
    assert found.whole(found.open()).count == 0


def _same(day: datetime) -> datetime:
    return day


def many(desk: Desk) -> None:
    """Thirty articles, papers, cases and requests; some requests are closed, some have a deadline."""
    for at in range(30):
        day = datetime(2026, 11, 1 + at * 7 % 28, 3, tzinfo=UTC)
        earlier = replace(desk, now=partial(_same, day))
        article = ArticleDraft(outlet="Báo Lao Động", title=f"Giá đất {at}", published_at=day, text="Tin.")
        coverage.add_article(earlier, article)
        letter = replace(
            papers.blank(desk, LetterKind.CONG_VAN), subject=f"Về giá đất {at}", body="Nội dung."
        )
        papers.create(earlier, letter)
        cases.open_case(earlier, CaseDraft(CaseKind.HARASSMENT, f"Gây rối {at}"))
        draft = RequestDraft(Channel.PHONE, day, f"Giá đất {at}", journalist="Vũ Quốc Huy")
        event = "press_opinion_received" if at % 3 == 0 else ""
        made, _changes = requests.open_request(earlier, replace(draft, event=event))
        if at % 2:
            requests.withdraw(desk, made.id, "Thôi")


def test_every_other_list_is_reached_by_pages_in_its_order(
    long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(long)
    monkeypatch.setattr(store_requests, "_LISTED", replace(store_requests._LISTED, short=None))
    lists: tuple[tuple[Listed[Any], tuple[int, ...], Callable[..., Sequence[Any]]], ...] = (
        (coverage.article_list(long), coverage.article_numbers(long), coverage.article_rows),
        (papers.paper_list(long), papers.paper_numbers(long), papers.paper_rows),
        (cases.case_list(long), cases.case_numbers(long), cases.case_rows),
        (requests.request_list(long), requests.request_numbers(long), requests.request_rows),
    )
    for found, numbers, rows_of in lists:
        assert found.open().count == store_listing.FIRST, "only the beginning is read before it is shown"
        listing, rows = read(found)
        assert listing.numbers is None, "a list of this length is known by marks"
        assert [row.id for row in rows] == [row.id for row in rows_of(long, numbers)]
        assert len(rows) == 30
        assert [found.position(listing, row.id) for row in rows] == list(range(30))


def test_few_hits_stand_in_the_order_of_the_list(long: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    many(long)
    words = "gia dat"
    few = read(requests.request_list(long, words))[1]
    assert [row.id for row in few] == [
        row.id for row in requests.request_rows(long, requests.request_numbers(long, words))
    ]
    monkeypatch.setattr(store_listing, "FEW", 7)
    listing, rows = read(requests.request_list(long, words))
    assert (listing.numbers, {row.id for row in rows}) == (None, {row.id for row in few})


def test_a_window_is_opened_in_one_transaction(long: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = 0

    @contextmanager
    def counted() -> Iterator[Unit]:
        nonlocal opened
        opened += 1
        with long.read() as unit:
            yield unit

    found = journal.contact_list(replace(long, read=counted), "dat")
    with found.reading() as own:
        listing = own.open()
        rows = own.page(listing, 0, 5)
        assert own.position(listing, rows[2].id) == 2
    assert opened == 1
