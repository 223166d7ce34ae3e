"""A code enrols one device once; guessing is slowed down; nothing secret is kept readable."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, UserError, WaitError
from spokesdesk.server import accounts, database, tables
from tests.server.running import RunningPortal, ask

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def new_agency() -> str:
    return f"Sở Ghi Danh {secrets.token_hex(4)}"


def test_a_code_from_the_command_enrols_a_device(portal: RunningPortal) -> None:
    agency, seed, client = new_agency(), secrets.token_bytes(32), portal.client()
    given = client.enrol(ask(portal.code(agency), seed))
    assert given.agency == agency
    hello = client.hello(given.token)
    assert (hello.seq, hello.chain, hello.epoch) == (0, wire.GENESIS.hex(), given.epoch)


def test_a_code_is_read_over_the_telephone(embedded_portal: RunningPortal) -> None:
    code, seed = embedded_portal.quick_code(new_agency()), secrets.token_bytes(32)
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    embedded_portal.client().enrol(ask(spoken, seed))


def test_a_code_used_twice_is_refused(portal: RunningPortal) -> None:
    code, client = portal.quick_code(new_agency()), portal.client()
    client.enrol(ask(code, secrets.token_bytes(32)))
    with pytest.raises(AccessError, match="enrol_code_used"):
        client.enrol(ask(code, secrets.token_bytes(32)))


def test_a_code_that_nobody_made_is_refused(portal: RunningPortal) -> None:
    with pytest.raises(AccessError, match="enrol_code_unknown"):
        portal.client().enrol(ask("AAAA-BBBB-CCCC-DDDD", secrets.token_bytes(32)))


def test_an_expired_code_is_refused(portal: RunningPortal) -> None:
    made = accounts.make_code(portal.engine, new_agency(), NOW - timedelta(days=30))
    with pytest.raises(AccessError, match="enrol_code_expired"):
        portal.client().enrol(ask(made.code, secrets.token_bytes(32)))


def test_a_key_that_the_device_does_not_hold_is_refused(embedded_portal: RunningPortal) -> None:
    code, mine = embedded_portal.quick_code(new_agency()), secrets.token_bytes(32)
    stolen = wire.public_key(secrets.token_bytes(32))
    request = ask(code, mine)
    with pytest.raises(AccessError, match="enrol_proof_wrong"):
        embedded_portal.client().enrol(wire.EnrolAsk(code, stolen, request.proof))
    embedded_portal.client().enrol(request)


def test_wrong_codes_from_one_address_are_stopped_for_the_hour(portal: RunningPortal) -> None:
    address, good = uuid4().hex, portal.quick_code(new_agency())
    wrong = ask("AAAA-BBBB-CCCC-DDDD", secrets.token_bytes(32))
    for _ in range(accounts.WRONG_BY_ADDRESS):
        with pytest.raises(AccessError, match="enrol_code_unknown"):
            accounts.enrol(portal.engine, wrong, address, NOW)
    right = ask(good, secrets.token_bytes(32))
    with pytest.raises(WaitError, match="too_many_attempts"):
        accounts.enrol(portal.engine, right, address, NOW)
    accounts.enrol(portal.engine, right, address, NOW + timedelta(hours=1))


def test_nothing_in_the_database_gives_a_code_or_a_token_away(portal: RunningPortal) -> None:
    agency = new_agency()
    code, unused = portal.quick_code(agency), portal.quick_code(agency)
    given = portal.client().enrol(ask(code, secrets.token_bytes(32)))
    with database.reading(portal.engine) as connection:
        rows = [
            str(row)
            for table in tables.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
        ]
    kept = "\n".join(rows)
    for secret in (code, code.replace("-", ""), unused.replace("-", ""), given.token.split(".")[2]):
        assert secret not in kept
    assert agency in kept


def test_the_log_names_no_secret_and_no_search(embedded_portal: RunningPortal) -> None:
    device = embedded_portal.device()
    device.publish("về việc ghi vào nhật ký")
    embedded_portal.get("/?tim=nguoi+cung+cap+tin")
    log = embedded_portal.log()
    assert '"method": "PUT", "place": "/files", "status": 204' in log
    for secret in (
        device.token.split(".")[2],
        "cung+cap",
        str(device.journal),
        device.journal.hex,
        "nhật ký",
    ):
        assert secret not in log


def test_a_second_code_leads_into_the_same_journal(portal: RunningPortal) -> None:
    agency = new_agency()
    assert portal.device(agency).journal == portal.device(agency).journal


def test_the_command_says_what_is_wrong_in_words(
    embedded_portal: RunningPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert embedded_portal.command("enrol", "--agency", " ") == UserError.exit_code
    assert "còn trống" in capsys.readouterr().err
    assert embedded_portal.command("enrol", "--agency", "Sở A", "--days", "0", "--json") == 3
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == "enrol_days_range"
    assert embedded_portal.command("revoke", "khong-co") == 3
    assert embedded_portal.command("enrol", "--agency", new_agency()) == 0
    assert "Dùng một lần" in capsys.readouterr().out


def test_a_code_made_later_lands_where_the_portal_looks(
    postgres_portal: RunningPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    """``portal enrol`` without --database uses the one that ``portal serve`` was given."""
    agency = new_agency()
    without = RunningPortal(postgres_portal.data)
    assert without.command("enrol", "--agency", agency, "--json") == 0
    code = json.loads(capsys.readouterr().out)["code"]
    assert postgres_portal.client().enrol(ask(code, secrets.token_bytes(32))).agency == agency
    assert not (postgres_portal.data / "portal.db").exists()
    assert (postgres_portal.data / "database-url").stat().st_mode & 0o077 == 0
