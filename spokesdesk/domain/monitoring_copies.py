"""Tells whether an item was found before, and whether a text repeats another one."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID
from zlib import crc32

from spokesdesk.domain.monitoring_match import STOP, syllables

# So many syllables in a row are one shingle; so many of the smallest hashes of a text are kept to find its like.
SHINGLE = 4
MARKS = 12
LEAST_COMMON = 4
# A text shorter than this is too little to say that it repeats another.
LEAST_SYLLABLES = 24
ALIKE = 0.75
_SENT_ALONG = frozenset(
    {"fbclid", "gclid", "dclid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "source"}
)
_SENT_ALONG |= {"cmpid", "zarsrc", "si", "feature", "spm", "share_token"}
_OTHER_FACES = ("www.", "m.", "amp.", "mobile.")


def url_key(url: str) -> str:
    """Give an address without what changes nothing: scheme, www and m, fragment, what trackers add, order of a query.

    Returns:
        "" for what is no address of the web.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    for face in _OTHER_FACES:
        if host.startswith(face) and host.count(".") > 1:
            host = host.removeprefix(face)
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (name.lower().startswith("utm_") or name.lower() in _SENT_ALONG)
    )
    path = parts.path.rstrip("/")
    return f"{place}{path}?{urlencode(asked)}" if asked else f"{place}{path}"


def title_key(title: str, where: str, on: date) -> str:
    """Give what one outlet does not say twice a day: the folded title, the outlet, the day of publication."""
    return f"{syllables(title)}\n{syllables(where)}\n{on.isoformat()}"


def found_id(url: str, title: str) -> UUID:
    """Give the id of what a machine found, the same wherever it is found: by its address, else by its title.

    Args:
        url: as ``url_key`` gives it, "" for none.
        title: as ``title_key`` gives it.
    """
    digest = hashlib.sha256(f"found:{url}".encode() if url else f"titled:{title}".encode()).digest()
    return UUID(bytes=digest[:16], version=5)


def shingles(folded: str) -> frozenset[int]:
    """Give the hashes of every four syllables in a row; empty for a text too short to be told from others.

    Args:
        folded: as ``syllables`` gives it.
    """
    words = [word for word in folded.split() if word != STOP]
    if len(words) < LEAST_SYLLABLES:
        return frozenset()
    runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    return frozenset(crc32(" ".join(run).encode()) for run in runs)


def marks(found: Collection[int]) -> tuple[int, ...]:
    """Give the few smallest hashes, by which like texts find each other."""
    return tuple(sorted(found)[:MARKS])


def likeness(one: Collection[int], other: Iterable[int]) -> float:
    """Give how much two texts share, 0 to 1 (Jaccard)."""
    first, second = frozenset(one), frozenset(other)
    together = len(first | second)
    return len(first & second) / together if together else 0.0
