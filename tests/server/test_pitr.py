"""The portal put back to a moment on a real PostgreSQL, as OPERATIONS.md says; the desks give back the rest."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from spokesdesk.domain.people import Outlet
from spokesdesk.services import people, sync
from spokesdesk.services.ports import Desk
from tests.server.running import POSTGRES_BIN, Postgres, RunningPortal
from tests.sync.pairs import made_desk, well

TRIES = 600


class Archiving(Postgres):
    """A server that keeps its WAL apart, so that it can be put back to any moment."""

    def __init__(self) -> None:
        super().__init__(durable=True)
        self.wal = self.folder / "wal"
        self._run("pg_ctl", "-D", "d", "-m", "fast", "-w", "stop")
        subprocess.run([*self.as_user, "mkdir", str(self.wal)], check=True)
        self.tell(
            "d",
            f"archive_command = 'test ! -f {self.wal}/%f && cp %p {self.wal}/%f'",
            "wal_level = replica",
            "archive_mode = on",
        )
        self.start("d", 54399)

    def tell(self, cluster: str, *lines: str) -> None:
        """Write settings into postgresql.auto.conf."""
        with (self.folder / cluster / "postgresql.auto.conf").open("a") as out:
            out.write("\n".join([*lines, ""]))

    def start(self, cluster: str, port: int) -> None:
        """Start a cluster."""
        options = f"-p {port} -k {self.folder} -c listen_addresses='' -c max_connections=60"
        self._run("pg_ctl", "-D", cluster, "-w", "-o", options, "-l", f"log-{cluster}", "start")

    def base_backup(self) -> None:
        """Copy the cluster while it works."""
        where = ("-h", str(self.folder), "-p", "54399", "-U", "postgres")
        self._run("pg_basebackup", *where, "-D", "base", "-X", "none", "-c", "fast")

    def put_back(self, url: str, moment: str) -> str:
        """Lose the cluster, and make it anew as it was at a moment; give the URL of the database in it."""
        self._run("pg_ctl", "-D", "d", "-m", "fast", "-w", "stop")  # what is finished goes to the archive
        shutil.move(self.folder / "d", self.folder / "lost")
        self.tell(
            "base",
            f"restore_command = 'cp {self.wal}/%f %p'",
            f"recovery_target_time = '{moment}'",
            "recovery_target_action = 'promote'",
        )
        signal = self.folder / "base" / "recovery.signal"
        subprocess.run([*self.as_user, "touch", str(signal)], check=True)
        self.start("base", 54397)
        again = url.replace("54399", "54397")
        for _ in range(TRIES):
            if self.asked(again, "SELECT pg_is_in_recovery()") == "f":
                return again
        raise AssertionError((self.folder / "log-base").read_text())

    def asked(self, url: str, statement: str) -> str:
        """Ask a database something."""
        command = [*self.as_user, str(POSTGRES_BIN[0] / "psql"), "-AtX", "-d", url, "-c", statement]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    def stop(self) -> None:
        """Stop what runs and forget it."""
        for cluster in ("d", "base"):
            if (self.folder / cluster / "postmaster.pid").exists():
                self._run("pg_ctl", "-D", cluster, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def archiving() -> Iterator[Archiving]:
    """A PostgreSQL server with an archive of its WAL."""
    server = Archiving()
    yield server
    server.stop()


def outlet_names(desk: Desk) -> set[str]:
    return {one.name for one in people.outlets(desk)}


@pytest.mark.long
def test_a_portal_put_back_to_a_moment_gets_the_rest_from_its_desks(
    archiving: Archiving, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = archiving.new_database()
    portal = RunningPortal(tmp_path / "data", url).start()
    first, second = made_desk(tmp_path / "a", "Lê Thị Mai"), made_desk(tmp_path / "b", "Trần Văn Bình")
    late = made_desk(tmp_path / "c", "Vũ Thị Sen")
    try:
        for desk in (first, second):
            sync.connect(desk, portal.url, portal.quick_code("Sở Khôi phục"))
        save(first, "trước bản gốc")
        rounds(first, second)
        archiving.base_backup()
        save(first, "sau bản gốc")
        rounds(first, second)
        moment = archiving.asked(url, "SELECT now()")
        save(first, "sau thời điểm")
        save(second, "của đồng nghiệp, sau thời điểm")
        rounds(first, second, first)
        archiving.asked(url, "SELECT pg_switch_wal()")
        portal.stop()
        del portal.__dict__["engine"]

        portal.database = archiving.put_back(url, moment)
        capsys.readouterr()
        assert portal.command("restored", "--json") == 0
        assert portal.command("check", "--json") == 0
        portal.start()
        with portal.engine.connect() as connection:
            names = str(connection.execute(sa.text("SELECT fields FROM record")).scalars().all())
        assert "sau bản gốc" in names
        assert "sau thời điểm" not in names

        rounds(second, first, second)  # the colleague comes first, and brings back what is not its own, too
        sync.connect(late, portal.url, portal.quick_code("Sở Khôi phục"))
        rounds(late)
        wanted = {"trước bản gốc", "sau bản gốc", "sau thời điểm", "của đồng nghiệp, sau thời điểm"}
        for desk in (first, second, late):
            assert outlet_names(desk) >= wanted
        assert portal.command("check", "--json") == 0
    finally:
        for desk in (first, second, late):
            desk.close()
        portal.stop()


def save(desk: Desk, name: str) -> None:
    people.save_outlet(desk, Outlet(desk.new_id(), name))


def rounds(*desks: Desk) -> None:
    for desk in desks:
        well(desk)
