"""A web server for one file and one other program on this machine: the PDF is fetched, the signed one sent back."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

MOST_BYTES = 100 * 1024 * 1024
FIELD = "uploadfile"


class OneFile:
    """What is given out and what comes back; the addresses hold a token that nobody can guess.

    Attributes:
        signed: the file that came back, b"" before.
        came: set when it has.
    """

    def __init__(self, pdf: bytes, name: str) -> None:
        self.pdf, self.name = pdf, name
        self.token = secrets.token_urlsafe(32)
        self.signed, self.came = b"", Event()
        self.address = ""

    @property
    def source(self) -> str:
        """Where the PDF is fetched from."""
        return f"http://{self.address}/{self.token}/{self.name}"

    @property
    def target(self) -> str:
        """Where the signed PDF is sent to, once."""
        return f"http://{self.address}/{self.token}/signed"


@contextmanager
def served(pdf: bytes, name: str) -> Iterator[OneFile]:
    """Serve a PDF on a free port of the loopback address until the block ends."""
    held = OneFile(pdf, name)

    class Handler(_Handler):
        file = held

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.address = f"127.0.0.1:{server.server_port}"
    thread = Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="signing-file", daemon=True
    )
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    file: OneFile
    timeout = 30

    def do_GET(self) -> None:
        if not self._is_for(self.file.source):
            return
        self._answer(200, "application/pdf", self.file.pdf)

    def do_POST(self) -> None:
        if not self._is_for(self.file.target):
            return
        length = self.headers.get("Content-Length", "")
        if self.file.came.is_set() or not length.isdigit() or int(length) > MOST_BYTES:
            self._tell(409, False)
            return
        signed = _uploaded(self.headers.get("Content-Type", ""), self.rfile.read(int(length)))
        if not signed.startswith(b"%PDF-"):
            self._tell(400, False)
            return
        self.file.signed = signed
        self.file.came.set()
        self._tell(200, True)

    def _is_for(self, wanted: str) -> bool:
        """Check the whole address, host too: a page of another site must not get here by a name of its own."""
        given = f"http://{self.headers.get('Host', '')}{self.path}"
        if secrets.compare_digest(given.encode(), wanted.encode()):
            return True
        self._tell(404, False)
        return False

    def _tell(self, code: int, done: bool) -> None:
        told = {"Status": done, "Message": "", "FileName": self.file.name, "FileServer": ""}
        self._answer(code, "application/json", json.dumps(told).encode())

    def _answer(self, code: int, kind: str, data: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address holds the token."""


def _uploaded(kind: str, body: bytes) -> bytes:
    """Give the file in a multipart form; b"" when there is none."""
    if not kind.lower().startswith("multipart/form-data"):
        return b""
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode("latin-1") + body)
    for part in parts.iter_parts():
        if part.get_param("name", header="content-disposition") == FIELD:
            held = part.get_payload(decode=True)
            return held if isinstance(held, bytes) else b""
    return b""
