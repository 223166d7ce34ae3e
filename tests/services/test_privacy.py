"""One person's data is shown whole, given out, and erased so that nothing of it can be found again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from spokesdesk.cli.commands import main
from spokesdesk.domain.cases import CaseDraft, CaseKind, CaseOutcome
from spokesdesk.domain.coverage import ArticleDraft, Claim
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.evidence import Taken
from spokesdesk.domain.journal import Channel, Contact
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.privacy import GONE, Scope, Step, Wish, without
from spokesdesk.domain.requests import RequestDraft
from spokesdesk.outside.workspace import open_workspace
from spokesdesk.services import (
    cases,
    coverage,
    drafts,
    evidence,
    find,
    journal,
    papers,
    people,
    privacy,
    rebuttals,
    requests,
    subject_requests,
    workspace,
)
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, Office
from tests.services.test_journal import logged
from tests.typeset import poppler

NAME, PHONE, MAIL = "Quách Thị Hồng Ngọc", "0912 777 431", "hongngoc.bao@vidu.vn"
CANARIES = (NAME, PHONE, MAIL, "quach thi hong ngoc")
PAGE, RESERVED = 4096, 80


@pytest.fixture
def person(desk: Desk) -> Journalist:
    """A journalist with contacts, a draft, a file and a changed record, so that older forms of it lie about."""
    entry = logged(desk, journalist=NAME, topic=f"{NAME} hỏi giá đất", given=f"Đã trả lời {NAME}")
    assert entry.journalist is not None
    known = people.journalist(desk, entry.journalist.id)
    people.save_journalist(desk, replace(known, note=f"Gọi {PHONE}"))
    changed, _changes = people.save_journalist(desk, replace(known, phone=PHONE, email=MAIL))
    kept = desk.files.put_bytes(b"ghi am " + NAME.encode(), "ghi âm.wav")
    logged(desk, journalist=NAME, topic="Hẹn phỏng vấn", attachments=(kept,))
    logged(desk, journalist="Người Khác", topic="Việc khác")
    drafts.save(desk, "contact", desk.new_id(), {"journalist": NAME, "journalist_id": str(changed.id)})
    return changed


def pages(desk: Desk) -> Iterator[bytes]:
    """Give every page of the database file and its log in the clear, free ones and forgotten corners too."""
    opened = open_workspace(desk.keeper.folder, passphrase=PASSPHRASE)
    key = opened.database_key
    opened.close()
    data = (desk.keeper.folder / "desk.db").read_bytes()
    for at in range(0, len(data), PAGE):
        page = data[at : at + PAGE]
        head = 16 if at == 0 else 0
        vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        unlock = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        yield unlock.update(page[head : PAGE - RESERVED]) + unlock.finalize()


def found_on_disk(desk: Desk) -> list[str]:
    desk.keeper.scrub.__self__._database.scrub.__self__._engine.dispose()  # type: ignore[attr-defined]
    plain = b"".join(pages(desk))
    assert b"SELECT" in plain or b"CREATE TABLE" in plain, "the pages were not opened"
    return [text for text in CANARIES if text.encode() in plain]


def test_everything_kept_of_a_person_is_shown_and_noted(desk: Desk, person: Journalist) -> None:
    data = privacy.show(desk, person.id)
    assert data.person.phone == PHONE
    assert {trace.table for trace in data.traces} >= {"contact", "draft"}
    assert {trace.title for trace in data.traces if trace.table == "contact"} == {
        f"{NAME} hỏi giá đất",
        "Hẹn phỏng vấn",
    }
    log = privacy.access_log(desk, person.id)
    assert [(one.act, one.member.name) for one in log] == [("opened", desk.member.name)]


def test_before_the_erasure_the_test_does_find_it(desk: Desk, person: Journalist) -> None:
    assert NAME in found_on_disk(desk)


@pytest.mark.parametrize("scope", list(Scope))
def test_erased_data_is_nowhere_and_the_chain_holds(desk: Desk, person: Journalist, scope: Scope) -> None:
    before = workspace.doctor(desk)
    assert before.ok
    made, _changes = privacy.erase(desk, person.id, "asked", scope)

    assert found_on_disk(desk) == []
    after = workspace.doctor(desk)
    assert after.ok, workspace.sentences(after)
    assert after.entries > before.entries, "the erasure is itself in the journal"
    assert find.find(desk, NAME) == ()
    with pytest.raises(UserError):
        people.journalist(desk, person.id)
    assert drafts.all_drafts(desk) == ()
    assert made.author == desk.member.ref
    assert "Điều 14" in made.citation
    assert made.counts["contact"] == 2
    topics = {row.topic for row in journal.contact_rows(desk, journal.contact_numbers(desk))}
    assert "Việc khác" in topics
    assert topics - {"Việc khác"} == (
        {f"{GONE} hỏi giá đất", "Hẹn phỏng vấn"} if scope is Scope.IDENTITY else {GONE}
    )
    pdf = privacy.certificate(desk, made.id, NAME)
    assert pdf.startswith(b"%PDF")


def test_requests_and_cases_lose_the_person_too(desk: Desk, person: Journalist) -> None:
    draft = RequestDraft(Channel.PHONE, desk.now(), f"{NAME} xin số liệu", journalist=NAME)
    requests.open_request(desk, replace(draft, journalist_id=person.id))
    numbers = journal.contact_numbers(desk, journalist_id=person.id)
    contact = journal.contact_rows(desk, numbers)[0]
    opened, _is_new, _changes = cases.open_from_contact(desk, contact.id)
    assert NAME in repr(cases.case(desk, opened.id))
    item, _changes = evidence.add_testimony(
        desk, opened.id, "Khách xưng là phóng viên", Taken(by="Bảo vệ cổng")
    )
    data = privacy.show(desk, person.id)
    assert {trace.table for trace in data.traces} >= {"contact", "request", "case", "case_text"}
    made, _changes = privacy.erase(desk, person.id, "asked", Scope.CONTENT)
    assert found_on_disk(desk) == []
    after = workspace.doctor(desk)
    assert after.ok, workspace.sentences(after)
    assert [(one.id, one.text) for one in cases.view(desk, opened.id).items] == [(item.id, item.text)]
    assert (made.held, "evidence_held" in made.erased) == ({"evidence": 1}, False)
    said = " ".join(poppler.text(privacy.certificate(desk, made.id)).split())
    assert "1 chứng cứ. Chứng cứ của hồ sơ vụ việc" in said
    assert "khoản 2 Điều 14, điểm c khoản 1 Điều 19" in said
    assert NAME not in repr(cases.case(desk, opened.id))


def test_the_certificate_says_which_papers_still_name_the_person(desk: Desk, person: Journalist) -> None:
    letter = replace(papers.blank(desk, LetterKind.CONG_VAN), addressees=("Báo A",))
    letter = replace(letter, subject="Trả lời", body=f"Kính gửi {NAME}.")
    put_forward, _changes = papers.create(desk, letter)
    papers.submit(desk, put_forward.id)
    made, _changes = privacy.erase(desk, person.id, "asked")
    assert made.held == {"paper": 1}
    said = " ".join(poppler.text(privacy.certificate(desk, made.id)).split())
    assert "còn nhắc tên – văn bản: 1." in said


def test_drafts_of_papers_lose_the_person_in_every_saved_text(desk: Desk, person: Journalist) -> None:
    contact = journal.contact_rows(desk, journal.contact_numbers(desk, journalist_id=person.id))[0]
    minutes, _changes = journal.draft_minutes(desk, contact.id)
    assert NAME in repr(minutes.letter)
    first = replace(
        papers.blank(desk, LetterKind.CONG_VAN), subject=f"Trả lời {NAME.upper()}", body="Nội dung."
    )
    written, _changes = papers.create(desk, first)
    papers.save_letter(desk, written.id, replace(first, subject="Trả lời", body="Ngắn."), written.version)
    made, _changes = privacy.erase(desk, person.id, "asked")
    assert made.counts["paper_text"] == 2
    assert made.held == {}, "no draft is left that names the person"
    assert found_on_disk(desk) == []
    for paper_id in (minutes.id, written.id):
        for version in papers.versions(desk, paper_id):
            assert NAME.lower() not in repr(papers.version(desk, paper_id, version.version)).lower()
    assert GONE in papers.version(desk, written.id, 1).subject
    after = workspace.doctor(desk)
    assert after.ok, workspace.sentences(after)


def at_start(desk: Desk) -> Desk:
    """Give the desk on a day more than two years before ``at_end``."""
    return replace(desk, now=lambda: datetime(2026, 1, 5, 3, tzinfo=UTC))


def at_end(desk: Desk) -> Desk:
    """Give the desk when two years have passed since ``at_start``, but not since today's entries."""
    return replace(desk, now=lambda: datetime(2028, 6, 5, 3, tzinfo=UTC))


def test_closed_cases_go_with_their_evidence_after_their_period_and_open_ones_stay(desk: Desk) -> None:
    old, desk = at_start(desk), at_end(desk)
    draft = CaseDraft(
        CaseKind.HARASSMENT, "Gây rối ở cổng", person=NAME, facts=f"{NAME} chửi bới", place="Cổng A"
    )
    closed, _changes = cases.open_case(old, draft)
    item, _changes = evidence.add_testimony(old, closed.id, f"Tôi thấy {NAME}", Taken(by="Bảo vệ cổng"))
    cases.close(old, closed.id, CaseOutcome.HANDLED, f"{NAME} xin lỗi")
    left, _changes = cases.open_case(old, replace(draft, title="Còn theo dõi"))
    privacy.set_retention(desk, "case", 24)
    assert [(found.kind, found.title) for found in privacy.overdue(desk)] == [("case", "Gây rối ở cổng")]
    made, _drafts, _changes = privacy.erase_overdue(desk)
    assert made is not None
    assert (made.counts["case"], made.counts["evidence"], made.held) == (1, 1, {})
    assert made.files == (item.file.sha256,)
    assert not desk.files.has(item.file.sha256)
    assert privacy.overdue(desk) == ()
    view = cases.view(desk, closed.id)
    assert NAME not in repr(view)
    assert (view.case.facts.title, view.items[0].name) == (GONE, GONE)
    assert cases.case(desk, left.id).facts.person == NAME
    assert [hit.id for hit in find.find(desk, NAME)] == [left.id]
    after = workspace.doctor(desk)
    assert after.ok, workspace.sentences(after)


def test_articles_go_after_their_period_but_not_while_a_paper_about_them_is_in_hand(desk: Desk) -> None:
    old, desk = at_start(desk), at_end(desk)
    claim = Claim(desk.new_id(), "Bài báo nêu.", "Không đúng.")
    draft = ArticleDraft(
        outlet="Báo A",
        title="Bài cũ",
        published_at=old.now(),
        byline=NAME,
        text="Bài báo nêu.",
        claims=(claim,),
    )
    gone, _changes = coverage.add_article(old, draft)
    held, _changes = coverage.add_article(old, replace(draft, title="Bài đang phản hồi"))
    rebuttals.open_rebuttal(old, held.id)
    privacy.set_retention(desk, "article", 24)
    assert [(found.kind, found.id) for found in privacy.overdue(desk)] == [("article", gone.id)]
    made, _drafts, _changes = privacy.erase_overdue(desk)
    assert made is not None
    assert made.counts == {"article": 1, "claim": 1}
    emptied = coverage.article(desk, gone.id)
    assert (emptied.title, emptied.byline, emptied.text, emptied.claims[0].quote) == (GONE, "", "", GONE)
    assert coverage.article(desk, held.id).byline == NAME
    assert privacy.overdue(desk) == ()
    after = workspace.doctor(desk)
    assert after.ok, workspace.sentences(after)


def test_erasing_the_content_destroys_the_files(desk: Desk, person: Journalist) -> None:
    (sha,) = desk.files.all()
    made, _changes = privacy.erase(desk, person.id, "asked", Scope.CONTENT)
    assert made.files == (sha,)
    assert not desk.files.has(sha)
    assert workspace.doctor(desk).ok


def test_what_remains_of_an_erased_entry_is_still_watched(desk: Desk, person: Journalist) -> None:
    from tests.services.test_checkpoints import behind_the_back

    privacy.erase(desk, person.id, "asked")
    with behind_the_back(desk) as raw:
        raw.execute("UPDATE contact SET topic = 'giả' WHERE n = 1")
    assert {fault.code for fault in workspace.doctor(desk).chain} == {"erased_changed"}
    with behind_the_back(desk) as raw:
        raw.execute("DELETE FROM erasure WHERE n = 1")
    assert "erased_unaccounted" in {fault.code for fault in workspace.doctor(desk).chain}


def test_only_an_admin_erases_and_only_on_a_ground(office: Office, person: Journalist) -> None:
    with pytest.raises(AccessError):
        privacy.erase(office.drafter, person.id, "asked")
    with pytest.raises(AccessError):
        privacy.access_log(office.drafter)
    with pytest.raises(UserError, match="privacy_ground"):
        privacy.erase(office.spokesperson, person.id, "because")
    assert people.journalist(office.drafter, person.id).name == NAME


def test_no_word_is_taken_out_of_another() -> None:
    assert without("An gọi Ánh Anh An.", ("An",), "x") == "x gọi Ánh Anh x."
    assert without({"a": ["Lê An", 3]}, ("LÊ AN",), "") == {"a": ["", 3]}


def test_requests_have_the_clocks_of_the_law(desk: Desk, person: Journalist) -> None:
    at = datetime(2026, 11, 13, 3, tzinfo=UTC)
    later = replace(desk, now=lambda: at + timedelta(hours=1))
    asked, _changes = subject_requests.receive(later, person.id, Wish.DELETE, at)
    assert [due.rule_id for due in asked.clocks] == ["PD-ACK", "PD-DEL"]
    days = [(due.due_at - at).days for due in asked.clocks if due.due_at]
    assert days == [4, 20], "two working days over a weekend; twenty days"
    assert all("356/2025/NĐ-CP" in due.citation for due in asked.clocks)
    with pytest.raises(UserError, match="privacy_ground"):
        subject_requests.answer(later, asked.id, Step.REFUSED, "vì bận")
    subject_requests.answer(later, asked.id, Step.REFUSED, "statutory_duty")
    with pytest.raises(ConflictError):
        subject_requests.answer(later, asked.id, Step.DONE)
    ((_asked, answered),) = subject_requests.requests(desk, person.id)
    assert answered is not None
    assert "Điều 19" in answered.ground
    assert workspace.doctor(desk).ok


def test_what_is_kept_too_long_is_listed_and_erased(desk: Desk) -> None:
    old, desk = at_start(desk), at_end(desk)
    entry: Contact = logged(old, topic="Cũ", received_at=datetime(2026, 1, 5, 2, tzinfo=UTC), journalist=NAME)
    logged(desk, topic="Mới")
    assert privacy.overdue(desk) == ()
    privacy.set_retention(desk, "contact", 24)
    (found,) = privacy.overdue(desk)
    assert (found.id, found.title) == (entry.id, "Cũ")
    drafts.save(old, "contact", desk.new_id(), {"topic": "bỏ quên"})
    privacy.set_retention(desk, "draft", 12)
    made, dropped, _changes = privacy.erase_overdue(desk)
    assert made is not None
    assert (made.counts["contact"], dropped) == (1, 1)
    assert drafts.all_drafts(desk) == ()
    assert privacy.overdue(desk) == ()
    assert journal.contact(desk, entry.id).topic == GONE
    assert workspace.doctor(desk).ok
    with pytest.raises(UserError, match="retention_kind"):
        privacy.set_retention(desk, "lunch", 3)


def test_what_was_written_while_the_clock_was_wrong_is_never_taken_for_old(desk: Desk) -> None:
    wrong = replace(desk, now=lambda: datetime(1999, 5, 1, 3, tzinfo=UTC))
    at = wrong.now()
    logged(wrong, topic="Sáng nay", received_at=at)
    asked, _changes = requests.open_request(
        wrong, RequestDraft(Channel.EMAIL, at, journalist=NAME, topic="Sáng nay")
    )
    requests.withdraw(wrong, asked.id, "rút lại")
    coverage.add_article(wrong, ArticleDraft(outlet="Báo A", title="Sáng nay", published_at=at, text="Tin."))
    opened, _changes = cases.open_case(wrong, CaseDraft(CaseKind.HARASSMENT, "Sáng nay"))
    cases.close(wrong, opened.id, CaseOutcome.HANDLED, "xong")
    drafts.save(wrong, "contact", desk.new_id(), {"topic": "Sáng nay"})
    for kind in ("contact", "request", "article", "case", "draft"):
        privacy.set_retention(desk, kind, 12)
    assert privacy.overdue(desk) == ()
    assert privacy.erase_overdue(desk) == (None, 0, ())


def test_closed_requests_go_after_their_period_and_open_ones_stay(desk: Desk) -> None:
    old, desk = at_start(desk), at_end(desk)
    at = datetime(2026, 1, 5, 2, tzinfo=UTC)
    closed, _changes = requests.open_request(
        old, RequestDraft(Channel.EMAIL, at, journalist=NAME, topic="Giá đất 2026", questions=("Bao nhiêu?",))
    )
    left, _changes = requests.open_request(
        old, RequestDraft(Channel.EMAIL, at, journalist=NAME, topic="Chưa trả lời")
    )
    requests.withdraw(old, closed.id, f"{NAME} rút lại")
    privacy.set_retention(desk, "request", 24)
    assert [(found.kind, found.id) for found in privacy.overdue(desk)] == [("request", closed.id)]
    made, _drafts, _changes = privacy.erase_overdue(desk)
    assert made is not None
    assert made.counts["request"] == 1
    assert privacy.overdue(desk) == ()
    emptied = requests.request(desk, closed.id)
    assert emptied.topic == GONE
    assert "Bao nhiêu" not in repr(emptied)
    assert NAME not in repr(emptied)
    assert find.find(desk, "gia dat 2026") == ()
    assert requests.request(desk, left.id).topic == "Chưa trả lời"
    assert workspace.doctor(desk).ok


def test_the_access_log_is_kept_as_long_as_the_agency_says(desk: Desk, person: Journalist) -> None:
    past = replace(desk, now=lambda: datetime(2025, 1, 1, tzinfo=UTC))
    privacy.note_access(past, "journalist", person.id, "opened")
    privacy.set_retention(desk, "access", 12)
    privacy.note_access(desk, "journalist", person.id, "searched")
    assert [one.act for one in privacy.access_log(desk)] == ["searched"]


def test_the_command_line(
    desk: Desk,
    person: Journalist,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    place = ("--workspace", str(desk.keeper.folder), "--as", desk.member.name)
    copy, pdf = tmp_path / "a.json", tmp_path / "a.pdf"
    assert main(["privacy", "show", *place, NAME]) == 0
    assert PHONE in capsys.readouterr().out
    assert main(["privacy", "export", *place, NAME, "--out", str(copy), "--pdf", str(pdf)]) == 0
    assert json.loads(copy.read_text(encoding="utf-8"))["person"]["phone"] == PHONE
    assert pdf.read_bytes().startswith(b"%PDF")
    assert main(["privacy", "erase", *place, NAME, "--ground", "asked"]) == 3
    assert main(["privacy", "erase", *place, NAME, "--ground", "asked", "--yes", "--pdf", str(pdf)]) == 0
    capsys.readouterr()
    assert main(["privacy", "log", *place, "--json"]) == 0
    acts = [one["act"] for one in json.loads(capsys.readouterr().out)]
    assert acts == ["erased", "exported", "exported", "opened"]
    assert main(["doctor", *place]) == 0
