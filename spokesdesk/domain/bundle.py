"""The evidence bundle (gói chứng cứ): what stands in it, under which names, by RFC 8493 (BagIt)."""

import re
from dataclasses import dataclass
from datetime import datetime

from spokesdesk.domain.cases import Case, CaseVersion
from spokesdesk.domain.chain import Link
from spokesdesk.domain.evidence import Custody, Evidence
from spokesdesk.domain.text import fold, safe_file_name

VIEWER, README = "xem-ho-so.html", "doc-truoc.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
RECORD = "data/ho-so.json"
ITEMS, PAPERS = "data/chung-cu", "data/van-ban"
NAME_CHARS = 80

# A browser or a double click would run what is in such a file: it keeps its bytes under a name that nothing runs.
_SCRIPTS = {"bat", "cmd", "hta", "js", "jse", "ps1", "py", "sh", "vb", "vbe", "vbs", "wsf"}
_PROGRAMS = {"apk", "app", "com", "cpl", "dll", "exe", "jar", "msc", "msi", "reg", "scf", "scr"}
_PAGES = {"chm", "htm", "html", "lnk", "mht", "mhtml", "svg", "swf", "url", "xhtml", "xml", "xsl", "xslt"}
_RUNS = frozenset(_SCRIPTS | _PROGRAMS | _PAGES)
_INERT = ".nguyen-goc"


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One kept file and its place in the bundle.

    Attributes:
        path: below the bundle's folder, plain ASCII, the same on every system.
        sha256, size: of its bytes.
    """

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BundleItem:
    """An item of evidence in the bundle; a withdrawn one is listed without its file (``file`` None)."""

    item: Evidence
    file: BundleFile | None


@dataclass(frozen=True, slots=True)
class BundlePaper:
    """A letter of the case in the bundle: what lists call it, and its files."""

    title: str
    files: tuple[BundleFile, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a bundle says.

    Attributes:
        name: of the bundle's folder.
        made_at: UTC.
        made_by: who exported it.
        versions: the facts as they were saved, the first one first.
        head: last link of the journal chain when the bundle was made, the export's own entries included.
    """

    name: str
    agency: str
    made_at: datetime
    made_by: str
    case: Case
    versions: tuple[CaseVersion, ...]
    items: tuple[BundleItem, ...]
    papers: tuple[BundlePaper, ...]
    log: tuple[Custody, ...]
    head: Link

    @property
    def files(self) -> tuple[BundleFile, ...]:
        """Every kept file that goes into the bundle."""
        items = tuple(one.file for one in self.items if one.file is not None)
        return items + tuple(file for paper in self.papers for file in paper.files)


def bundle_path(folder: str, n: int, name: str) -> str:
    """Give the place of a file in the bundle.

    Args:
        folder: ITEMS or PAPERS.
        n: its number, which also keeps two files of one name apart.
        name: the file's own name, whatever it holds.

    Returns:
        ``data/chung-cu/003-bien-so-xe.jpg``: ASCII without spaces, so that every tool on every system finds it; what
        would be run when it is opened ends in ``.nguyen-goc``.
    """
    plain = safe_file_name(_ascii(name))
    stem, dot, ending = plain.rpartition(".")
    if not dot or not stem or len(ending) > 10:
        stem, ending = plain, ""
    tail = f".{ending}" if ending else ""
    inert = _INERT if ending in _RUNS else ""
    return f"{folder}/{n:03d}-{stem[:NAME_CHARS].strip('-.') or 'tep'}{tail}{inert}"


def bundle_name(title: str, on: str) -> str:
    """Give the name that is proposed for a bundle: ``ho-so-20261127-nguoi-tu-xung-phong-vien``."""
    return f"ho-so-{on}-{_ascii(title)[:50].strip('-.') or 'vu-viec'}"


def _ascii(name: str) -> str:
    """Give a name in lower-case ASCII letters, digits, dots and hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(name)).strip("-")
