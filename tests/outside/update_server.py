"""A web server of updates in a process of its own: ``python -m tests.outside.update_server FOLDER [CUT_AT [whole]]``.

Prints its port. With CUT_AT, every answer with an archive breaks off after so many bytes; with "whole" it does not know
of ranges. It also serves as a proxy: a request that names
another host gets this folder's file.
"""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit


class Handler(SimpleHTTPRequestHandler):
    """Serves files; says nothing of it."""

    cut_at = 0
    knows_ranges = True

    def translate_path(self, path: str) -> str:
        """Give the file, whatever host was named."""
        return super().translate_path(urlsplit(path).path)

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send a file, or the beginning of it."""
        source.seek(self.start())
        if self.cut_at and "/targets/" in self.path:
            outputfile.write(source.read(self.cut_at))
            self.close_connection = True
            return
        super().copyfile(source, outputfile)

    def start(self) -> int:
        """Give the byte from which on the file was asked for."""
        wanted = self.headers.get("range", "") if self.knows_ranges else ""
        return int(wanted.removeprefix("bytes=").removesuffix("-") or 0)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Say where the answer begins."""
        super().send_response(206 if code == 200 and self.start() else code, message)
        if code == 200 and self.start():
            size = Path(self.translate_path(self.path)).stat().st_size
            self.send_header("Content-Range", f"bytes {self.start()}-{size - 1}/{size}")

    def send_header(self, keyword: str, value: str) -> None:
        """Say how long the rest is."""
        if keyword == "Content-Length":
            value = str(int(value) - self.start())
        super().send_header(keyword, value)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def main(folder: Path, cut_at: int = 0, how: str = "") -> None:
    """Serve until the process is ended."""
    Handler.cut_at, Handler.knows_ranges = cut_at, how != "whole"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
