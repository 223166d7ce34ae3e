"""A PostgreSQL server with a database on a small disk of its own."""

from pathlib import Path

from tests.server.running import Postgres


class SmallDisk(Postgres):
    """Sees a disk that nobody else sees; only root can make one."""

    def on_a_small_disk(self, megabytes: int, filler: int) -> str:
        """Make a database on a disk of its own, with so many bytes of something else there; give its URL. Root only."""
        self._run("pg_ctl", "-D", "d", "-w", "stop")
        disk, ours = self.folder / "disk", self.as_user
        disk.mkdir()
        mount = f"mount -t tmpfs -o size={megabytes}m,mode=777 none {disk} && head -c {filler} /dev/zero >{disk}/filler"
        self.as_user = [
            "unshare",
            "--mount",
            "sh",
            "-c",
            f'{mount} && mkdir -m 777 {disk}/t && chown postgres {disk}/t && exec "$@"',
            "sh",
            *ours,
        ]
        self._run(*self._start)
        self.as_user = ours
        where = ("-h", str(self.folder), "-p", "54399", "-U", "postgres")
        self._run("psql", *where, "-c", f"CREATE TABLESPACE small LOCATION '{disk}/t'")
        self._run("psql", *where, "-c", "CREATE DATABASE small TABLESPACE small")
        return f"postgresql://postgres@/small?host={self.folder}&port=54399"

    def make_room(self) -> None:
        """Take away what else lies on the small disk."""
        pid = (self.folder / "d" / "postmaster.pid").read_text().split()[0]
        Path(f"/proc/{pid}/root{self.folder}/disk/filler").unlink()
