"""Watching the press (điểm tin): sources, items found in them, what we make of an item, subjects watched for."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.coverage import ARTICLE_LIMIT, URL_LIMIT
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text

TITLE_LIMIT = 500
DONE_LIMIT = 2_000
PHRASES_LIMIT = 40
LEAST_EVERY = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=24)
# Nobody is to blame when this machine has no network: once it is back, sources follow within the hour.
OFFLINE_WAIT = timedelta(hours=1)


class Triage(StrEnum):
    """What we found of an item (phân loại)."""

    TRUE = "true"
    INACCURATE = "inaccurate"
    MISLEADING = "misleading"
    FALSE = "false"
    SENSITIVE = "sensitive"
    FALSE_POST = "false_post"
    UNRELATED = "unrelated"

    @property
    def wording(self) -> str:
        """The finding in a few Vietnamese words."""
        return {
            Triage.TRUE: _("Đúng"),
            Triage.INACCURATE: _("Không chính xác"),
            Triage.MISLEADING: _("Gây hiểu lầm"),
            Triage.FALSE: _("Sai sự thật"),
            Triage.SENSITIVE: _("Nhạy cảm"),
            Triage.FALSE_POST: _("Tin giả trên mạng xã hội"),
            Triage.UNRELATED: _("Không liên quan"),
        }[self]

    @property
    def needs_answer(self) -> bool:
        """Whether something has to be done about it."""
        return self not in (Triage.TRUE, Triage.UNRELATED)


class ItemState(StrEnum):
    """Where an item stands in the queue."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def wording(self) -> str:
        """The state in a few Vietnamese words."""
        return {
            ItemState.NEW: _("Chưa xem"),
            ItemState.OPEN: _("Đang xử lý"),
            ItemState.CLOSED: _("Đã xong"),
        }[self]


class TriageMove(StrEnum):
    """What a person did with an item; each is an entry of the journal."""

    JUDGE = "judge"
    ASSIGN = "assign"
    CLOSE = "close"
    UNDO = "undo"

    @property
    def wording(self) -> str:
        """The move in a few Vietnamese words."""
        return {
            TriageMove.JUDGE: _("Phân loại"),
            TriageMove.ASSIGN: _("Giao việc"),
            TriageMove.CLOSE: _("Khép lại"),
            TriageMove.UNDO: _("Hoàn tác"),
        }[self]


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of an item after a step; ``assignee`` who it was given to, ``done`` what was done about it."""

    state: ItemState = ItemState.NEW
    verdict: Triage | None = None
    assignee: str = ""
    done: str = ""

    def judged(self, verdict: Triage) -> "Standing":
        """Give what holds after a finding; what needs no answer is closed by it."""
        if verdict.needs_answer or self.assignee:
            return replace(self, state=ItemState.OPEN, verdict=verdict)
        return replace(self, state=ItemState.CLOSED, verdict=verdict)

    def assigned(self, name: str) -> "Standing":
        """Give what holds after somebody was asked to see to it; raises UserError naming ``assignee``."""
        clean = clean_line(name, field="assignee", limit=NAME_LIMIT, required=True)
        return replace(self, state=ItemState.OPEN, assignee=clean)

    def closed(self, done: str) -> "Standing":
        """Give what holds after it was closed with what was done.

        Raises:
            UserError: names ``done``.
            ConflictError: ``item_not_judged``: nobody has said yet what it is.
        """
        if self.verdict is None:
            raise ConflictError("item_not_judged")
        clean = clean_text(done, field="done", limit=DONE_LIMIT, required=True)
        return replace(self, state=ItemState.CLOSED, done=clean)


@dataclass(frozen=True, slots=True)
class TriageStep:
    """One step of triage.

    Attributes:
        now: what holds after it.
        item_sha256: hash of the item's title, address and text: what was judged.
    """

    id: UUID
    item_id: UUID
    move: TriageMove
    now: Standing
    at: datetime
    by: Ref
    item_sha256: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is watched for (chủ đề theo dõi): found in an item where one of its phrases stands, accents aside."""

    id: UUID
    name: str
    phrases: tuple[str, ...]
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A feed as typed: RSS, Atom or RDF."""

    name: str
    url: str
    outlet: str = ""
    outlet_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that is fetched (nguồn tin).

    Attributes:
        etag: with ``modified`` what the server said of its last answer; sent back, so that it need not answer again.
        checked_at: UTC, last attempt.
        ok_at: UTC, last time it could be read.
        next_at: UTC, not before.
        failures: attempts in a row that failed.
        fault: code of what was wrong last, "" when nothing was; ``fault_detail`` its value to be shown.
    """

    id: UUID
    name: str
    url: str
    outlet: Ref | None = None
    is_active: bool = True
    etag: str = ""
    modified: str = ""
    checked_at: datetime | None = None
    ok_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    fault: str = ""
    fault_detail: str = ""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as a person puts it in: pasted, scanned, seen on a social network; ``published_at`` UTC."""

    where: str
    title: str
    published_at: datetime
    url: str = ""
    byline: str = ""
    text: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something the press or a social network said, found or put in (tin tìm được).

    Attributes:
        where: the outlet's name, or the page or network it stood on.
        source_id: the feed it came from, None when a person put it in.
        subjects: what is watched for and stands in it.
        same_as: the item whose text this one repeats, None for the first.
        copies: how many items repeat this one.
        article_id: the article opened from it, None while there is none.
    """

    id: UUID
    where: str
    title: str
    published_at: datetime
    found_at: datetime
    url: str = ""
    byline: str = ""
    text: str = ""
    outlet_id: UUID | None = None
    source_id: UUID | None = None
    subjects: tuple[Ref, ...] = ()
    files: tuple[Attachment, ...] = ()
    now: Standing = Standing()
    same_as: UUID | None = None
    copies: int = 0
    article_id: UUID | None = None

    @property
    def sha256(self) -> str:
        """The hash of what was found: title, address, text."""
        return hashlib.sha256("\n".join((self.title, self.url, self.text)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a list shows it."""

    n: int
    id: UUID
    where: str
    title: str
    published_at: datetime
    subjects: tuple[str, ...]
    now: Standing
    copies: int


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was served, kept by hash (bản chụp trang).

    Attributes:
        file: the WARC file with every request and answer on the way to the page.
        cut: "length", "time" or "disconnect" when the page did not come to its end, else "".
    """

    id: UUID
    item_id: UUID
    url: str
    final_url: str
    status: int
    title: str
    text: str
    text_sha256: str
    cut: str
    file: Attachment
    at: datetime
    author: Ref


def checked_source(draft: SourceDraft) -> SourceDraft:
    """Give a source clean; raises UserError naming ``name`` or ``url``."""
    url = clean_line(draft.url, field="url", limit=URL_LIMIT, required=True)
    if not url.lower().startswith(("http://", "https://")):
        raise UserError("url_form", field="url")
    outlet = clean_line(draft.outlet, field="outlet", limit=NAME_LIMIT)
    return SourceDraft(clean_line(draft.name, field="name", limit=NAME_LIMIT), url, outlet, draft.outlet_id)


def checked_subject(subject: Subject) -> Subject:
    """Give a subject clean: its name is the first phrase when no other is given; raises UserError."""
    name = clean_line(subject.name, field="name", limit=NAME_LIMIT, required=True)
    cleaned = (clean_line(each, field="phrases", limit=NAME_LIMIT) for each in subject.phrases)
    phrases = tuple(dict.fromkeys(each for each in cleaned if each)) or (name,)
    if len(phrases) > PHRASES_LIMIT:
        raise UserError("phrases_many", field="phrases", limit=PHRASES_LIMIT)
    return replace(subject, name=name, phrases=phrases)


def checked_item(draft: ItemDraft) -> ItemDraft:
    """Give an item put in by a person clean; raises UserError naming the field."""
    url = clean_line(draft.url, field="url", limit=URL_LIMIT)
    if url and not url.lower().startswith(("http://", "https://")):
        raise UserError("url_form", field="url")
    return ItemDraft(
        where=clean_line(draft.where, field="where", limit=NAME_LIMIT, required=True),
        title=clean_line(draft.title, field="title", limit=TITLE_LIMIT, required=True),
        published_at=draft.published_at,
        url=url,
        byline=clean_line(draft.byline, field="byline", limit=NAME_LIMIT),
        text=clean_text(draft.text, field="text", limit=ARTICLE_LIMIT),
        files=draft.files,
    )


def next_look(
    now: datetime,
    every: timedelta,
    failures: int,
    *,
    retry_after_s: int = 0,
    longest: timedelta = LONGEST_WAIT,
) -> datetime:
    """Give when a source may be asked again: later and later while it fails, never before it said itself.

    Args:
        every: pause after a good answer; five minutes at least.
        failures: attempts in a row that failed.
        retry_after_s: what the server asked for (Retry-After), 0 for nothing.
        longest: no pause of ours is longer.
    """
    pause: timedelta = max(every, LEAST_EVERY) * 2.0 ** min(failures, 10)
    asked = timedelta(seconds=min(max(retry_after_s, 0), int(LONGEST_WAIT.total_seconds())))
    return now + max(min(pause, max(longest, every)), asked)
