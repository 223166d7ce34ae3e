"""A web server of updates in a process of its own: ``python -m tests.outside.update_server FOLDER [CUT_AT]``.

Prints its port. With CUT_AT, archives break off after so many bytes. It also serves as a proxy: a request that names
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

    def translate_path(self, path: str) -> str:
        """Give the file, whatever host was named."""
        return super().translate_path(urlsplit(path).path)

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send a file, or the beginning of it."""
        if self.cut_at and "/targets/" in self.path:
            outputfile.write(source.read(self.cut_at))
            self.close_connection = True
            return
        super().copyfile(source, outputfile)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def main(folder: Path, cut_at: int) -> None:
    """Serve until the process is ended."""
    Handler.cut_at = cut_at
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
