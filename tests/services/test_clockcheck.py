"""A machine whose clock is wrong: entries are kept in their order, and the person is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import clockcheck, journal, workspace
from spokesdesk.services.ports import Desk

PAST = datetime(1999, 3, 1, 2, 0, tzinfo=UTC)


def log(desk: Desk, topic: str) -> None:
    journal.log_contact(desk, ContactDraft(Channel.PHONE, desk.now(), "Báo Ấp Bắc", "", topic))


def test_a_clock_set_to_1999_is_told_and_loses_nothing(desk: Desk) -> None:
    assert clockcheck.caution(desk) == ""
    log(desk, "trước")
    behind = replace(desk, now=lambda: PAST)
    assert "01/03/1999" in clockcheck.caution(behind)
    log(behind, "đồng hồ sai")
    assert "01/03/1999" in clockcheck.caution(behind), "the wrong entry itself is no proof of the time"
    log(desk, "sau")
    assert clockcheck.caution(desk) == ""
    with desk.read() as unit:
        kinds = [link.kind for link in unit.chain.links()]
    assert kinds.count("contact") == 3
    rows = journal.contact_rows(desk, journal.contact_numbers(desk))
    assert [row.topic for row in sorted(rows, key=lambda row: row.n)] == ["trước", "đồng hồ sai", "sau"]
    assert workspace.doctor(desk).ok


def test_a_clock_set_back_by_a_day_is_told_and_a_mended_minute_is_not(desk: Desk) -> None:
    log(desk, "trước")
    now = desk.now()
    assert clockcheck.caution(replace(desk, now=lambda: now - timedelta(minutes=5))) == ""
    assert clockcheck.caution(replace(desk, now=lambda: now - timedelta(days=1))) != ""
