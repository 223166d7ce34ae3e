"""A print shop for tests: a CUPS scheduler of its own with one queue that keeps the printed sheets as a PDF."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

QUEUE = "van-thu"
_FILES = """
ServerRoot {0}/root
ServerBin /usr/lib/cups
DataDir /usr/share/cups
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/tmp
ErrorLog {0}/error_log
AccessLog {0}/access_log
PageLog {0}/page_log
FileDevice Yes
"""
_SCHEDULER = """
Listen {0}/s
Browsing No
BrowseLocalProtocols none
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
# Letter, both sides, is what the queue would print on when nobody says how.
_PRINTER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsVersion: 2.3
*cupsManualCopies: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Page: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: Letter
*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Page: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: Letter
*PageRegion Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/Letter: "0 0 612 792"
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: Letter
*PaperDimension Letter/Letter: "612 792"
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/Sides: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: DuplexNoTumble
*Duplex None/One side: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*DefaultFont: Courier
"""


class PrintShop:
    """A running scheduler.

    Attributes:
        server: what CUPS_SERVER must hold.
    """

    def __init__(self, folder: Path, judge: Callable[[str], str]) -> None:
        self._folder, self._judge = folder, judge
        self.server = str(folder / "s")
        self._sheets = folder / "sheets.pdf"

    def printed(self, job: str) -> Path:
        """Wait until a job is done, and give the sheets."""
        self._until(lambda: job in self._run("lpstat", "-W", "completed", "-o"))
        return self._sheets

    def refuse(self) -> None:
        """Let the queue take no more jobs."""
        reject = Path(self._judge("lpadmin")).with_name("cupsreject")
        subprocess.run([str(reject), "-h", self.server, QUEUE], check=True, timeout=30)

    def open(self) -> None:
        """Wait until it answers, and set up its queue."""
        self._until(lambda: "is running" in self._run("lpstat", "-r"))
        printer = self._folder / "printer.ppd"
        printer.write_text(_PRINTER, encoding="ascii")
        self._run("lpadmin", "-p", QUEUE, "-v", f"file://{self._sheets}", "-P", str(printer), "-E")

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._judge(program), "-h", self.server, *arguments],
            capture_output=True, text=True, check=False, timeout=30, env={"LC_ALL": "C"},
        )  # fmt: skip
        return done.stdout

    def _until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < deadline, (self._folder / "error_log").read_text(errors="replace")


@contextmanager
def print_shop(folder: Path, judge: Callable[[str], str]) -> Iterator[PrintShop]:
    """Run a scheduler in a folder whose path is short enough for a socket."""
    folder.chmod(0o755)  # the filters run as another user
    for name in ("root", "spool", "cache", "state", "tmp"):
        (folder / name).mkdir()
    files, scheduler = folder / "files.conf", folder / "cupsd.conf"
    files.write_text(_FILES.format(folder), encoding="utf-8")
    scheduler.write_text(_SCHEDULER.format(folder), encoding="utf-8")
    running = subprocess.Popen(
        [judge("cupsd"), "-f", "-c", str(scheduler), "-s", str(files)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        shop = PrintShop(folder, judge)
        shop.open()
        yield shop
    finally:
        running.terminate()
        running.wait(20)
