"""Inboxes: who may write to whom, what lies there once, what survives a restore, and who may read it."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.server import accounts, mailbox, mailing, takingout
from spokesdesk.server.database import in_transaction, open_database
from spokesdesk.server.files import FileStore
from spokesdesk.server.portal import utc_now
from spokesdesk.server.tokens import Caller
from tests.server.notes import note
from tests.server.running import Device, RunningPortal, ask, posting


@pytest.fixture(scope="session")
def provinces() -> dict[str, Device]:
    """The province of each portal, enrolled once."""
    return {}


@pytest.fixture
def province(portal: RunningPortal, provinces: dict[str, Device]) -> Iterator[Device]:
    """The province of the portal; its line, opened anew by each test, is closed by each."""
    if portal.url not in provinces:
        provinces[portal.url] = portal.device("UBND tỉnh Long An", province=True)
    yield provinces[portal.url]
    provinces[portal.url].client.close()


def inbox(device: Device, after: int = 0, mark: str = "") -> wire.Mail:
    """Read an inbox from a cursor on."""
    answer = device.call(
        "GET", f"/j/{device.journal}/inbox", params={"after": after, "mark": mark or wire.GENESIS.hex()}
    )
    assert answer.status_code == 200, answer.text
    return wire.decode(answer.content, wire.Mail)


def whole(device: Device) -> list[wire.MailItem]:
    """Read an inbox to its end, checking that every item continues the marks."""
    found: list[wire.MailItem] = []
    n, mark = 0, wire.GENESIS.hex()
    while True:
        page = inbox(device, n, mark)
        for item in page.items:
            if item.body:  # not of one that was erased
                assert item.mark == wire.mail_mark(mark, item.id, item.kind, item.body)
            n, mark = item.n, item.mark
        found += page.items
        if not page.more:
            return found


def kinds(device: Device, sender: Device) -> list[str]:
    told = [item.kind for item in whole(device) if item.sender == sender.journal]
    return [kind for kind in told if kind != "agency"]


def test_an_alert_reaches_its_agency_and_nobody_else(portal: RunningPortal, province: Device) -> None:
    one, other = portal.device(), portal.device()
    alert = note(province, "alert", str(one.journal), detail={"severity": "high"})
    assert [told.outcome for told in province.push(alert)] == ["applied"]
    [item] = whole(one)
    assert (item.kind, item.id, item.agency) == ("note", alert.op.rec, province.place.agency)
    read = wire.decode(item.body, wire.SignedNote)
    assert wire.is_signed(read.key, wire.SignedOp(read.op, read.sig))
    assert wire.note_of(read.op.patch).detail == {"severity": "high"}
    assert whole(other) == []
    assert [told.outcome for told in province.push(alert)] == ["duplicate"]
    assert len(whole(one)) == 1


def test_an_alert_to_all_reaches_all_but_the_province(portal: RunningPortal, province: Device) -> None:
    agencies = [portal.device(), portal.device()]
    alert = note(province, "alert", "all")
    province.push(alert)
    assert [[item.id for item in whole(each)] for each in agencies] == [[alert.op.rec]] * 2
    assert alert.op.rec not in [item.id for item in whole(province)]


def test_what_an_agency_answers_comes_to_who_asked(portal: RunningPortal, province: Device) -> None:
    agency = portal.device()
    asked = note(province, "ask", str(agency.journal))
    province.push(asked)
    told = note(agency, "answer", "province", about=str(asked.op.rec), text="Đã kiểm tra.")
    assert [one.outcome for one in agency.push(told)] == ["applied"]
    assert kinds(province, agency) == ["note"]


@pytest.mark.parametrize(
    ("kind", "recipient", "reason"),
    [
        ("alert", "all", "role_missing"),
        ("ask", "province", "role_missing"),
        ("ack", "all", "role_missing"),
        ("difficulty", "01a1b2c3-d4e5-7f60-8123-456789abcdef", "role_missing"),
        ("hum", "province", "fields_wrong"),
    ],
)
def test_an_agency_writes_to_the_province_only_and_gives_no_alerts(
    portal: RunningPortal, province: Device, kind: str, recipient: str, reason: str
) -> None:
    agency = portal.device()
    [told] = agency.push(note(agency, kind, recipient))
    assert (told.outcome, told.reason) == ("quarantined", reason)
    assert kinds(province, agency) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"title": ""},
        {"title": "a\u202eb"},
        {"at": "mai"},
        {"at": "0001-01-01T00:00:00+07:00"},
        {"text": "x" * 20_001},
    ],
)
def test_a_note_of_the_wrong_form_is_refused(
    portal: RunningPortal, province: Device, changed: dict[str, object]
) -> None:
    agency = portal.device()
    [told] = province.push(note(province, "alert", str(agency.journal), **changed))
    assert (told.outcome, told.reason) == ("quarantined", "fields_wrong")
    assert whole(agency) == []


def test_the_province_cannot_write_to_nobody(province: Device) -> None:
    [told] = province.push(note(province, "alert", str(uuid4())))
    assert (told.outcome, told.reason) == ("quarantined", "recipient_unknown")


def test_the_province_reads_what_was_released_and_posted_and_no_draft(
    portal: RunningPortal, province: Device
) -> None:
    agency = portal.device()
    agency.push(agency.put(uuid4(), "name", None, "ghi chép riêng", "outlet"))
    waiting = agency.release("chưa có tệp")
    agency.push(waiting)
    assert kinds(province, agency) == []
    shown = agency.publish("đã công bố")
    agency.push(posting(agency))
    agency.push(wire.sign(agency.seed, agency.op("withdraw", shown.op.rec)))
    assert kinds(province, agency) == ["release", "list", "withdrawn"]
    bodies = " ".join(item.body for item in whole(province))
    assert "ghi chép riêng" not in bodies
    assert "chưa có tệp" not in bodies


def test_a_province_that_comes_late_reads_what_was_before(tmp_path: Path) -> None:
    running = RunningPortal(tmp_path / "data").start()
    try:
        agency = running.device()
        agency.publish("trước khi có tỉnh")
        gone = agency.publish("đã gỡ")
        agency.push(wire.sign(agency.seed, agency.op("withdraw", gone.op.rec)))
        agency.push(posting(agency))
        assert agency.push(note(agency, "difficulty", "province"))[0].reason == "recipient_unknown"
        province = running.device("UBND tỉnh", province=True)
        assert sorted(item.kind for item in whole(province)) == ["list", "release", "withdrawn"]
        again = running.device("UBND tỉnh", province=True)
        assert len(whole(again)) == 3
        told = running.command("acts", "--json")
        assert told == 0
    finally:
        running.stop()


def test_hello_says_what_the_journal_is_and_where_its_inbox_ends(
    portal: RunningPortal, province: Device
) -> None:
    agency = portal.device()
    assert agency.client.hello(agency.token).role == "agency"
    assert province.client.hello(province.token).role == "province"
    province.push(note(province, "ask", str(agency.journal)))
    [item] = whole(agency)
    told = agency.client.hello(agency.token)
    assert (told.mail, told.mail_mark) == (item.n, item.mark)


def test_a_cursor_that_is_not_of_this_inbox_reads_it_anew(portal: RunningPortal, province: Device) -> None:
    agency = portal.device()
    province.push(note(province, "ask", str(agency.journal)), note(province, "alert", str(agency.journal)))
    first, second = whole(agency)
    assert inbox(agency, first.n, first.mark) == wire.Mail([second])
    assert inbox(agency, first.n, second.mark) == wire.Mail([first, second], anew=True)
    assert inbox(agency, 7, second.mark) == wire.Mail([first, second], anew=True)


def test_a_request_is_written_down_by_one_desk(portal: RunningPortal, province: Device) -> None:
    one = portal.device()
    other = portal.device(one.place.agency)
    province.push(note(province, "ask", str(one.journal)))
    [item] = whole(one)
    asked = wire.encode(wire.Claim([item.id, uuid4()]))

    def claim(device: Device) -> list[object]:
        answer = device.call("POST", f"/j/{device.journal}/inbox/claim", content=asked)
        return list(wire.decode(answer.content, wire.Claimed).ids)

    assert claim(one) == [item.id]
    assert claim(other) == []
    assert claim(one) == [item.id]
    accounts.revoke(portal.engine, one.place.device, utc_now())
    assert claim(other) == [item.id]


def test_a_claim_is_free_again_after_a_day(portal: RunningPortal, province: Device) -> None:
    one = portal.device()
    other = portal.device(one.place.agency)
    province.push(note(province, "ask", str(one.journal)))
    [item] = whole(one)
    who = [Caller(each.journal, each.place.device) for each in (one, other)]
    now = utc_now()
    assert mailbox.claim(portal.engine, who[0], [item.id], now).ids == [item.id]
    assert mailbox.claim(portal.engine, who[1], [item.id], now + mailbox.CLAIM_VALID).ids == []
    later = now + 2 * mailbox.CLAIM_VALID
    assert mailbox.claim(portal.engine, who[1], [item.id], later).ids == [item.id]


def test_what_was_erased_is_in_no_inbox(portal: RunningPortal, province: Device) -> None:
    agency = portal.device()
    told = note(agency, "difficulty", "province", text="tên của phóng viên")
    agency.push(told)
    agency.push(
        agency.record_op("erase", told.op.rec, {"text": wire.FieldChange(None, "")}, entity=wire.NOTE)
    )
    [item] = [item for item in inbox_all(province) if item.id == told.op.rec]
    assert item.body == ""


def inbox_all(device: Device) -> list[wire.MailItem]:
    found: list[wire.MailItem] = []
    n, mark = 0, wire.GENESIS.hex()
    while (page := inbox(device, n, mark)).items:
        found += page.items
        n, mark = found[-1].n, found[-1].mark
    return found


ROUTES = (("GET", "inbox", b""), ("POST", "inbox/claim", b'{"ids":[]}'), ("GET", "agencies", b""))


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_no_route_is_open_to_a_foreign_token(
    portal: RunningPortal, province: Device, method: str, path: str, body: bytes
) -> None:
    agency, stranger = portal.device(), portal.device()
    for caller, owner in ((stranger, agency), (agency, province), (province, agency)):
        answer = caller.call(method, f"/j/{owner.journal}/{path}", content=body)
        assert (answer.status_code, answer.json()["error"]) == (404, "journal_foreign")
    for header in ("", "Bearer x", f"Bearer {agency.token}x", f"Basic {agency.token}"):
        url = f"{portal.url}/j/{agency.journal}/{path}"
        headers = {"authorization": header}
        refused = httpx.request(method, url, content=body, headers=headers, trust_env=False)
        assert refused.status_code == 401
    accounts.revoke(portal.engine, stranger.place.device, utc_now())
    gone = stranger.call(method, f"/j/{stranger.journal}/{path}", content=body)
    assert (gone.status_code, gone.json()["error"]) == (401, "device_revoked")


def test_only_the_province_sees_the_agencies(portal: RunningPortal, province: Device) -> None:
    agency = portal.device()
    refused = agency.call("GET", f"/j/{agency.journal}/agencies")
    assert (refused.status_code, refused.json()["error"]) == (403, "role_missing")
    told = wire.decode(province.call("GET", f"/j/{province.journal}/agencies").content, wire.Agencies)
    names = {one.name: one for one in told.agencies}
    assert names[agency.place.agency].seen_at == ""
    assert province.place.agency not in names
    assert [one.outcome for one in agency.push(agency.put(uuid4(), "name", None, "a", "outlet"))] == [
        "applied"
    ]
    told = wire.decode(province.call("GET", f"/j/{province.journal}/agencies").content, wire.Agencies)
    assert {one.name: one for one in told.agencies}[agency.place.agency].seen_at


@pytest.mark.parametrize("body", [b"{", b'{"ids":["x"]}', b'{"ids":[],"more":1}'])
def test_a_malformed_claim_changes_nothing(portal: RunningPortal, body: bytes) -> None:
    agency = portal.device()
    answer = agency.call("POST", f"/j/{agency.journal}/inbox/claim", content=body)
    assert answer.status_code == 400


def test_an_erased_agency_leaves_nothing_in_the_provinces_inbox(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    store = FileStore(tmp_path / "files")
    store.prepare()
    now = utc_now()
    province = accounts.make_code(engine, "UBND tỉnh", now, province=True)
    agency = accounts.make_code(engine, "Sở Đi", now)
    parcel = mailing.Parcel(province.journal, uuid4(), "note", agency.journal, "{}")
    in_transaction(engine, lambda connection: mailing.deliver(connection, [parcel], now))
    who = Caller(province.journal, uuid4())
    found = [item.kind for item in mailbox.page(engine, who, 0, mailing.EMPTY, 10).items]
    assert found == ["agency", "note"]
    takingout.erase(engine, store, "Sở Đi", "Sở Đi", now)
    assert mailbox.page(engine, who, 0, mailing.EMPTY, 10).items == []
    engine.dispose()


def test_the_command_makes_a_code_of_the_province(own_portal: RunningPortal) -> None:
    own_portal.start()
    code = own_portal.code("UBND tỉnh Gia Lai", "--province")
    seed = secrets.token_bytes(32)
    client = own_portal.client()
    given = client.enrol(ask(code, seed))
    assert client.hello(given.token).role == "province"
    with pytest.raises((AccessError, UserError)):
        client.enrol(ask(code, seed))
