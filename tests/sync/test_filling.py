"""A desk that joins a journal of many entries: it is worked at meanwhile, and ends with all of them, found alike."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import find, journal, people, samples, secrecy, sync
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.sync import Filling
from spokesdesk.services.sync import exchange, filling, keys
from spokesdesk.services.sync.basis import basis_of
from spokesdesk.services.sync.online import SEED, TOKEN
from spokesdesk.store import replica_unlock
from tests.server.running import RunningPortal
from tests.sync.pairs import Pair, differences, faults, found_by, made_desk, well

ENTRIES, PAGE = 260, 50
KEYS = "agency_keys"


@pytest.fixture
def pair(tmp_path: Path, portal: RunningPortal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """The first desk has sent many entries; the second is enrolled and has none of them yet."""
    first, second = made_desk(tmp_path / "a", "Lê Thị Mai"), made_desk(tmp_path / "b", "Trần Văn Bình")
    agency = f"Sở {tmp_path.name}"
    samples.fill(first, ENTRIES, journalists=30)
    sync.connect(first, portal.url, portal.quick_code(agency))
    well(first)
    monkeypatch.setattr(wire, "PAGE_OPS", PAGE)
    monkeypatch.setattr(filling, "_TOGETHER", PAGE)
    sync.connect(second, portal.url, portal.quick_code(agency))
    yield Pair(portal, agency, first, second)
    first.close()
    second.close()


def with_key(pair: Pair) -> Desk:
    """Give the second desk the agency's key, as a colleague's desk would hand it over."""
    kept = pair.first.device_keys.get(KEYS)
    assert kept is not None
    pair.second.device_keys.put(KEYS, kept)
    return pair.second


def listed(desk: Desk) -> int:
    return len(journal.contact_numbers(desk))


def awaited(desk: Desk) -> int:
    return sync.key_state(desk).awaited


def test_a_desk_is_worked_at_while_it_is_filled(pair: Pair) -> None:
    desk, seen = with_key(pair), list[int]()
    logged: list[UUID] = []

    def between_pages(_filled: int) -> bool:
        at = desk.now() - timedelta(minutes=len(logged) + 1)
        topic = f"sạt lở ven sông lần {len(logged)}"
        made, _changes = journal.log_contact(
            desk, ContactDraft(Channel.PHONE, at, "Báo Mới", "Phạm Thu Hà", topic)
        )
        logged.append(made.id)
        assert [hit.id for hit in find.find(desk, topic, ("contact",))] == [made.id]
        seen.append(listed(desk))
        return True

    report, _changes = sync.run_round(desk, between_pages)
    assert report.fault is None
    assert len(seen) > ENTRIES // PAGE
    assert seen == sorted(seen)
    assert len(set(seen)) == len(seen), "each page shows at once"
    pair.settle_down()
    assert listed(pair.first) == listed(desk) == ENTRIES + len(logged)
    assert differences(pair.first, desk) == []
    assert faults(desk) == []


def test_a_filled_desk_finds_by_the_same_words_as_the_one_that_wrote_them(pair: Pair) -> None:
    desk = with_key(pair)
    well(desk)
    assert listed(desk) == ENTRIES
    assert found_by(desk) == found_by(pair.first)
    assert faults(desk) == []


def test_a_filling_that_broke_off_goes_on_where_it_was(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = with_key(pair)
    sync.run_round(desk, lambda filled: filled < ENTRIES // 2)
    so_far = listed(desk)
    assert 0 < so_far < ENTRIES
    read = filling.Filler._ask
    asked: list[str] = []

    def ask(self: filling.Filler, place: Filling, nouns: tuple[str, ...]) -> object:
        asked.append(place.noun)
        return read(self, place, nouns)

    monkeypatch.setattr(filling.Filler, "_ask", ask)
    report = well(desk)
    assert "outlet" not in asked
    assert report.filled < ENTRIES
    assert found_by(desk) == found_by(pair.first)


def log(desk: Desk, topic: str, corrects: UUID | None = None) -> UUID:
    at = desk.now() - timedelta(hours=1)
    draft = ContactDraft(Channel.PHONE, at, "Báo Mới", "Phạm Thu Hà", topic, corrects=corrects)
    return journal.log_contact(desk, draft)[0].id


def in_order(desk: Desk) -> list[bytes]:
    """Give the ids of the contacts in the order in which they came."""
    with desk.read() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        return list(connection.exec_driver_sql("SELECT id FROM contact ORDER BY n").scalars())


def test_entries_come_in_the_portals_order_and_this_desks_own_after_them(pair: Pair) -> None:
    own = [log(pair.second, f"viết trước khi nối {at}").bytes for at in range(3)]
    desk = with_key(pair)
    theirs = in_order(pair.first)
    well(desk)
    assert in_order(desk) == [*theirs, *own]
    assert faults(desk) == []


def test_a_correction_may_come_before_what_it_corrects(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = log(pair.first, "ngập ở phường Một")
    for at in range(PAGE):
        log(pair.first, f"họp giao ban lần {at}")
    right = log(pair.first, "ngập ở phường Hai", wrong)
    well(pair.first)
    desk, read = with_key(pair), filling.Filler._ask

    def ask(self: filling.Filler, place: Filling, nouns: tuple[str, ...]) -> wire.Snapshot:
        """Give the contacts from the last one to the first."""
        page = read(self, replace(place, after=""), nouns)
        records = page.records
        while page.after:
            page = read(self, replace(place, after=page.after), nouns)
            records = [*records, *page.records]
        start = int(place.after or 0)
        after = str(start + PAGE) if start + PAGE < len(records) else ""
        return msgspec.structs.replace(page, records=records[::-1][start : start + PAGE], after=after)

    monkeypatch.setattr(filling.Filler, "_ask", ask)
    well(desk)
    assert in_order(desk) == in_order(pair.first)[::-1]
    assert journal.contact(desk, wrong).corrected_by == right
    assert found_by(desk) == found_by(pair.first)
    pair.settle_down()
    assert differences(pair.first, desk) == []


def test_a_noun_of_which_there_is_nothing_is_not_asked_for(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, read, asked = with_key(pair), filling.Filler._ask, list[str]()

    def ask(self: filling.Filler, place: Filling, nouns: tuple[str, ...]) -> wire.Snapshot:
        asked.append(place.noun)
        return read(self, place, nouns)

    monkeypatch.setattr(filling.Filler, "_ask", ask)
    well(desk)
    assert "contact" in asked
    assert "incident" not in asked
    pair.settle_down()
    assert differences(pair.first, desk) == []


def test_an_entry_with_a_mark_of_secrecy_waits_aside_and_the_others_of_its_page_come(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as unguarded:
        unguarded.setattr(secrecy, "require_unmarked", lambda *_values: None)
        marked = log(pair.first, "cá voi dạt bờ, công văn đóng dấu TỐI MẬT")
        plain = log(pair.first, "cá voi dạt bờ, họp báo")
        well(pair.first)
    desk = with_key(pair)
    well(desk)
    assert [one.record for one in sync.set_aside(desk)] == [marked]
    assert listed(desk) == ENTRIES + 1
    assert [hit.id for hit in find.find(desk, "cá voi dạt bờ", ("contact",))] == [plain]


def test_what_a_colleague_changes_while_a_desk_is_filled_comes_after_it(pair: Pair) -> None:
    desk, changed = with_key(pair), list[UUID]()

    def between_pages(_filled: int) -> bool:
        here = people.outlets(desk)
        if here and not changed:
            # What has come already, and is asked for no more.
            known = next(one for one in people.outlets(pair.first) if one.id == here[0].id)
            people.save_outlet(pair.first, replace(known, phone="0262 9"))
            exchanged(pair.first)
            changed.append(known.id)
        return True

    report, _changes = sync.run_round(desk, between_pages)
    assert (report.fault, report.repaired) == (None, 0)
    assert {one.id: one.phone for one in people.outlets(desk)}[changed[0]] == "0262 9"


def exchanged(desk: Desk) -> None:
    """Do a round of this desk while another one is in the middle of its own."""
    place = basis_of(desk).enrolment
    token, seed = (desk.device_keys.get(name) for name in (TOKEN, SEED))
    assert token is not None
    assert seed is not None
    with closing(desk.portal_at(place.portal)) as portal:
        exchange.Round(desk, portal, token.decode(), seed, place, None).run()


def test_a_key_that_is_handed_over_meanwhile_opens_what_comes_after_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, read, asked = pair.second, filling.Filler._ask, list[str]()

    def ask(self: filling.Filler, at: Filling, nouns: tuple[str, ...]) -> wire.Snapshot:
        """Let the colleague's desk do its round when the first contacts have been asked for."""
        if at.noun == "contact" and at.after and "contact" not in asked:
            asked.append("contact")
            exchanged(pair.first)
        return read(self, at, nouns)

    monkeypatch.setattr(filling.Filler, "_ask", ask)
    monkeypatch.setattr(filling, "_KEY_EVERY_S", 0)
    left: list[int] = []

    def between_pages(_filled: int) -> bool:
        left.append(awaited(desk))
        return True

    sync.run_round(desk, between_pages)
    assert max(left) < 3 * PAGE, "the rest was opened as it came"
    assert awaited(desk) == 0
    monkeypatch.undo()
    well(desk)
    assert found_by(desk) == found_by(pair.first)
    assert faults(desk) == []


def test_a_filling_begun_in_another_order_of_nouns_leaves_nothing_out(pair: Pair) -> None:
    desk = with_key(pair)
    with desk.write() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE replication SET filled = 'contact '")
    report = well(desk)
    assert report.repaired == 0
    pair.settle_down()
    assert differences(pair.first, desk) == []


def test_what_waited_for_its_key_is_opened_part_by_part_and_found(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = pair.second
    well(desk)
    well(pair.first)
    waiting = awaited(desk)
    assert waiting >= ENTRIES
    monkeypatch.setattr(replica_unlock, "AT_ONCE", PAGE)
    monkeypatch.setattr(keys, "open_waiting", lambda _desk: None)
    well(desk)
    assert awaited(desk) == waiting - PAGE, "broken off just after the key came"
    with desk.write() as unit:
        place = unit.replicas.unlock()
    assert place is not None
    assert awaited(desk) == waiting - 2 * PAGE
    monkeypatch.undo()
    well(desk)
    assert awaited(desk) == 0
    assert found_by(desk) == found_by(pair.first)
    pair.settle_down()
    assert differences(pair.first, desk) == []
    assert faults(desk) == []


def test_a_portal_that_goes_away_leaves_what_came(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, read = with_key(pair), filling.Filler._ask

    def ask(self: filling.Filler, place: Filling, nouns: tuple[str, ...]) -> object:
        if place.noun == "contact" and listed(desk) >= PAGE:
            raise OutsideError("portal_unreachable", portal="x")
        return read(self, place, nouns)

    with monkeypatch.context() as broken:
        broken.setattr(filling.Filler, "_ask", ask)
        report, _changes = sync.run_round(desk)
    assert report.fault is not None
    assert PAGE <= listed(desk) < ENTRIES
    well(desk)
    assert found_by(desk) == found_by(pair.first)


def test_pages_that_came_before_the_portal_went_away_are_written_though_more_were_to_come(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, read, asked = with_key(pair), filling.Filler._ask, list[str]()

    def ask(self: filling.Filler, place: Filling, nouns: tuple[str, ...]) -> object:
        asked.append(place.noun)
        if asked.count("contact") == 3:
            raise OutsideError("portal_unreachable", portal="x")
        return read(self, place, nouns)

    with monkeypatch.context() as broken:
        broken.setattr(filling.Filler, "_ask", ask)
        broken.setattr(filling, "_TOGETHER", 2 * ENTRIES)
        report, _changes = sync.run_round(desk)
    assert report.fault is not None
    assert listed(desk) == 2 * PAGE
    well(desk)
    assert found_by(desk) == found_by(pair.first)
