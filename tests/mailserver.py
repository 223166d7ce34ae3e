"""A mail server (SMTP) in a process of its own: ``python -m tests.mailserver FOLDER '{"tls": …}'``.

Each mail becomes ``N.eml`` with ``N.json`` (envelope, whether it came encrypted and who had logged in). Options:
``certificate`` (PEM of key and chain: STARTTLS is offered), ``users``, ``refuse`` (addresses), ``drop`` (close the
line at DATA).
"""

import base64
import json
import socketserver
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Received:
    """One mail as it arrived."""

    sender: str
    to: list[str]
    is_encrypted: bool
    user: str
    mail: EmailMessage


@dataclass(frozen=True)
class PostOffice:
    """A running server."""

    port: int
    folder: Path

    def received(self) -> list[Received]:
        """Give the mails that were accepted, in order."""
        found = []
        for file in sorted(self.folder.glob("*.json")):
            told = json.loads(file.read_text("utf-8"))
            mail = message_from_bytes(file.with_suffix(".eml").read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found.append(Received(**told, mail=mail))
        return found


@contextmanager
def post_office(folder: Path, **options: Any) -> Iterator[PostOffice]:
    """Run a server until the block ends."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.mailserver", str(folder), json.dumps(options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield PostOffice(int(running.stdout.readline()), folder)
        finally:
            running.terminate()


class _Session(socketserver.StreamRequestHandler):
    timeout = 30
    server: "_Server"

    def handle(self) -> None:
        self.sender, self.to, self.user, self.is_encrypted = "", list[str](), "", False
        self._say("220 thu.example ESMTP")
        for raw in self.rfile:
            verb, _space, rest = raw.decode("utf-8", "replace").strip().partition(" ")
            act = getattr(self, f"do_{verb.lower()}", None)
            if act is None:
                self._say("500 what?")
            elif act(rest):
                return

    def do_ehlo(self, _rest: str) -> None:
        offers = ["thu.example", "8BITMIME"]
        if self.server.context and not self.is_encrypted:
            offers.append("STARTTLS")
        if self.server.options.get("users"):
            offers.append("AUTH PLAIN")
        self._say(*[f"250-{offer}" for offer in offers[:-1]], f"250 {offers[-1]}")

    def do_starttls(self, _rest: str) -> bool:
        assert self.server.context is not None
        self._say("220 go")
        try:
            self.connection = self.server.context.wrap_socket(self.request, server_side=True)
        except OSError:
            return True
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.is_encrypted = True
        while raw := self.rfile.readline():
            verb, _space, rest = raw.decode("utf-8", "replace").strip().partition(" ")
            if getattr(self, f"do_{verb.lower()}")(rest):
                break
        return True

    def do_auth(self, rest: str) -> None:
        _way, _space, given = rest.partition(" ")
        _identity, user, password = base64.b64decode(given).decode().split("\0")
        if self.server.options["users"].get(user) != password:
            self._say("535 5.7.8 no")
            return
        self.user = user
        self._say("235 welcome")

    def do_mail(self, rest: str) -> None:
        self.sender, self.to = rest.partition("<")[2].partition(">")[0], []
        self._say("250 ok")

    def do_rcpt(self, rest: str) -> None:
        address = rest.partition("<")[2].partition(">")[0]
        if address in self.server.options.get("refuse", ()):
            self._say("550 5.1.1 no such person")
            return
        self.to.append(address)
        self._say("250 ok")

    def do_data(self, _rest: str) -> bool:
        if self.server.options.get("drop"):
            return True
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.keep(self, b"".join(lines))
        self._say("250 kept")
        return False

    def do_rset(self, _rest: str) -> None:
        self._say("250 ok")

    def do_quit(self, _rest: str) -> bool:
        self._say("221 bye")
        return True

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, folder: Path, options: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.folder, self.options, self._count = folder, options, 0
        self.context = None
        if options.get("certificate"):
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(options["certificate"])

    def keep(self, session: _Session, data: bytes) -> None:
        self._count += 1
        stem = self.folder / f"{self._count:03d}"
        stem.with_suffix(".eml").write_bytes(data)
        told = {"sender": session.sender, "to": session.to, "user": session.user}
        stem.with_suffix(".json").write_text(json.dumps({**told, "is_encrypted": session.is_encrypted}))


if __name__ == "__main__":
    with _Server(Path(sys.argv[1]), json.loads(sys.argv[2])) as made:
        print(made.server_address[1], flush=True)
        made.serve_forever()
