"""What comes from the web: an answer as it was served, a feed read from it, a page with its readable text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, the bytes as they went over the line (after TLS)."""

    url: str
    address: str
    sent: bytes = field(repr=False)
    received: bytes = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer at the end of the redirects.

    Attributes:
        headers: names in lower case.
        body: decompressed.
        cut: "length", "time" or "disconnect" when the answer did not come to its end, else "".
        exchanges: every request on the way, the last one last.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    cut: str = ""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed in plain text; ``published_at`` UTC, None when the feed does not say it readably."""

    title: str
    url: str
    text: str = ""
    byline: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read; ``is_whole`` is false when a part of it could not be read."""

    title: str
    entries: tuple[FeedEntry, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its readable text and the WARC file that keeps it."""

    url: str
    status: int
    title: str
    byline: str
    text: str
    warc: bytes = field(repr=False)
    published_at: datetime | None = None
    cut: str = ""
