"""Keeps a page as it was served (WARC, ISO 28500) and finds its readable text."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from spokesdesk import __version__
from spokesdesk.domain.clock import VN
from spokesdesk.domain.monitoring_web import Exchange, Fetched, Page
from spokesdesk.domain.text import BIDI, nfc
from spokesdesk.outside.webtext import decoded

# Of a longer page only the beginning is read for its text; the file keeps all of it. Finding the article takes the
# square of the number of tags: 12,000 signs "<" some three seconds, ten times as many several minutes.
READ_CHARS = 2_000_000
READ_TAGS = 12_000
TEXT_CHARS = 400_000
_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(BIDI)}]")
_TITLE = re.compile(r"<title[^>]*>([^<]{1,500})", re.IGNORECASE)


def page_of(fetched: Fetched) -> Page:
    """Give the page that an address gave: its readable text, and the file that keeps every byte."""
    kind = fetched.headers.get("content-type", "").lower()
    shown = decoded(fetched.body, kind)[:READ_CHARS]
    if kind.startswith("text/plain"):
        found: dict[str, Any] = {"text": shown}
    elif not kind or "html" in kind or "xml" in kind:
        found = _read(_beginning(shown), fetched.url)
    else:
        found = {}
    return Page(
        url=fetched.url,
        status=fetched.status,
        title=_line(found.get("title") or "")[:500],
        byline=_line(found.get("author") or "")[:200],
        text=_clean(found.get("text") or "")[:TEXT_CHARS],
        warc=warc(fetched.exchanges, fetched.cut),
        published_at=_day(found.get("date") or ""),
        cut=fetched.cut,
    )


def warc(exchanges: Sequence[Exchange], cut: str = "") -> bytes:
    """Give the WARC file of some exchanges: the request and the answer of each, as they went over the line.

    Args:
        cut: why the last answer did not come to its end: length, time, disconnect; "" when it did.
    """
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True, warc_version="1.1")
    told = {"software": f"SpokesDesk/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("", told))
    for one in exchanges:
        headers = {
            "WARC-Date": one.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            **({"WARC-IP-Address": one.address} if one.address else {}),
        }
        last = {"WARC-Truncated": cut} if cut and one is exchanges[-1] else {}
        answer = _record(writer, "response", one.url, one.received, headers | last)
        answer_id = answer.rec_headers.get_header("WARC-Record-ID")
        asked = _record(writer, "request", one.url, one.sent, headers | {"WARC-Concurrent-To": answer_id})
        writer.write_record(answer)
        writer.write_record(asked)
    return made.getvalue()


def _record(writer: Any, kind: str, url: str, data: bytes, headers: dict[str, str]) -> Any:
    return writer.create_warc_record(
        url, kind, payload=io.BytesIO(data), length=len(data), warc_headers_dict=headers
    )


def _read(shown: str, url: str) -> dict[str, Any]:
    """Give text, title, author and date of a page; the title alone when nothing in it reads like a text."""
    import trafilatura

    found = trafilatura.bare_extraction(
        shown, url=url, with_metadata=True, include_comments=False, include_tables=True, as_dict=False
    )
    if found is None:
        title = _TITLE.search(shown)
        return {"title": title[1] if title else ""}
    return {name: getattr(found, name, None) for name in ("text", "title", "author", "date")}


def _beginning(shown: str) -> str:
    """Give the part of a page that can be read in a reasonable time."""
    at = -1
    for _n in range(READ_TAGS):
        at = shown.find("<", at + 1)
        if at < 0:
            return shown
    return shown[:at]


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", nfc(text)).split())


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in _CONTROL.sub(" ", nfc(text)).split("\n")).strip()


def _day(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=VN)).astimezone(UTC)
