"""The portal is set up, upgraded and copied as OPERATIONS.md says; what is done wrongly is told and changes nothing."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from spokesdesk.server import buckets, commands, database
from tests.server.running import POSTGRES_BIN, ROOT, Postgres, RunningPortal

MANUAL = ROOT / "spokesdesk" / "server" / "OPERATIONS.md"


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server on which the manual's statements were run, word by word."""
    made = Postgres()
    block = re.search(r"```sql\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    command = [str(POSTGRES_BIN[0] / "psql"), "-h", str(made.folder), "-p", "54399", "-U", "postgres"]
    subprocess.run(
        [*command, "-q", "-v", "ON_ERROR_STOP=1"], input=block[1], text=True, check=True, capture_output=True
    )
    yield made
    made.stop()


def address(server: Postgres, role: str, name: str = "spokesdesk") -> str:
    return f"postgresql://{role}@/{name}?host={server.folder}&port=54399"


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Do a command; give its exit code, and the code of its error, if any."""
    capsys.readouterr()
    code = commands.main([words[0], "--json", *words[1:]])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1]).get("error", "")


def test_the_manuals_way_on_postgresql(
    server: Postgres, own_portal: RunningPortal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    owner, own = address(server, "spokesdesk_owner"), address(server, "spokesdesk_app")
    data, aside, copies = (str(tmp_path / name) for name in ("data", "aside", "copies"))
    as_portal, as_owner = ("--data", data, "--database", own), ("--data", data, "--database", owner)
    assert told(capsys, "agencies", "--data", aside, "--database", own) == (6, "database_older")
    assert told(capsys, "migrate", "--data", aside, "--database", owner) == (0, "")
    own_portal.database = own
    own_portal.start().device("Sở Một").publish("về việc theo sách")
    assert "theo sách" in own_portal.get("/").text
    with own_portal.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.row_security_active("record"))).scalar_one() is True
    assert told(capsys, "backup", *as_portal, "--to", copies) == (6, "backup_needs_owner")
    assert list(Path(copies).iterdir()) == []
    assert told(capsys, "backup", *as_owner, "--to", copies) == (0, "")
    assert (
        own in (tmp_path / "data" / "database-url").read_text()
    )  # the owner's is not the portal's from now on
    [manifest] = Path(copies).glob("portal-*.json")
    again = server.new_database()
    back = ("--data", str(tmp_path / "back"), "--database", again)
    assert told(capsys, "restore", "--from", str(manifest), *back) == (0, "")
    assert told(capsys, "check", *back) == (0, "")


@pytest.fixture(params=["embedded", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A portal's database in a folder."""
    url = request.getfixturevalue("postgres").new_database() if request.param == "postgres" else ""
    made = database.open_database(url, tmp_path)
    yield made
    made.dispose()


def test_the_database_of_a_later_program_is_left_alone(
    engine: sa.Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    url = engine.url.set(drivername="postgresql").render_as_string() if engine.name == "postgresql" else ""
    assert told(capsys, "agencies", "--data", str(tmp_path), "--database", url) == (6, "database_newer")
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_file_that_is_no_database_is_named_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "portal.db"
    broken.write_bytes(b"no database at all" * 100)
    assert commands.main(["agencies", "--data", str(tmp_path)]) == 6
    assert str(broken) in capsys.readouterr().err
    assert broken.read_bytes() == b"no database at all" * 100


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (("--tls-cert", "none.pem", "--tls-key", "none.pem"), "tls_unreadable"),
        (("--tls-cert", str(MANUAL), "--tls-key", str(MANUAL)), "tls_unreadable"),
        (("--tls-cert", "none.pem"), "tls_pair_needed"),
        (("--rate", "-1"), "rate_range"),
        (("--url", "cong.tinh.gov.vn"), "portal_url_form"),
        (("--url", "http://["), "portal_url_form"),
        (("--files", "ftp://kho/cong"), "file_storage_form"),
        (("--files", "s3://kho/cong", "--s3-endpoint", "kho"), "file_storage_form"),
    ],
)
def test_a_portal_that_cannot_serve_as_asked_says_why_and_never_that_it_runs(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    wrong: tuple[str, ...],
    error: str,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "x")
    assert commands.main(["serve", "--json", "--data", str(tmp_path), "--port", "0", *wrong]) != 0
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["error"] == error
    assert not isinstance(buckets.store_at(tmp_path), buckets.BucketStore)  # a slip is not kept


def test_ctrl_c_ends_the_portal_without_a_word_of_the_machine(own_portal: RunningPortal) -> None:
    process = own_portal.start().process
    assert process is not None
    own_portal.stop(signal.SIGINT)
    assert process.returncode == 0
    assert [line for line in own_portal.log().splitlines() if not line.startswith("{")] == []
