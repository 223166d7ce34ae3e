"""The journalists' door: what a verified journalist asks reaches one desk, and what the agency says comes back."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import door_waiting, takingout
from spokesdesk.server.door import inbox
from spokesdesk.server.door_tables import door_reply, journalist, question
from spokesdesk.server.files import FileStore
from spokesdesk.server.lists import Agency
from spokesdesk.server.portal import utc_now
from spokesdesk.server.tokens import Caller
from tests.server.running import Device, RunningPortal
from tests.server.test_pages import Page
from tests.server.visitors import PASSPHRASE, Guests


def taken(device: Device, *kept: wire.DoorRating) -> wire.DoorBox:
    answer = device.call("POST", f"/j/{device.journal}/door", content=wire.encode(wire.DoorCall(list(kept))))
    assert answer.status_code == 200, answer.text
    return wire.decode(answer.content, wire.DoorBox)


def said(device: Device, which: UUID, what: str, **more: object) -> wire.SignedOp:
    values = {"question": which, "what": what, "at": utc_now().isoformat(), **more}
    made = wire.DoorReply(**values)  # type: ignore[arg-type]
    return device.record_op("append", uuid4(), wire.door_reply_patch(made), entity=wire.DOOR_REPLY)


def applied(device: Device, *ops: wire.SignedOp) -> None:
    assert {one.outcome for one in device.push(*ops)} == {"applied"}


def test_a_question_goes_to_the_desk_and_its_answer_comes_back(
    portal: RunningPortal, device: Device, guests: Guests
) -> None:
    lan = guests(portal).verified_by_forms()
    path = lan.ask(device, topic="về bảng giá đất", body="Khi nào <b>công bố</b>?")
    assert device.client.hello(device.token).door == 1
    [item] = taken(device).items
    assert (item.asked.topic, item.asked.text) == ("về bảng giá đất", "Khi nào <b>công bố</b>?")
    assert (item.name, item.outlet, item.card, item.email) == (
        lan.name,
        "Báo Tuổi Trẻ",
        "IBT-02311",
        lan.email,
    )
    due = utc_now() + timedelta(days=3)
    told = {"due_at": due.isoformat(), "citation": "Quy chế của tỉnh, Điều 5", "wording": "3 ngày"}
    applied(device, said(device, item.asked.id, "taken", **told))
    assert device.client.hello(device.token).door == 0
    shown = Page(lan.get(path).text).text
    assert "Cơ quan đang xử lý" in shown
    assert "Quy chế của tỉnh, Điều 5" in shown
    assert "đánh giá" not in shown
    applied(device, said(device, item.asked.id, "answered", text="Trước ngày 30/12/2026."))
    shown = Page(lan.get(path).text).text
    assert "Trước ngày 30/12/2026." in shown
    assert "Khi nào <b>công bố</b>?" in shown
    rated = lan.send(f"{path}/danh-gia", path, level="fair", remark="Hơi chậm")
    assert rated.status_code == 303
    [rating] = taken(device).ratings
    assert (rating.question, rating.level, rating.remark) == (item.asked.id, "fair", "Hơi chậm")
    assert taken(device, rating).ratings == []
    assert device.client.hello(device.token).door == 0


def test_a_follow_up_is_a_question_of_its_own_in_the_thread(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    path = lan.ask(device)
    [first] = taken(device).items
    applied(
        device, said(device, first.asked.id, "taken"), said(device, first.asked.id, "answered", text="Rồi.")
    )
    assert lan.send(f"{path}/hoi-them", path, body="Còn đất nông nghiệp?").status_code == 303
    [more] = taken(device).items
    assert more.asked.thread == str(first.asked.id)
    assert more.asked.topic == "Hỏi thêm: về giá đất"
    applied(
        device,
        said(device, more.asked.id, "taken"),
        said(device, more.asked.id, "answered", text="Như nhau."),
    )
    shown = Page(lan.get(path).text).text
    assert shown.index("Rồi.") < shown.index("Còn đất nông nghiệp?") < shown.index("Như nhau.")


def test_an_appointment_names_its_hour_and_may_be_moved(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    day = (utc_now() + timedelta(days=5)).date()
    path = lan.ask(device, kind="appointment", day=day.isoformat(), time="08:30")
    [item] = taken(device).items
    assert item.asked.kind == "appointment"
    assert datetime.fromisoformat(item.asked.wanted_at) == datetime(
        day.year, day.month, day.day, 1, 30, tzinfo=UTC
    )
    moved = utc_now() + timedelta(days=6)
    reply = said(
        device, item.asked.id, "answered", meeting="move", meeting_at=moved.isoformat(), text="Phòng 2."
    )
    applied(device, said(device, item.asked.id, "taken"), reply)
    assert "Đề nghị giờ khác" in Page(lan.get(path).text).text


def test_a_question_belongs_to_one_desk_until_it_is_silent_for_long(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    first = embedded_portal.device()
    second = embedded_portal.device(first.place.agency)
    guests(embedded_portal).verified().ask(first)
    assert len(taken(first).items) == 1
    assert taken(second).items == []
    assert len(taken(first).items) == 1, "its answer was lost: the same desk gets the same"
    engine, later = embedded_portal.engine, utc_now() + door_waiting.LEASE + timedelta(minutes=1)
    caller = Caller(second.journal, second.place.device)
    [item] = inbox.take(engine, caller, wire.DoorCall(), later).items
    applied(second, said(second, item.asked.id, "taken"))
    assert taken(first).items == []
    assert taken(second).items == []


def test_desks_that_ask_at_once_never_get_the_same_question(
    portal: RunningPortal, device: Device, guests: Guests
) -> None:
    desks = [device, *(portal.device(device.place.agency) for _ in range(3))]
    lan = guests(portal).verified()
    for _ in range(5):
        lan.ask(device)
    with ThreadPoolExecutor(len(desks)) as pool:
        boxes = list(pool.map(taken, desks))
    given = [item.asked.id for box in boxes for item in box.items]
    assert len(given) == len(set(given)) == 5


def test_a_question_that_a_restored_portal_lost_comes_back_with_its_seal(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    path = lan.ask(device, topic="về việc bị quên")
    [item] = taken(device).items
    with embedded_portal.engine.begin() as connection:
        connection.execute(sa.delete(question).where(question.c.journal == device.journal))
    forged = said(device, item.asked.id, "taken", asked=item.asked, seal="0" * 64)
    applied(device, forged)
    assert lan.get(path).status_code == 404
    applied(device, said(device, item.asked.id, "taken", asked=item.asked, seal=item.seal))
    assert "về việc bị quên" in Page(lan.get(path).text).text


def test_the_first_deadline_stands_and_the_same_word_is_said_once(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device = embedded_portal.device()
    guests(embedded_portal).verified().ask(device)
    [item] = taken(device).items
    due = utc_now() + timedelta(days=2)
    reply = said(device, item.asked.id, "taken", due_at=due.isoformat())
    later = said(device, item.asked.id, "taken", due_at=(due + timedelta(days=9)).isoformat())
    applied(device, reply, later)
    assert [one.outcome for one in device.push(reply)] == ["duplicate"]
    with embedded_portal.engine.connect() as connection:
        here = question.c.journal == device.journal
        assert connection.execute(sa.select(question.c.due_at).where(here)).scalar_one() == due
        counted = (
            sa.select(sa.func.count()).select_from(door_reply).where(door_reply.c.journal == device.journal)
        )
        assert connection.execute(counted).scalar_one() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"what": "praised"},
        {"at": "gestern"},
        {"at": ""},
        {"text": "a\u202eb"},
        {"text": "x" * 20_501},
        {"paper": "thu"},
        {"due_at": "2026-13-01T00:00:00Z"},
        {"due_at": "9999-12-31T23:59:59-07:00"},
        {"meeting_at": "9999-12-31T23:59:59Z"},
        {"at": "0001-01-01T00:00:00+07:00"},
        {"meeting": "maybe"},
    ],
)
def test_a_word_of_another_form_is_refused(
    embedded_portal: RunningPortal, changed: dict[str, object]
) -> None:
    device = embedded_portal.device()
    values = {"question": str(uuid4()), "what": "answered", "at": utc_now().isoformat(), **changed}
    patch = {name: wire.FieldChange(None, value) for name, value in values.items()}
    [told] = device.push(device.record_op("append", uuid4(), patch, entity=wire.DOOR_REPLY))
    assert (told.outcome, told.reason) == ("quarantined", "fields_wrong")


def test_another_agency_neither_takes_nor_answers(embedded_portal: RunningPortal, guests: Guests) -> None:
    ours, theirs = embedded_portal.device(), embedded_portal.device()
    lan = guests(embedded_portal).verified()
    path = lan.ask(ours)
    assert taken(theirs).items == []
    assert theirs.call("POST", f"/j/{ours.journal}/door", content=b"{}").status_code == 404
    [item] = taken(ours).items
    forged = wire.DoorReply(item.asked.id, "answered", utc_now().isoformat(), "Giả.")
    applied(
        theirs, theirs.record_op("append", uuid4(), wire.door_reply_patch(forged), entity=wire.DOOR_REPLY)
    )
    assert "Giả." not in lan.get(path).text


def test_who_answers_in_time_is_counted_without_names(embedded_portal: RunningPortal, guests: Guests) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    for _ in range(6):
        lan.ask(device)
    items = taken(device).items
    now = utc_now()
    late, soon = (now - timedelta(hours=1)).isoformat(), (now + timedelta(days=1)).isoformat()
    dues = [soon, late, late, soon, ""]
    applied(
        device,
        *(said(device, one.asked.id, "taken", due_at=due) for one, due in zip(items, dues, strict=False)),
    )
    for at in (0, 1, 4):
        applied(device, said(device, items[at].asked.id, "answered", text="Đã trả lời."))
    shown = Page(embedded_portal.get("/dung-han").text).text
    row = shown[shown.index(device.place.agency) :]
    cells = ["1 (33 %)", "1", "1", "1", "1", "0", "1"]
    heads = ["Đúng hạn", "Sau hạn", "Quá hạn, chưa trả lời", "Còn trong hạn"]
    heads += ["Không có hạn cố định: đã trả lời", "Không có hạn cố định: chưa", "Chưa nhận"]
    expected = " ".join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))
    assert expected in row
    assert lan.name not in shown
    applied(device, said(device, items[1].asked.id, "reopened"), said(device, items[1].asked.id, "withdrawn"))
    again = Page(embedded_portal.get("/dung-han").text).text
    assert "1 (50 %)" in again[again.index(device.place.agency) :]


def test_an_erased_account_leaves_no_name_and_its_waiting_questions_go_nowhere(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    lan.ask(device)
    wrong = lan.send("/nha-bao/tai-khoan/xoa", "/nha-bao/tai-khoan", confirm="không phải câu này")
    assert wrong.status_code == 403
    gone = lan.send("/nha-bao/tai-khoan/xoa", "/nha-bao/tai-khoan", confirm=PASSPHRASE)
    assert gone.headers["location"] == "/nha-bao?xong=da-xoa"
    assert lan.get("/nha-bao/tai-khoan").status_code == 303
    with embedded_portal.engine.connect() as connection:
        found = sa.select(journalist.c.id).where(journalist.c.email == lan.email)
        assert connection.execute(found).first() is None
    assert taken(device).items == []
    assert device.client.hello(device.token).door == 0


def test_a_complaint_passes_the_agency_and_reaches_the_province(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    province = embedded_portal.device(province=True)
    mark = secrets.token_hex(4)
    day = utc_now().date().isoformat()
    key = {"agency": _key(device), "day": day, "place": "Trụ sở", "body": f"Bị giữ máy ảnh {mark}."}
    assert lan.send("/nha-bao/phan-anh", **key).status_code == 303
    assert "chưa có ai đọc" in Page(lan.get("/nha-bao/phan-anh").text).text
    refused = device.call("GET", "/province/complaints")
    assert (refused.status_code, refused.json()["error"]) == (403, "role_missing")
    assert (
        device.call(
            "POST", "/province/complaints", content=b'{"id": "%s"}' % str(uuid4()).encode()
        ).status_code
        == 403
    )
    answer = province.call("GET", "/province/complaints")
    [found] = [one for one in wire.decode(answer.content, wire.Complaints).complaints if mark in one.text]
    assert (found.agency, found.name, found.state) == (device.place.agency, lan.name, "new")
    for text, state in (("", "read"), ("Đã làm việc với cơ quan.", "answered")):
        told = wire.encode(wire.ComplaintSaid(found.id, text))
        answer = province.call("POST", "/province/complaints", content=told)
        [now] = [one for one in wire.decode(answer.content, wire.Complaints).complaints if one.id == found.id]
        assert now.state == state
    assert "Đã làm việc với cơ quan." in lan.get("/nha-bao/phan-anh").text
    strange = wire.encode(wire.ComplaintSaid(uuid4(), "Gì?"))
    assert province.call("POST", "/province/complaints", content=strange).status_code == 404


def test_what_an_agency_was_asked_goes_with_it(
    embedded_portal: RunningPortal, guests: Guests, tmp_path: Path
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    path = lan.ask(device)
    [item] = taken(device).items
    applied(device, said(device, item.asked.id, "taken"))
    engine, store = embedded_portal.engine, FileStore(embedded_portal.data / "files")
    counts = takingout.export(engine, store, device.place.agency, tmp_path / "out", utc_now())
    assert (counts["question"], counts["door_reply"]) == (1, 1)
    assert lan.email not in (tmp_path / "out" / "question.jsonl").read_text(encoding="utf-8")
    takingout.erase(engine, store, device.place.agency, device.place.agency, utc_now())
    assert lan.get(path).status_code == 404


def _key(device: Device) -> str:
    return Agency(device.journal, device.place.agency).key
