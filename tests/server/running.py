"""A real portal in a process of its own, and a device that speaks to it."""

import hashlib
import itertools
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import ClassVar, TypeVar
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.outside.portal import HttpPortal
from spokesdesk.server import accounts, commands, database, portal
from spokesdesk.services.ports import Cursor

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
POSTGRES_BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class Postgres:
    """A PostgreSQL server of the tests' own, reached through a socket in its folder."""

    def __init__(self, *, durable: bool = False) -> None:
        if not POSTGRES_BIN:
            pytest.fail(
                "PostgreSQL is missing: apt-get install -y --no-install-recommends postgresql", pytrace=False
            )
        self.folder = Path(tempfile.mkdtemp(prefix="spokesdesk-pg-"))
        self.as_user: list[str] = []
        if os.name == "posix" and os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres")
            self.as_user = ["runuser", "-u", "postgres", "--"]
        self._run(
            "initdb",
            "-D",
            "d",
            "-A",
            "trust",
            "-U",
            "postgres",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        sync = "on" if durable else "off"
        options = f"-p 54399 -k {self.folder} -c fsync={sync} -c listen_addresses='' -c max_connections=120"
        self._start = ("pg_ctl", "-D", "d", "-w", "-o", options, "-l", "log", "start")
        self._run(*self._start)

    def new_database(self) -> str:
        """Make an empty database and give its URL."""
        name = f"p{secrets.token_hex(6)}"
        self._run("createdb", "-h", str(self.folder), "-p", "54399", "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self.folder}&port=54399"

    def dump(self, url: str) -> Path:
        """Back a database up with pg_dump."""
        self._run("pg_dump", "-Fc", "-d", url, "-f", "dump")
        return self.folder / "dump"

    def restored(self, dump: Path) -> str:
        """Restore a backup into a new database and give its URL."""
        url = self.new_database()
        self._run("pg_restore", "-d", url, str(dump))
        return url

    def close_database(self, url: str) -> None:
        """Let nobody into a database any more, and throw out who is in."""
        name = url.split("/")[3].split("?", maxsplit=1)[0]
        steps = (
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        for step in steps:
            self._run("psql", "-h", str(self.folder), "-p", "54399", "-U", "postgres", "-c", step)

    def copy(self, url: str) -> str:
        """Start a read-only copy that follows the server, and give the URL of a database in it."""
        where = ("-h", str(self.folder), "-p", "54399", "-U", "postgres")
        self._run("pg_basebackup", *where, "-D", "c", "-R", "-X", "stream", "-c", "fast")
        options = f"-p 54398 -k {self.folder} -c fsync=off -c listen_addresses='' -c max_connections=120"
        self._run("pg_ctl", "-D", "c", "-w", "-o", options, "-l", "log2", "start")
        return url.replace("54399", "54398")

    def stop(self) -> None:
        """Stop the server and forget it."""
        if (self.folder / "c" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", "c", "-m", "immediate", "stop")
        self._run("pg_ctl", "-D", "d", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        # pg_ctl leaves the server behind with the pipes: files instead, or the test would wait for ever.
        with (self.folder / "out").open("w+") as out:
            command = [*self.as_user, str(POSTGRES_BIN[0] / program), *arguments]
            done = subprocess.run(command, cwd=self.folder, stdout=out, stderr=out, check=False, timeout=60)
            out.seek(0)
            assert done.returncode == 0, out.read()


@dataclass
class RunningPortal:
    """``portal serve`` in its own process.

    Attributes:
        data: its folder.
        database: PostgreSQL URL, "" for embedded SQLite.
        within: a command that starts it, before its own.
    """

    data: Path
    database: str = ""
    options: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    port: int = 0
    metrics_port: int = 0
    url: str = ""
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)
    clients: ClassVar[list[HttpPortal]] = []

    def start(self) -> "RunningPortal":
        """Start it, again on the same port after a stop, and wait until it says that it is ready."""
        self.data.mkdir(parents=True, exist_ok=True)
        command = [*self.within, sys.executable, "-m", "spokesdesk.server", "serve", "--json", *self._place()]
        command += ["--port", str(self.port), *self.options]
        with (self.data / "stderr").open("a") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, (self.data / "stderr").read_text()
        told = json.loads(line)
        self.port, self.url = told["port"], told["url"]
        self.metrics_port = told.get("metrics_port", 0)
        return self

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None
        if "engine" in self.__dict__:
            self.engine.dispose()

    def code(self, agency: str, *more: str) -> str:
        """Give a one-time code, made by the command in a process of its own."""
        command = [sys.executable, "-m", "spokesdesk.server", "enrol", "--json", *self._place()]
        done = subprocess.run(
            [*command, "--agency", agency, *more], cwd=ROOT, capture_output=True, check=True, timeout=60
        )
        told = json.loads(done.stdout)
        assert told["agency"] == agency
        return str(told["code"])

    def device(self, agency: str = "", *, province: bool = False) -> "Device":
        """Enrol a device of an agency, a new one when none is named; or of the province."""
        client = self.client()
        seed = secrets.token_bytes(32)
        code = self.quick_code(agency or f"Sở {secrets.token_hex(4)}", province=province)
        given = client.enrol(ask(code, seed))
        return Device(self, client, seed, given)

    def quick_code(self, agency: str, *, province: bool = False) -> str:
        """Give a one-time code without another process."""
        return accounts.make_code(self.engine, agency, portal.utc_now(), province=province).code

    @cached_property
    def engine(self) -> sa.Engine:
        """Its database, opened beside it."""
        return database.open_database(self.database, self.data)

    @classmethod
    def close_all(cls) -> None:
        """Close every client that a test opened."""
        while cls.clients:
            cls.clients.pop().close()

    def client(self) -> HttpPortal:
        """Give a client of it, closed after the test."""
        self.clients.append(HttpPortal(self.url))
        return self.clients[-1]

    def get(self, path: str) -> httpx.Response:
        """Get a public page."""
        return httpx.get(self.url + path, trust_env=False, timeout=60)

    def log(self) -> str:
        """Give what it wrote to its log."""
        return (self.data / "stderr").read_text()

    def command(self, *arguments: str) -> int:
        """Do a portal command in this process."""
        return commands.main([arguments[0], *self._place(), *arguments[1:]])

    def _place(self) -> list[str]:
        more = ["--database", self.database] if self.database else []
        return ["--data", str(self.data), *more]


def ask(code: str, seed: bytes) -> wire.EnrolAsk:
    """Give an enrolment request with its proof."""
    return wire.EnrolAsk(
        code=code, public_key=wire.public_key(seed), proof=wire.sign_bytes(seed, wire.enrol_proof(code))
    )


@dataclass
class Device:
    """A device enrolled at a portal, which signs what it sends."""

    portal: RunningPortal
    client: HttpPortal
    seed: bytes
    place: wire.Enrolled
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def token(self) -> str:
        """Its secret."""
        return self.place.token

    @property
    def journal(self) -> UUID:
        """Its agency's journal."""
        return self.place.journal

    def op(
        self, kind: str = "release", rec: UUID | None = None, fields: dict[str, object] | None = None
    ) -> wire.Op:
        """Give an unsigned operation; ``fields`` replace those of the release."""
        patch = {name: wire.FieldChange(None, value) for name, value in (FIELDS | (fields or {})).items()}
        if kind == "withdraw":
            patch = {"withdrawn_at": wire.FieldChange(None, "2026-11-22T00:00:00Z")}
        return wire.Op(
            op_id=uuid4(),
            device=self.place.device,
            dseq=next(self.numbers),
            actor="",
            journal=self.journal,
            entity="paper",
            rec=rec or uuid4(),
            kind=kind,
            base_ver=0,
            patch=patch,
            sv=wire.SV,
            wall="2026-11-22T00:00:00Z",
        )

    def record_op(
        self,
        kind: str,
        rec: UUID,
        patch: dict[str, wire.FieldChange],
        base_ver: int = 0,
        entity: str = "contact",
    ) -> wire.SignedOp:
        """Give a signed operation on a record of the journal."""
        made = wire.Op(
            op_id=uuid4(),
            device=self.place.device,
            dseq=next(self.numbers),
            actor="",
            journal=self.journal,
            entity=entity,
            rec=rec,
            kind=kind,
            base_ver=base_ver,
            patch=patch,
            sv=wire.SV,
            wall="2026-11-22T00:00:00Z",
        )
        return wire.sign(self.seed, made)

    def put(self, rec: UUID, name: str, base: object, new: object, entity: str = "contact") -> wire.SignedOp:
        """Give a signed change of one field."""
        return self.record_op("put", rec, {name: wire.FieldChange(base, new)}, entity=entity)

    def get(self, what: str, kind: type[T], **asked: object) -> T:
        """Ask the portal about the journal and read the answer."""
        answer = self.call("GET", f"/j/{self.journal}/{what}", params=asked)
        if answer.status_code != 200:
            raise WaitError(answer.json()["error"])
        return wire.decode(answer.content, kind)

    def effects(self) -> list[wire.Effect]:
        """Read what every operation of the journal did."""
        return [wire.decode(entry.effect or "", wire.Effect) for entry in self.feed()]

    def release(self, title: str, *files: bytes, **changed: object) -> wire.SignedOp:
        """Give a signed release of a text with two files (PDF, .docx) of its own."""
        pdf, docx = files or (f"%PDF {title}".encode(), f"PK {title}".encode())
        named = {
            "pdf": file_ref(pdf, "thông cáo.pdf"),
            "docx": file_ref(docx, "thông cáo.docx"),
        }
        return wire.sign(self.seed, self.op(fields={"title": title} | named | changed))

    def publish(self, title: str, **changed: object) -> wire.SignedOp:
        """Send a release and both its files."""
        signed = self.release(title, **changed)
        assert [told.outcome for told in self.push(signed)] == ["applied"]
        self.upload(f"%PDF {title}".encode())
        self.upload(f"PK {title}".encode())
        return signed

    def push(self, *ops: wire.SignedOp) -> list[wire.Outcome]:
        """Send operations."""
        return self.client.push(self.token, self.journal, wire.Push(list(ops))).outcomes

    def upload(self, data: bytes) -> None:
        """Send a file."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.client.put_file(self.token, Attachment(sha256, "a.pdf", len(data)), BytesIO(data))

    def feed(self, cursor: Cursor | None = None) -> list[wire.Change]:
        """Read the whole feed, checking that every entry continues the chain."""
        at = cursor or Cursor(self.place.epoch, 0, wire.GENESIS.hex())
        entries: list[wire.Change] = []
        while True:
            page = self.client.changes(self.token, self.journal, at, 100)
            for entry in page.changes:
                assert wire.follows(at.chain, entry)
                assert entry.seq == at.seq + 1
                at = Cursor(page.epoch, entry.seq, entry.chain)
            entries += page.changes
            if not page.more:
                return entries

    def call(self, method: str, path: str, **more: object) -> httpx.Response:
        """Call the portal without the client's care."""
        headers = {"authorization": f"Bearer {self.token}", **more.pop("headers", {})}  # type: ignore[dict-item]
        return httpx.request(method, self.portal.url + path, headers=headers, trust_env=False, **more)  # type: ignore[arg-type]


def posting(device: Device, which: str = "spokespeople", **changed: object) -> wire.SignedOp:
    """Give a signed posting of a list with one row."""
    values: dict[str, object] = {
        "which": which,
        "on": "2026-11-27",
        "title": "Danh sách người phát ngôn",
        "columns": ["TT", "Họ và tên", "Điện thoại", "Thư điện tử"],
        "rows": [["1", "Nguyễn Văn An", "0272 3826 123", "an@longan.gov.vn"]],
    }
    patch = {name: wire.FieldChange(None, value) for name, value in (values | changed).items()}
    return device.record_op("append", uuid4(), patch, entity=wire.PUBLIC_LIST)


def file_ref(data: bytes, name: str) -> dict[str, object]:
    """Give a file as a release names it."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "name": name, "size": len(data)}


FIELDS: dict[str, object] = {
    "kind": "thong-cao-bao-chi",
    "title": "về thông tin báo chí nêu",
    "number": 5,
    "symbol": "TCBC-STTTT",
    "agency": "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "place": "Long An",
    "date_on": "2018-03-12",
    "released_at": "2018-03-12T02:00:00+00:00",
    "text": ["Đoạn một của thông cáo.", "Đoạn hai của thông cáo."],
    "docx": file_ref(b"PK", "a.docx"),
    "pdf": file_ref(b"%PDF", "a.pdf"),
}
