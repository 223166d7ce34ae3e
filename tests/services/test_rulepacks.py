"""Packs of rules: signed law, local limits on top; what is open keeps its limit, a bad pack changes nothing."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from spokesdesk import assets, bootstrap
from spokesdesk.domain.clock import iso_vn, parse_time
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.incidents import IncidentDraft, Statement, StatementForm
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.library import TakenPack
from spokesdesk.domain.rebuttals import RoundMove
from spokesdesk.domain.requests import RequestDraft
from spokesdesk.outside.rulepacks import RuleShelf
from spokesdesk.outside.rulesigning import sign_pack, signed
from spokesdesk.services import incidents, journal, rebuttals, requests, rulepacks, workspace
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, Office
from tests.services.articles import article, at, claim

HUE = assets.path("samples", "quy-dinh-hue.toml")


@pytest.fixture
def key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture
def trusting(desk: Desk, key: bytes) -> Desk:
    """The desk of a program that comes with the test publisher's public key."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    public = load_pem_private_key(key, None).public_key()
    return replace(
        desk, shelf=RuleShelf([public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)])
    )


def pack(tmp_path: Path, key: bytes, rule: str, before: str, after: str) -> Path:
    """Give a signed pack of 2027 in which one rule has another limit."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for file in assets.path("rules").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        head, found, tail = text.partition(f'id = "{rule}"')
        folder.joinpath(file.name).write_text(head + found + tail.replace(before, after, 1), encoding="utf-8")
    (tmp_path / "key.pem").write_bytes(key)
    sign_pack(tmp_path / "key.pem", "2027.1.1", tmp_path / "pack.toml", folder)
    return tmp_path / "pack.toml"


@pytest.fixture
def newer(tmp_path: Path, key: bytes) -> Path:
    """A signed pack of 2027 that gives ten working days where the law of 2026 gives fifteen."""
    return pack(tmp_path, key, "N237-ANS-15", "duration = 15", "duration = 10")


def asked(desk: Desk) -> RequestDraft:
    return RequestDraft(
        received_at=parse_time("2026-11-20 09:00"),
        topic="Xả thải",
        questions=("Ai xả?",),
        outlet="Báo Thử",
        channel=Channel.EMAIL,
        event="press_opinion_received",
    )


def test_a_newer_law_is_said_then_taken_and_what_is_open_keeps_its_limit(trusting: Desk, newer: Path) -> None:
    made, _changes = requests.open_request(trusting, asked(trusting))
    seen = rulepacks.look(trusting, newer)
    assert [rule.id for rule in seen.added] == ["N237-ANS-15"]
    assert seen.gone == ()
    (item,) = seen.open_items
    assert (item.id, item.old.rule_id) == (made.id, "N237-ANS-15")
    assert item.new_due_at is not None
    # ten working days from Friday 20/11/2026, with 24/11 off: 23 25 26 27 30 | 1 2 3 4 7
    assert iso_vn(item.new_due_at) == "2026-12-07T23:59:59+07:00"
    assert trusting.rules.rules["N237-ANS-15"].duration == 15
    rulepacks.take(trusting, newer)
    assert trusting.rules.rules["N237-ANS-15"].duration == 10
    assert requests.request(trusting, made.id).due == made.due
    due = journal.answer_due(trusting, "press_opinion_received", parse_time("2026-11-20 09:00"))
    assert due is not None
    assert due.due_at == item.new_due_at
    with pytest.raises(DeskError, match="pack_older"):
        rulepacks.take(trusting, newer)


def test_clocks_of_open_incidents_that_would_be_others_are_said(
    trusting: Desk, tmp_path: Path, key: bytes
) -> None:
    desk = at(trusting, parse_time("2026-11-20 12:00"))
    facts = IncidentDraft("Vỡ đập", received_at=parse_time("2026-11-20 09:00"))
    running, _changes = incidents.open_incident(desk, facts)
    spoken, _changes = incidents.open_incident(desk, replace(facts, title="Cháy chợ"))
    said = Statement(parse_time("2026-11-20 10:00"), StatementForm.PORTAL, "Trần Minh Khuê", "Đã dập tắt.")
    incidents.say(desk, spoken.id, said)
    shorter = pack(tmp_path, key, "N244-INIT-24A", "duration = 24", "duration = 12")
    (item,) = rulepacks.look(desk, shorter).open_items
    assert (item.kind, item.id, item.old) == ("incident", running.id, running.clocks[0].due)
    assert item.new_due_at == parse_time("2026-11-20 21:00")
    assert item.title.startswith("Vỡ đập: ")


def test_clocks_of_open_rebuttals_that_would_be_others_are_said(
    trusting: Desk, tmp_path: Path, key: bytes
) -> None:
    desk = at(trusting, parse_time("2026-11-20 12:00"))
    found = article(desk, claim())
    rebuttals.open_rebuttal(desk, found.id)
    made = rebuttals.rounds(desk, found.id).rounds[0].round
    kept, _changes = rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=parse_time("2026-11-20 09:00"))
    shorter = pack(tmp_path, key, "N237-ASK-15", "duration = 15", "duration = 5")
    (item,) = rulepacks.look(desk, shorter).open_items
    assert (item.kind, item.id) == ("article", found.id)
    assert item.old in kept.dues
    # Năm ngày làm việc sau thứ Sáu 20/11/2026, thứ Ba 24/11 nghỉ: 23, 25, 26, 27, 30.
    assert item.new_due_at is not None
    assert iso_vn(item.new_due_at) == "2026-11-30T23:59:59+07:00"


def test_local_limits_stand_on_top_until_they_are_put_away(desk: Desk) -> None:
    at = parse_time("2026-11-20 09:00")
    made, _changes = rulepacks.take(desk, HUE)
    due = journal.answer_due(desk, "press_question", at)
    assert due is not None
    assert due.due_at is not None
    assert (due.rule_id, iso_vn(due.due_at)) == ("HUE-3", "2026-11-23T23:59:59+07:00")
    assert "Huế" in due.citation
    assert desk.rules.rules["HUE-3"].is_local
    assert not desk.rules.rules["N244-REQ"].is_local
    rulepacks.put_away(desk, made.id)
    assert "HUE-3" not in desk.rules.rules
    rulepacks.put_away(desk, made.id, again=True)
    assert [pack.name for pack in rulepacks.packs(desk)] == [made.name]
    assert workspace.doctor(desk).ok


def test_packs_are_used_again_when_the_desk_is_opened(desk: Desk) -> None:
    rulepacks.take(desk, HUE)
    folder = desk.keeper.folder
    desk.close()
    again = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    try:
        assert again.rules.rules["HUE-14"].duration == 14
    finally:
        again.close()


def test_a_pack_that_no_longer_fits_does_not_keep_the_desk_shut(desk: Desk) -> None:
    """As after an update of the program whose law has a rule of that id."""
    rulepacks.take(desk, HUE)
    text = HUE.read_text(encoding="utf-8").replace('id = "HUE-3"', 'id = "N244-REQ"')
    misfit = TakenPack(desk.new_id(), "local", "Không còn khớp", "2026.1", text, desk.now(), desk.member.ref)
    with desk.write() as unit:
        unit.library.add_pack(misfit)
    folder = desk.keeper.folder
    desk.close()
    again = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    try:
        assert "HUE-3" in again.rules.rules
        assert not again.rules.rules["N244-REQ"].is_local
        rulepacks.put_away(again.working_as(desk.member), misfit.id)
        assert [pack.name for pack in rulepacks.packs(again)] != [misfit.name]
    finally:
        again.close()


def _forged(text: str) -> str:
    return text.replace("duration = 30", "duration = 300", 1)


def _unsigned(text: str) -> str:
    return text.partition("[signature]")[0]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_forged, "pack_forged"),
        (_unsigned, "pack_forged"),
        (lambda text: text + "\n[[", "pack_unreadable"),
        (lambda text: text.replace("[pack]", "[other]", 1), "pack_no_head"),
        (lambda text: text.replace('kind = "law"', 'kind = "lax"', 1), "rules_malformed"),
    ],
)
def test_a_spoilt_pack_is_refused_and_changes_nothing(
    trusting: Desk, newer: Path, spoil: object, code: str
) -> None:
    assert callable(spoil)
    newer.write_text(spoil(newer.read_text(encoding="utf-8")), encoding="utf-8")
    before = trusting.rules
    with pytest.raises(DeskError, match=code):
        rulepacks.take(trusting, newer)
    assert trusting.rules is before
    assert rulepacks.packs(trusting) == ()


def test_law_signed_by_another_or_older_or_with_parts_missing_is_refused(
    trusting: Desk, desk: Desk, newer: Path, key: bytes, tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="pack_forged"):
        rulepacks.take(desk, newer)
    (tmp_path / "key.pem").write_bytes(key)
    sign_pack(tmp_path / "key.pem", "2020.1.1", newer, assets.path("rules"))
    with pytest.raises(DeskError, match="pack_older"):
        rulepacks.take(trusting, newer)
    text = '[pack]\nkind = "law"\nname = "Thiếu"\nversion = "2030.1"\n[[event]]\nid = "a"\ntitle = "A"\n'
    newer.write_text(signed(text, key), encoding="utf-8")
    with pytest.raises(DeskError, match="pack_incomplete"):
        rulepacks.take(trusting, newer)


def test_a_local_rule_cannot_take_the_place_of_the_law(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "x.toml"
    bad.write_text(
        HUE.read_text(encoding="utf-8").replace('id = "HUE-3"', 'id = "N244-REQ"'), encoding="utf-8"
    )
    with pytest.raises(DeskError, match="rules_malformed"):
        rulepacks.take(desk, bad)


def test_only_an_admin_takes_packs(office: Office) -> None:
    with pytest.raises(DeskError):
        rulepacks.take(office.drafter, HUE)


def test_the_order_of_keys_and_comments_do_not_matter_to_the_signature(newer: Path, trusting: Desk) -> None:
    text = newer.read_text(encoding="utf-8")
    newer.write_text("# chép lại\n" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert tomllib.loads(text)["pack"]["version"] == rulepacks.look(trusting, newer).head.version
