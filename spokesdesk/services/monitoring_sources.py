"""Sources and subjects: what is fetched, what is looked for; one source at a time, so that nothing else waits long."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import UUID

from spokesdesk.domain import monitoring as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError, DeskError, OutsideError, UserError, WaitError
from spokesdesk.domain.monitoring import Source, SourceDraft, Subject
from spokesdesk.domain.monitoring_copies import url_key
from spokesdesk.domain.monitoring_web import Feed, Fetched
from spokesdesk.domain.words import word
from spokesdesk.services.monitoring_intake import Taken, subjects_in, take, watched
from spokesdesk.services.people import named_outlet
from spokesdesk.services.ports import Desk, Unit

EVERY = timedelta(minutes=15)
# Items nobody wanted, touched or repeated are dropped after so long.
KEPT = timedelta(days=90)
MATCHED_ANEW = timedelta(days=30)
_FORGOTTEN_AT_ONCE = 500
EVERY_SETTING = "news_every_min"
NO_NETWORK = frozenset({"web_unreachable", "web_unresolved", "web_proxy_away", "web_proxy_login"})


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What fetching one source brought.

    Attributes:
        added: new items; ``matched``: those among them that hold something watched for.
        refused: entries that bore a mark of secrecy.
    """

    source: Source
    added: int = 0
    matched: int = 0
    refused: int = 0


def sources(desk: Desk) -> tuple[Source, ...]:
    """Give every source by name."""
    with desk.read() as unit:
        return unit.watching.sources()


def save_source(desk: Desk, draft: SourceDraft, source_id: UUID | None = None) -> tuple[Source, Changes]:
    """Add a source, or change one; it is fetched at the next round.

    Raises:
        UserError: names the field.
        ConflictError: ``source_known``.
    """
    clean = rules.checked_source(draft)
    with desk.write() as unit:
        for other in unit.watching.sources():
            if other.id != source_id and url_key(other.url) == url_key(clean.url):
                raise ConflictError("source_known", name=other.name)
        outlet = named_outlet(desk, unit, clean.outlet, clean.outlet_id)
        name = clean.name or (outlet.name if outlet else "") or (urlsplit(clean.url).hostname or clean.url)
        made = Source(source_id or desk.new_id(), name, clean.url, outlet)
        unit.watching.save_source(made, desk.member.ref, desk.now())
    changed = (Change("outlet", outlet.id),) if outlet else ()
    return made, (Change("news_source", made.id), *changed)


def switch_source(desk: Desk, source_id: UUID, *, on: bool) -> tuple[Source, Changes]:
    """Fetch a source no more, or again at the next round."""
    with desk.write() as unit:
        made = replace(unit.watching.source(source_id), is_active=on, next_at=None, failures=0)
        unit.watching.save_source(made, desk.member.ref, desk.now())
    return made, (Change("news_source", source_id),)


def drop_source(desk: Desk, source_id: UUID) -> tuple[Source, Changes]:
    """Take a source out; what it brought stays. Gives it, so that it can be put back."""
    with desk.write() as unit:
        before = unit.watching.source(source_id)
        unit.watching.drop_source(source_id)
    return before, (Change("news_source", source_id),)


def restore_source(desk: Desk, source: Source) -> tuple[Source, Changes]:
    """Put back a source that was taken out."""
    with desk.write() as unit:
        unit.watching.save_source(source, desk.member.ref, desk.now())
    return source, (Change("news_source", source.id),)


def every(desk: Desk) -> int:
    """Give the minutes between two looks at a source, 0 when nothing is fetched by itself."""
    with desk.read() as unit:
        kept = unit.settings.get(EVERY_SETTING)
    return kept if isinstance(kept, int) else int(EVERY.total_seconds() // 60)


def set_every(desk: Desk, minutes: int) -> tuple[int, Changes]:
    """Choose the minutes between two looks at a source; 0: only when somebody asks."""
    chosen = min(max(minutes, 0), 24 * 60)
    with desk.write() as unit:
        unit.settings.put(EVERY_SETTING, chosen)
    return chosen, (Change("news_source"),)


def due(desk: Desk) -> tuple[Source, ...]:
    """Give the sources that may be fetched now, those that waited longest first."""
    now = desk.now()
    found = [one for one in sources(desk) if one.is_active and (one.next_at is None or one.next_at <= now)]
    oldest = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.checked_at or oldest, one.name)))


def fetch(desk: Desk, source_id: UUID, every: timedelta = EVERY) -> tuple[FetchReport, Changes]:
    """Fetch one source and take what is new (blocking; no transaction is open meanwhile).

    What goes wrong is written down at the source and never raised: the next source follows.

    Args:
        every: pause after a good answer.
    """
    with desk.read() as unit:
        source = unit.watching.source(source_id)
    now = desk.now()
    try:
        fetched = desk.web.get(source.url, etag=source.etag, modified=source.modified)
        feed = _feed(desk, fetched)
    except DeskError as error:
        return _failed(desk, source, error, now, every)
    with desk.write() as unit:
        taken = take(desk, unit, source, feed.entries) if feed is not None else Taken(())
        after = _well(source, fetched, feed, now, every)
        unit.watching.looked(after)
        unit.monitoring.forget(now - KEPT, _FORGOTTEN_AT_ONCE)
    changes = [Change("news_source", source_id), *([Change("news")] if taken.items else [])]
    return FetchReport(after, len(taken.items), taken.matched, taken.refused), tuple(changes)


def fault_words(source: Source) -> str:
    """Say what was wrong with a source last, "" when nothing was."""
    if not source.fault:
        return ""
    return word(OutsideError(source.fault, **json.loads(source.fault_detail or "{}")))


def subjects(desk: Desk) -> tuple[Subject, ...]:
    """Give the subjects by name; the agency's own name is looked for besides."""
    with desk.read() as unit:
        return unit.watching.subjects()


def save_subject(desk: Desk, subject: Subject | None, name: str, phrases: str) -> tuple[Subject, Changes]:
    """Add or change a subject, and look for it in what nobody has looked at yet.

    Args:
        subject: the one that changes, None for a new one.
        phrases: one on each line, or parted by ``;``; none: the name itself.

    Raises:
        UserError: names ``name`` or ``phrases``.
    """
    parts = tuple(part.strip() for line in phrases.split("\n") for part in line.split(";"))
    typed = Subject(
        subject.id if subject else desk.new_id(), name, parts, subject.is_active if subject else True
    )
    clean = rules.checked_subject(typed)
    with desk.write() as unit:
        unit.watching.save_subject(clean, desk.member.ref, desk.now())
        _match_anew(desk, unit)
    return clean, (Change("watch_subject", clean.id), Change("news"))


def drop_subject(desk: Desk, subject_id: UUID) -> tuple[Subject, Changes]:
    """Take a subject out; gives it, so that it can be put back."""
    with desk.write() as unit:
        found = [one for one in unit.watching.subjects() if one.id == subject_id]
        if not found:
            raise UserError("record_missing", field="id", id=subject_id)
        unit.watching.drop_subject(subject_id)
        _match_anew(desk, unit)
    return found[0], (Change("watch_subject", subject_id), Change("news"))


def restore_subject(desk: Desk, subject: Subject) -> tuple[Subject, Changes]:
    """Put back a subject that was taken out."""
    with desk.write() as unit:
        unit.watching.save_subject(subject, desk.member.ref, desk.now())
        _match_anew(desk, unit)
    return subject, (Change("watch_subject", subject.id), Change("news"))


def _match_anew(desk: Desk, unit: Unit) -> None:
    index = watched(unit)
    for item in unit.monitoring.new_ones(desk.now() - MATCHED_ANEW):
        found = subjects_in(index, item.title, item.text)
        if found != item.subjects:
            unit.monitoring.set_subjects(item.id, found)


def _feed(desk: Desk, fetched: Fetched) -> Feed | None:
    """Give the feed that was served, None when nothing is new.

    Raises:
        OutsideError: it was not served, or is none.
        WaitError: ``web_busy``: the server asked to be left alone for a while.
    """
    host = urlsplit(fetched.url).hostname or ""
    if fetched.status == 304:
        return None
    if fetched.status in (429, 503):
        retry_after_s = _seconds(fetched.headers.get("retry-after", ""))
        raise WaitError("web_busy", host=host, status=fetched.status, retry_after_s=retry_after_s)
    if fetched.status in (404, 410):
        raise OutsideError("web_gone", host=host, status=fetched.status)
    if fetched.status // 100 != 2:
        raise OutsideError("web_status", host=host, status=fetched.status)
    return desk.web.feed(fetched)


def _seconds(said: str) -> int:
    """Give a Retry-After in seconds, 0 for none (RFC 9110, 10.2.3: seconds or a date)."""
    if said.strip().isdecimal():
        return min(int(said), 10**6)
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError, IndexError, OverflowError):
        return 0
    return max(int((at - datetime.now(at.tzinfo)).total_seconds()), 0)


def _well(source: Source, fetched: Fetched, feed: Feed | None, now: datetime, every: timedelta) -> Source:
    fault = ""
    if feed is not None and not feed.is_whole:
        fault = "feed_cut" if fetched.cut else "feed_mended"
    etag, modified = source.etag, source.modified
    if feed is not None:
        # An answer that did not come to its end must come again.
        said = {} if fetched.cut else fetched.headers
        etag, modified = said.get("etag", "")[:500], said.get("last-modified", "")[:100]
    return replace(
        source,
        etag=etag,
        modified=modified,
        checked_at=now,
        ok_at=now,
        next_at=rules.next_look(now, every, 0),
        failures=0,
        fault=fault,
        fault_detail="",
    )


def _failed(
    desk: Desk, source: Source, error: DeskError, now: datetime, every: timedelta
) -> tuple[FetchReport, Changes]:
    failures = source.failures + 1
    asked = error.params.get("retry_after_s", 0)
    longest = rules.OFFLINE_WAIT if error.code in NO_NETWORK else rules.LONGEST_WAIT
    after = replace(
        source,
        checked_at=now,
        next_at=rules.next_look(
            now, every, failures, retry_after_s=asked if isinstance(asked, int) else 0, longest=longest
        ),
        failures=failures,
        fault=error.code,
        fault_detail=json.dumps(
            {name: str(value) for name, value in error.params.items()}, ensure_ascii=False
        ),
    )
    with desk.write() as unit:
        unit.watching.looked(after)
    return FetchReport(after), (Change("news_source", source.id),)
