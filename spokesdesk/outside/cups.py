"""Printing through CUPS: the PDF itself goes to the printer, page for page."""

import os
import re
import shutil
import subprocess
import sys

from spokesdesk.domain.errors import OutsideError, UserError

MOST_COPIES = 99
_PATIENCE_S = 30
_KNOWN_SIZES_MM = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
_POINTS_PER_MM = 72 / 25.4


class CupsPrinter:
    """The printers that CUPS knows; on Windows there is none here (the window prints)."""

    def names(self) -> tuple[str, ...]:
        """Give the printers, the default one first; empty when printing is not set up."""
        listed = _ask("lpstat", "-e")
        if listed is None or listed.returncode:
            return ()
        names = [line.strip() for line in listed.stdout.splitlines() if line.strip()]
        default = self._default()
        return tuple(sorted(names, key=lambda name: name != default))

    def print_pdf(
        self, pdf: bytes, *, title: str, printer: str = "", copies: int = 1, duplex: bool = False
    ) -> str:
        """Send a PDF to a printer as it is: not scaled, on paper of its own size.

        Args:
            pdf: the file.
            title: the job's name in the printer's queue.
            printer: one of ``names()``; "" for the default one.
            copies: 1 to 99; in duplex each begins on a sheet of its own.
            duplex: on both sides of the sheet, turned like the pages of a book; False for one side, whatever the
                printer does by default.

        Returns:
            The job's number in the queue, such as ``van-thu-12``.

        Raises:
            UserError: ``copies_limit`` (field ``copies``).
            OutsideError: ``printer_missing``, ``printer_failed``; nothing was printed then.
        """
        if not 1 <= copies <= MOST_COPIES:
            raise UserError("copies_limit", field="copies", limit=MOST_COPIES)
        known = self.names()
        if not known or (printer and printer not in known):
            raise OutsideError("printer_missing", printer=printer or "–")
        chosen = printer or known[0]
        options = _options(pdf, duplex)
        job = _ask("lp", "-d", chosen, "-n", str(copies), "-t", _job_title(title), *options, "-", sent=pdf)
        if job is None or job.returncode:
            detail = "" if job is None else job.stderr.strip().removeprefix("lp: ")
            raise OutsideError("printer_failed", printer=chosen, detail=detail or "lp")
        named = re.search(r"request id is (\S+)", job.stdout)
        return named[1] if named else ""

    def _default(self) -> str:
        answer = _ask("lpstat", "-d")
        return answer.stdout.rpartition(": ")[2].strip() if answer and not answer.returncode else ""


def _options(pdf: bytes, duplex: bool) -> list[str]:
    width, height = _first_page(pdf)
    edge = "short" if width > height else "long"
    sides = f"two-sided-{edge}-edge" if duplex else "one-sided"
    wanted = ("print-scaling=none", "Collate=True", f"media={_media(width, height)}", f"sides={sides}")
    return [part for option in wanted for part in ("-o", option)]


def _first_page(pdf: bytes) -> tuple[int, int]:
    """Give width and height of the first page in millimetres."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        width, height = document.get_page_size(0)
    finally:
        document.close()
    return round(width / _POINTS_PER_MM), round(height / _POINTS_PER_MM)


def _media(width: int, height: int) -> str:
    """Name a paper as CUPS does: a printer whose own default is Letter would crop an A4."""
    for name, size in _KNOWN_SIZES_MM.items():
        if sorted((width, height)) == sorted(size):
            return name
    return f"Custom.{width}x{height}mm"


def _job_title(title: str) -> str:
    return " ".join(title.split())[:120] or "SpokesDesk"


def _ask(
    program: str, *arguments: str, sent: bytes | None = None
) -> "subprocess.CompletedProcess[str] | None":
    """Run a CUPS command in its plain language; None when it is not there or does not answer."""
    found = None if sys.platform == "win32" else shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run(
            [found, *arguments],
            input=sent or b"",
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    texts = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, *texts)
