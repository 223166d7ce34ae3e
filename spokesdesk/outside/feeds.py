"""Reads feeds: RSS, Atom and RDF, also broken ones; nothing is looked up, no entity of the feed's own is known."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

from spokesdesk.domain.clock import VN
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.legacy_text import to_unicode
from spokesdesk.domain.monitoring_web import Feed, FeedEntry, Fetched
from spokesdesk.domain.text import BIDI, nfc
from spokesdesk.outside.webtext import decoded
from spokesdesk.typeset.legacy_text import encodings

ENTRIES = 2_000
TITLE_CHARS = 500
TEXT_CHARS = 20_000
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BLOCK = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{''.join(BIDI)}]")
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ALTERNATE = re.compile(r"<link\b[^>]*application/(?:rss|atom)\+xml[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']([^"']{1,500})""", re.IGNORECASE)


def read_feed(fetched: Fetched) -> Feed:
    """Read the feed that an address gave.

    Raises:
        OutsideError: ``feed_unreadable``; ``feed_is_page``: it is a web page, with the feeds it names.
    """
    text = decoded(fetched.body, fetched.headers.get("content-type", ""))
    root, is_whole = _parsed(text)
    if root is None or _name(root) not in _ROOTS:
        feeds = [
            html.unescape(href) for link in _ALTERNATE.findall(text[:200_000]) for href in _HREF.findall(link)
        ]
        if feeds:
            found = ", ".join(urljoin(fetched.url, href) for href in feeds[:3])
            raise OutsideError("feed_is_page", found=found)
        raise OutsideError("feed_unreadable")
    entries = []
    for node in _entries(root):
        entry = _entry(node, fetched.url)
        if entry is not None:
            entries.append(entry)
    channel = next((child for child in root if _name(child) == "channel"), root)
    title = _plain(_first(channel, "title"), TITLE_CHARS)
    return Feed(title, tuple(entries), is_whole and not fetched.cut)


def _parsed(text: str) -> tuple[Any, bool]:
    """Give the root of a feed and whether nothing had to be mended."""
    from lxml import etree

    plain = _DOCTYPE.sub("", _DECLARATION.sub("", text.lstrip("\ufeff")), count=1)
    plain = _NAMED.sub(_letter, _NOT_XML.sub("", plain)).strip()
    if not plain.startswith("<"):
        return None, False
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(plain.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None, False
    return root, not len(parser.error_log)


def _letter(found: "re.Match[str]") -> str:
    """Give the letter of an entity that HTML knows and XML does not."""
    if found[1] in _OF_XML:
        return found[0]
    return html5.get(f"{found[1]};", found[0])


def _entries(root: Any) -> Iterator[Any]:
    count = 0
    for node in root.iter():
        if _name(node) in ("item", "entry"):
            yield node
            count += 1
            if count == ENTRIES:
                return


def _entry(node: Any, base: str) -> FeedEntry | None:
    title = _plain(_first(node, "title"), TITLE_CHARS)
    url = _link(node)
    text = _plain(_first(node, "encoded", "content") or _first(node, "description", "summary"), TEXT_CHARS)
    if not title:
        title = text[:120]
    if not title or not (url or text):
        return None
    author = next((child for child in node if _name(child) in ("creator", "author")), None)
    byline = _plain(_first(author, "name") or _text(author), 200) if author is not None else ""
    said = _first(node, "pubdate", "published", "date", "updated", "modified")
    return FeedEntry(title, urljoin(base, url) if url else "", text, byline, _time(said))


def _link(node: Any) -> str:
    for child in node:
        if _name(child) == "link":
            href = child.get("href")
            if href and child.get("rel", "alternate") == "alternate":
                return str(href).strip()
            if not href and _text(child):
                return _text(child)
    for child in node:
        if _name(child) == "guid" and child.get("isPermaLink", "true") != "false":
            found = _text(child)
            return found if found.startswith(("http://", "https://")) else ""
    return ""


def _first(node: Any, *names: str) -> str:
    for name in names:
        for child in node:
            if _name(child) == name and (found := _text(child)):
                return found
    return ""


def _text(node: Any) -> str:
    return "".join(node.itertext()).strip()


def _name(node: Any) -> str:
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _plain(text: str, limit: int) -> str:
    """Give what a reader sees of a text that may be HTML: NFC, Unicode, no controls."""
    from lxml import etree
    from lxml import html as pages

    shown = text[: 4 * limit]
    if "<" in shown:
        try:
            shown = pages.fromstring(
                f"<div>{_BLOCK.sub(lambda found: found[0] + ' ', shown)}</div>"
            ).text_content()
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            shown = re.sub(r"<[^>]{0,500}>", " ", shown)
    shown = " ".join(_CONTROL.sub(" ", html.unescape(shown)).split())
    return nfc(to_unicode(shown, encodings()).text)[:limit].strip()


def _time(said: str) -> datetime | None:
    """Give a time of publication in UTC; one without a zone is Vietnamese."""
    for read in (_mail_time, _iso_time):
        found = read(said)
        if found is not None:
            try:
                return (found if found.tzinfo else found.replace(tzinfo=VN)).astimezone(UTC)
            except (OverflowError, ValueError):
                return None
    return None


def _mail_time(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _iso_time(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None
