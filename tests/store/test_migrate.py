import importlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from spokesdesk.domain.errors import OutsideError
from spokesdesk.store import migrate, tables
from spokesdesk.store.database import Database
from spokesdesk.store.migrations import SCHEMA
from spokesdesk.store.search import SqlSearch

KEY = bytes(range(32))
# The order of the list of requests stands in an index of expressions, which only ``shape`` can compare.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]
MakeRevision = Callable[..., None]
NEXT = """
import sqlalchemy as sa
from alembic import op
revision = {this!r}
down_revision = {head!r}
branch_labels = depends_on = None
def upgrade():
    with op.batch_alter_table("outlet", recreate="always") as batch:
        batch.add_column(sa.Column("fax", sa.Text(), nullable=False, server_default=""))
    {then}
"""


def metadata() -> MetaData:
    for found in Path(tables.__file__).parent.glob("tables_*.py"):
        importlib.import_module(f"spokesdesk.store.{found.stem}")
    return tables.metadata


def shape(database: Database) -> dict[str, str]:
    with database.reading() as c:
        rows = c.exec_driver_sql(
            "SELECT type || ' ' || name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name != 'alembic_version'"
        )
        return {
            str(name): " ".join(sorted(str(sql).replace(",", " ").replace(chr(34), "").split()))
            for name, sql in rows
        }


def fill(database: Database) -> None:
    with database.writing() as c:
        c.exec_driver_sql(
            "INSERT INTO outlet(id, name, name_fold, kind)"
            " VALUES (x'01', 'Báo Đắk Lắk', 'bao dak lak', 'bao')"
        )
        c.exec_driver_sql(
            "INSERT INTO journalist(id, name, name_fold, outlet_id)"
            " VALUES (x'02', 'Nguyễn Văn Ấn', 'nguyen van an', x'01')"
        )


def filled(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as c:
        rows = c.exec_driver_sql(
            "SELECT j.name, o.name FROM journalist j JOIN outlet o ON o.id = j.outlet_id"
        )
        return [tuple(row) for row in rows]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    database = Database(path, KEY, create=True)
    migrate.prepare(database)
    fill(database)
    database.close()
    return path


@pytest.fixture
def next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeRevision:
    def make(then: str = "") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(Path(migrate.__file__).with_name("migrations"), folder)
        text = NEXT.format(this=f"{SCHEMA + 1:04}", head=f"{SCHEMA:04}", then=then)
        (folder / "versions" / "rev_9999.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(migrate, "_REVISIONS", folder)
        monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)

    return make


def of_schema(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Make a database as an older program left it."""
    database = Database(folder / "desk.db", KEY, create=True)
    with monkeypatch.context() as then:
        then.setattr(migrate, "SCHEMA", number)
        migrate.prepare(database)
    return database


def test_a_new_file_gets_the_shape_the_tables_describe(tmp_path: Path) -> None:
    made = Database(tmp_path / "made.db", KEY, create=True)
    migrate.prepare(made)
    assert made.user_version() == SCHEMA
    described = Database(tmp_path / "described.db", KEY, create=True)
    with described.writing() as c:
        metadata().create_all(c)
        c.exec_driver_sql(tables.SEARCH_INDEX)
    assert shape(made) == shape(described)
    with made.reading() as c:
        context = MigrationContext.configure(
            c, opts={"include_name": lambda name, kind, _: kind != "table" or name in metadata().tables}
        )
        assert compare_metadata(context, metadata()) == []
    made.close()
    described.close()


@pytest.mark.parametrize("old", range(1, SCHEMA))
def test_every_older_shape_becomes_the_present_one_with_its_data(
    old: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = of_schema(old, tmp_path, monkeypatch)
    assert database.user_version() == old
    fill(database)
    migrate.prepare(database)
    new = Database(tmp_path / "new.db", KEY, create=True)
    migrate.prepare(new)
    assert database.user_version() == SCHEMA
    assert shape(database) == shape(new)
    assert filled(database) == [("Nguyễn Văn Ấn", "Báo Đắk Lắk")]
    database.close()
    new.close()


def test_files_that_were_erased_before_are_still_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = of_schema(27, tmp_path, monkeypatch)
    with database.writing() as c:
        c.exec_driver_sql("INSERT INTO member(id, name, roles, active) VALUES (x'6d', 'Mai', '[]', 1)")
        columns = "id, subject_kind, subject, scope, ground, citation, counts, hashes, files, at"
        for at, files in enumerate(('["aa", "bb"]', "[]", '["bb"]')):
            row = (
                bytes([at]) * 16,
                "journalist",
                b"s",
                "content",
                "",
                "",
                "{}",
                "[]",
                files,
                at,
                b"m",
                "Mai",
            )
            c.exec_driver_sql(
                f"INSERT INTO deletion({columns}, author_id, author_name) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                row,
            )
    migrate.prepare(database)
    with database.reading() as c:
        found = c.exec_driver_sql("SELECT sha256, deletion_id FROM erased_file ORDER BY 1, 2").all()
    assert [tuple(row) for row in found] == [("aa", b"\0" * 16), ("bb", b"\0" * 16), ("bb", b"\2" * 16)]
    database.close()


def test_notes_of_before_are_found_after_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = of_schema(28, tmp_path, monkeypatch)
    with database.writing() as c:
        c.exec_driver_sql(
            'INSERT INTO inbox(item, kind, sender, agency, title, text, "by", detail, at, arrived_at) VALUES'
            " (x'0a000000000000000000000000000000', 'alert', x'01', 'UBND tỉnh', 'Cá chết trắng sông',"
            " 'Đề nghị kiểm tra.', 'Ấu', '{}', 1, 1),"
            " (x'0b000000000000000000000000000000', 'ask', x'01', 'UBND tỉnh', 'Số liệu', '', 'Ấu', '{}', 1, 1)"
        )
        c.exec_driver_sql("INSERT INTO member(id, name, roles, active) VALUES (x'01', 'Lê Ổn', '[]', 1)")
        c.exec_driver_sql(
            "INSERT INTO province_note(id, kind, recipient, title, text, detail, at, author_id, author_name)"
            " VALUES (x'0c000000000000000000000000000000', 'difficulty', 'province', 'Thiếu người', '', '{}', 2,"
            " x'01', 'Lê Ổn')"
        )
    migrate.prepare(database)
    with database.reading() as c:
        search = SqlSearch(c)
        assert [hit.id.hex[:2] for hit in search.find("ca chet kiem tra ubnd", ("province",))] == ["0a"]
        assert [hit.id.hex[:2] for hit in search.find("thieu nguoi on")] == ["0c"]
        assert search.find("so lieu") == ()
    database.close()


def test_what_was_known_of_desks_and_of_the_province_is_known_after_the_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = of_schema(29, tmp_path, monkeypatch)
    with database.writing() as c:
        c.exec_driver_sql(
            "INSERT INTO carry_key VALUES (x'01', 's1', 'b1', 'Xa'), (x'02', 's2', 'b2', 'Gần'),"
            " (x'03', 's3', 'b3', 'Khác')"
        )
        c.exec_driver_sql(
            "INSERT INTO key_holder VALUES (x'02', 'Gần', 's2', 'own', '', 'proof', 0, 5),"
            " (x'03', 'Khác', 's3', '', '', '', 0, 6)"
        )
        c.exec_driver_sql("INSERT INTO inbox_place(id, seq, mark, role) VALUES (1, 2, 'm', 'agency')")
        for at, proof in enumerate(('{"key":"k1"}', '{"key":"k1"}', None), start=1):
            c.exec_driver_sql(
                "INSERT INTO inbox(item, kind, sender, agency, detail, at, arrived_at, proof)"
                " VALUES (?, 'alert', x'09', 'Tỉnh', '{}', 1, ?, ?)",
                (bytes([at]), at, proof),
            )
    migrate.prepare(database)
    with database.reading() as c:
        desks = c.exec_driver_sql(
            "SELECT device, public_key, box_key, box_proof FROM key_holder ORDER BY 1"
        ).all()
        pinned = c.exec_driver_sql('SELECT sender, "key", at, "by" FROM sender_key').all()
    assert [tuple(row) for row in desks] == [
        (b"\1", "s1", "b1", ""),
        (b"\2", "s2", "own", "proof"),
        (b"\3", "s3", "b3", ""),
    ]
    assert [tuple(row) for row in pinned] == [(b"\t", "k1", 1, "")]
    database.close()


def test_the_schema_number_counts_the_revisions() -> None:
    scripts = ScriptDirectory.from_config(migrate.alembic_config())
    assert scripts.get_current_head() == f"{SCHEMA:04}"
    assert len(list(scripts.walk_revisions())) == SCHEMA


def test_a_ready_file_is_left_alone_and_alembic_not_loaded(file: Path) -> None:
    before = file.read_bytes()
    code = (
        "import sys; from pathlib import Path\n"
        "from spokesdesk.store.database import Database\n"
        "from spokesdesk.store.migrate import prepare\n"
        f"d = Database(Path({str(file)!r}), {KEY!r}); prepare(d); d.close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert file.read_bytes() == before


def test_a_newer_file_is_refused_and_left_alone(file: Path) -> None:
    database = Database(file, KEY)
    with closing(database.connect()) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    before = file.read_bytes()
    database = Database(file, KEY)
    with pytest.raises(OutsideError, match="schema_newer") as caught:
        migrate.prepare(database)
    assert caught.value.params == {"found": SCHEMA + 1, "known": SCHEMA}
    database.close()
    assert file.read_bytes() == before


def test_a_foreign_file_is_not_taken_over(tmp_path: Path) -> None:
    database = Database(tmp_path / "other.db", KEY, create=True)
    with database.writing() as c:
        c.exec_driver_sql("CREATE TABLE somebody_elses (x)")
    with pytest.raises(OutsideError, match="schema_unknown"):
        migrate.prepare(database)
    database.close()


def test_an_older_file_keeps_its_data_and_a_copy(file: Path, next_revision: MakeRevision) -> None:
    next_revision()
    database = Database(file, KEY)
    migrate.prepare(database)
    assert database.user_version() == SCHEMA + 1
    assert filled(database) == [("Nguyễn Văn Ấn", "Báo Đắk Lắk")]
    with database.reading() as c:
        assert c.exec_driver_sql("SELECT fax FROM outlet").scalar() == ""
        assert c.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
    copy = Database(file.with_name(f"desk.schema-{SCHEMA}.db"), KEY)
    assert copy.user_version() == SCHEMA
    assert filled(copy) == [("Nguyễn Văn Ấn", "Báo Đắk Lắk")]
    copy.close()


@pytest.mark.parametrize(
    "then", ["op.execute('INSERT INTO nowhere VALUES (1)')", "op.execute('DELETE FROM outlet')"]
)
def test_a_failed_upgrade_leaves_the_old_file(file: Path, next_revision: MakeRevision, then: str) -> None:
    next_revision(then)
    database = Database(file, KEY)
    before = shape(database)
    with pytest.raises(OutsideError, match="migration_failed") as caught:
        migrate.prepare(database)
    assert Path(str(caught.value.params["copy"])).is_file()
    assert database.user_version() == SCHEMA
    assert shape(database) == before
    assert filled(database) == [("Nguyễn Văn Ấn", "Báo Đắk Lắk")]
    database.close()


def test_a_kill_in_the_middle_of_an_upgrade_leaves_the_old_file(
    file: Path, next_revision: MakeRevision
) -> None:
    next_revision("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    code = (
        "from pathlib import Path\n"
        "from spokesdesk.store import migrate\n"
        "from spokesdesk.store.database import Database\n"
        f"migrate._REVISIONS = Path({str(migrate._REVISIONS)!r}); migrate.SCHEMA += 1\n"
        f"migrate.prepare(Database(Path({str(file)!r}), {KEY!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    database = Database(file, KEY)
    assert database.user_version() == SCHEMA
    assert filled(database) == [("Nguyễn Văn Ấn", "Báo Đắk Lắk")]
    assert database.integrity_faults() == []
    database.close()
