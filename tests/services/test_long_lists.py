"""Lists of any length: every page, every place, whatever way the list is known by."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import pytest

from spokesdesk.domain.journal import ContactRow
from spokesdesk.services import journal, people, samples
from spokesdesk.services.listed import Listed
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Listing
from spokesdesk.store import listing as store_listing

CONTACTS = 230


@pytest.fixture
def long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose lists count as long although they are short."""
    monkeypatch.setattr(store_listing, "SHORT", 12)
    monkeypatch.setattr(store_listing, "STEP", 10)
    monkeypatch.setattr(store_listing, "FIRST", 5)
    samples.fill(desk, CONTACTS)
    return desk


def read(found: Listed[ContactRow], page: int = 7) -> tuple[Listing, list[ContactRow]]:
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
