"""Whatever is done to the journal behind the program's back is found and said; printed heads can be checked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spokesdesk import bootstrap
from spokesdesk.cli.commands import main
from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.chain_faults import KINDS, SENTENCES, sentence
from spokesdesk.domain.checkpoints import grouped
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.requests import RequestDraft
from spokesdesk.outside.workspace import open_workspace
from spokesdesk.services import cases, checkpoints, dayreport, journal, papers, requests, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store.chain import BODIES
from spokesdesk.store.database import Database
from tests.desks import PASSPHRASE, Office, named
from tests.services.test_journal import logged


def at_time(desk: Desk, at: datetime) -> Desk:
    """Give the desk at another moment."""
    return replace(desk, now=lambda: at)


@pytest.fixture
def days(desk: Desk) -> Desk:
    """A desk with entries on two past days, closed, and a correction and a settlement among them."""
    first = at_time(desk, datetime(2026, 11, 20, 3, tzinfo=UTC))
    one = logged(first, topic="Một")
    logged(first, topic="Hai")
    second = at_time(desk, datetime(2026, 11, 21, 3, tzinfo=UTC))
    logged(second, topic="Một, sửa lại", corrects=one.id)
    journal.settle(second, logged(second, topic="Ba").id)
    assert len(checkpoints.close_days(at_time(desk, datetime(2026, 11, 22, 3, tzinfo=UTC)))) == 2
    desk.heads.flush()
    return at_time(desk, datetime(2026, 11, 22, 3, tzinfo=UTC))


@contextmanager
def behind_the_back(desk: Desk) -> Iterator[Any]:
    """Open the real file as somebody who has its key could."""
    opened = open_workspace(desk.keeper.folder, passphrase=PASSPHRASE)
    database = Database(opened.database_path, opened.database_key)
    raw = database.connect()
    raw.execute("PRAGMA foreign_keys = OFF")
    yield raw
    raw.close()
    database.close()
    opened.close()


def codes(desk: Desk) -> set[str]:
    return {fault.code for fault in workspace.doctor(desk).chain}


def test_an_untouched_journal_of_days_is_in_order(days: Desk) -> None:
    found = workspace.doctor(days)
    assert found.ok, workspace.sentences(found)
    assert found.entries == 5


@pytest.mark.parametrize(
    ("doing", "code"),
    [
        ("DELETE FROM chain WHERE n = 5; UPDATE contact SET settled_at = NULL", "cut_off"),
        ("UPDATE contact SET settled_at = settled_at + 1 WHERE settled_at IS NOT NULL", "link_changed"),
        ("UPDATE contact SET settled_at = 5 WHERE n = 2", "link_changed"),
        ("UPDATE contact SET corrected_by = NULL", "link_changed"),
        ("UPDATE contact SET corrected_by = id WHERE n = 2", "link_changed"),
        ("UPDATE contact SET n = 99 WHERE n = 1", "order_changed"),
        ("DELETE FROM checkpoint WHERE n = 1", "days_changed"),
        ("UPDATE checkpoint SET hash = zeroblob(32) WHERE n = 2", "day_changed"),
        ("DELETE FROM chain; DELETE FROM contact; DELETE FROM checkpoint", "cut_off"),
    ],
)
def test_what_was_done_is_named(days: Desk, doing: str, code: str) -> None:
    with behind_the_back(days) as connection:
        for statement in doing.split(";"):
            connection.execute(statement)
    assert code in codes(days)


def test_the_whole_chain_made_anew_still_shows(days: Desk) -> None:
    """Somebody who can reckon hashes rewrites everything consistently, but not what is sealed outside."""
    with behind_the_back(days) as connection:
        connection.execute("DELETE FROM chain")
        connection.execute("DELETE FROM contact")
    for number in range(6):
        logged(days, topic=f"Mới {number}")
    assert {"rewritten", "day_changed"} <= codes(days)


def test_a_seal_taken_away_or_changed_shows(days: Desk) -> None:
    file = days.keeper.folder / "workspace.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    sealed = content["device"].pop("journal_head")
    file.write_text(json.dumps(content), encoding="utf-8")
    assert codes(days) == {"seal_missing"}
    content["device"]["journal_head"] = sealed[:-8] + (
        "AAAAAAA=" if sealed[-8:] != "AAAAAAA=" else "BBBBBBB="
    )
    file.write_text(json.dumps(content), encoding="utf-8")
    assert codes(days) == {"seal_broken"}
    reopened = bootstrap.open_desk(days.keeper.folder, passphrase=PASSPHRASE)
    assert codes(reopened) == {"seal_broken"}, "opening the desk again does not heal it"
    reopened.close()


# What somebody with the key could do: each changes an entry, takes one away, adds one or moves one.
TABLES = ("contact", "article", "chain")
tampering = st.one_of(
    st.tuples(
        st.just("UPDATE contact SET {0} = {1} WHERE n = {2}"),
        st.sampled_from(
            [
                "topic",
                "given",
                "author_name",
                "channel",
                "received_at",
                "entered_at",
                "questions",
                "outlet_name",
            ]
        ),
        st.sampled_from(["'[]'", "'giả'", "1", "x'00'"]),
        st.integers(1, 4),
    ),
    st.tuples(st.just("DELETE FROM contact WHERE n = {2}"), st.just(""), st.just(""), st.integers(1, 4)),
    st.tuples(st.just("DELETE FROM chain WHERE n >= {2}"), st.just(""), st.just(""), st.integers(1, 5)),
    st.tuples(st.just("DELETE FROM chain WHERE n = {2}"), st.just(""), st.just(""), st.integers(1, 5)),
    st.tuples(
        st.just("UPDATE chain SET {0} = {1} WHERE n = {2}"),
        st.sampled_from(["hash", "commitment", "entry", "salt"]),
        st.sampled_from(["zeroblob(32)", "x'ff'", "randomblob(16)"]),
        st.integers(1, 5),
    ),
    st.tuples(
        st.just("UPDATE chain SET {0} = {1} WHERE n = {2}"),
        st.sampled_from(["kind", "at"]),
        st.sampled_from(["7", "'article'"]),
        st.integers(1, 5),
    ),
    st.tuples(
        st.just("UPDATE contact SET n = n + 100 WHERE n <= {2}"), st.just(""), st.just(""), st.integers(1, 3)
    ),
    st.tuples(
        st.just("UPDATE chain SET salt = NULL WHERE n = {2}"), st.just(""), st.just(""), st.integers(1, 5)
    ),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(step=tampering)
def test_no_random_tampering_goes_unseen(days: Desk, step: tuple[str, str, str, int]) -> None:
    statement = step[0].format(*step[1:])
    with kept_as_it_was(days):
        with behind_the_back(days) as connection:
            changed = connection.execute(statement).rowcount
        assert changed == 0 or broken(days), statement


@contextmanager
def kept_as_it_was(desk: Desk) -> Iterator[None]:
    """Put the file back afterwards, so that one desk serves for many examples."""
    copy = desk.keeper.folder.with_name("copy.db")
    copy.unlink(missing_ok=True)
    opened = open_workspace(desk.keeper.folder, passphrase=PASSPHRASE)
    database = Database(opened.database_path, opened.database_key)
    database.backup_to(copy)
    try:
        yield
    finally:
        source = Database(copy, opened.database_key)
        raw, target = source.connect(), database.connect()
        raw.backup(target)
        raw.close()
        target.close()
        source.close()
        database.close()
        opened.close()


def broken(desk: Desk) -> bool:
    """Whether the doctor finds it, or cannot even read what was made of the entry."""
    try:
        return not workspace.doctor(desk).ok
    except (ValueError, TypeError, KeyError):
        return True


def test_every_fault_has_its_sentence_in_vietnamese(days: Desk) -> None:
    with behind_the_back(days) as connection:
        connection.execute("UPDATE contact SET topic = 'giả' WHERE n = 2")
    fault = workspace.doctor(days).chain[0]
    assert sentence(fault) == "Mục số 2 (tiếp xúc) đã bị sửa sau khi ghi: nội dung khác với lúc ghi."
    assert all("{" not in sentence(replace(fault, code=code)) for code in SENTENCES)


def test_a_printed_head_is_found_again_and_a_changed_one_is_not(days: Desk) -> None:
    made = dayreport.report(days, date(2026, 11, 20))
    assert (made.links, made.links_of_day, len(made.contacts)) == (2, 2, 2)
    assert made.is_whole
    printed = grouped(made.head)
    assert checkpoints.printed_head(days, printed, made.day).ok
    assert checkpoints.printed_head(days, printed[:24].upper(), made.day).n == 2
    assert not checkpoints.printed_head(days, printed, date(2026, 11, 19)).ok
    assert not checkpoints.printed_head(days, "0123 4567 89ab cdef", made.day).ok
    with pytest.raises(UserError, match="head_form"):
        checkpoints.printed_head(days, "xin chào", made.day)


def test_a_report_of_today_says_what_came_after_it(days: Desk) -> None:
    logged(days, topic="Sáng")
    made = dayreport.report(days)
    logged(days, topic="Chiều")
    found = checkpoints.printed_head(days, grouped(made.head), made.day)
    assert found.ok
    assert found.later == 1


def test_an_older_copy_of_the_database_alone_is_found(days: Desk) -> None:
    with kept_as_it_was(days):
        for number in range(3):
            logged(days, topic=f"Sau {number}")
        days.heads.flush()
    assert "cut_off" in codes(days)


def test_a_backup_restores_in_order(days: Desk, tmp_path: Path) -> None:
    made = workspace.backup(days, tmp_path / "a.spokesbackup")
    bootstrap.restore(made, tmp_path / "lại")
    again = bootstrap.open_desk(tmp_path / "lại", passphrase=PASSPHRASE)
    assert workspace.doctor(again).ok
    again.close()


def test_the_command_line_prints_the_head_and_checks_it(
    days: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    place = ("--workspace", str(days.keeper.folder), "--as", named(days, "Trần Minh Khuê").name)
    pdf = tmp_path / "báo cáo.pdf"
    assert main(["journal", "day", *place, "--date", "20/11/2026", "--pdf", str(pdf), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert pdf.read_bytes().startswith(b"%PDF")
    check = ("doctor", *place, "--day", "2026-11-20", "--head")
    assert main([*check, told["head"]]) == 0
    assert "còn nguyên" in capsys.readouterr().out
    assert main([*check, "ab" * 32]) == 8
    assert "KHÔNG còn trong sổ" in capsys.readouterr().out


MISMATCHED = (
    ("UPDATE paper SET state = 'released'", "Văn bản “Về giá đất”: trạng thái"),
    ("UPDATE paper SET number = number + 1", "Văn bản “Về giá đất”: số, ngày hoặc tệp"),
    ("UPDATE paper SET numbered_on = '2026-01-01'", "Văn bản “Về giá đất”: số, ngày hoặc tệp"),
    ("UPDATE paper SET pdf = docx", "Văn bản “Về giá đất”: số, ngày hoặc tệp"),
    ("UPDATE paper SET version = 1", "Văn bản “Về giá đất”: danh sách chỉ đến một bản"),
    ("UPDATE paper SET subject = 'Khác'", "Văn bản “Khác”: tên hoặc nội dung"),
    ("UPDATE \"case\" SET state = 'closed'", "Vụ việc “Gây rối”: trạng thái"),
    ("UPDATE \"case\" SET person = 'Ai đó'", "Vụ việc “Gây rối”: tên hoặc nội dung"),
    ("UPDATE request SET state = 'answered'", "Yêu cầu cung cấp thông tin “Giá đất”: trạng thái"),
    ("UPDATE request SET due_at = 5", "Yêu cầu cung cấp thông tin “Giá đất”: người giữ việc"),
    ("UPDATE request SET holder = 'Ai đó'", "Yêu cầu cung cấp thông tin “Giá đất”: người giữ việc"),
)


def test_what_lists_show_is_compared_with_the_entries_and_the_record_is_named(
    office: Office,
) -> None:
    desk = office.spokesperson
    letter = replace(
        papers.blank(desk, LetterKind.CONG_VAN), subject="Về đất", body="Nội dung.", addressees=("Báo A",)
    )
    made, _changes = papers.create(desk, letter)
    made, _changes = papers.save_letter(desk, made.id, replace(letter, subject="Về giá đất"), made.version)
    papers.submit(desk, made.id)
    papers.approve(office.leader, made.id)
    papers.number(office.registry, made.id)
    cases.open_case(desk, CaseDraft(CaseKind.HARASSMENT, "Gây rối"))
    requests.open_request(desk, RequestDraft(Channel.PHONE, desk.now(), "Giá đất", journalist="Vũ Quốc Huy"))
    found = workspace.doctor(desk)
    assert found.ok, workspace.sentences(found)
    for doing, said in MISMATCHED:
        with kept_as_it_was(desk):
            with behind_the_back(desk) as connection:
                connection.execute(doing)
            told = workspace.sentences(workspace.doctor(desk))
            assert [one.startswith(said) for one in told] == [True], (doing, told)


def test_every_kind_of_entry_has_a_name() -> None:
    assert set(BODIES) <= set(KINDS)
