"""Did they correct it? (đã cải chính chưa): what is read again at the deadline, what a person sees in it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import ARTICLE_LIMIT, URL_LIMIT, Article
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE, Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.domain.rebuttals import Round, RoundMove
from spokesdesk.domain.text import clean_line, clean_text, fold

NOTE_LIMIT = 2_000
# So many of a fact's syllables in a row count as the fact being told.
_RUN = 5


class Judged(StrEnum):
    """What a person says of one point."""

    UNCHECKED = "unchecked"  # chưa xem
    YES = "yes"  # có
    NO = "no"  # không
    UNCLEAR = "unclear"  # chưa rõ


@dataclass(frozen=True, slots=True)
class RecaptureDraft:
    """What was read again, as typed or captured.

    Attributes:
        text: readable text; "" when nothing could be read.
        file: the capture, a picture or a scan.
        gone: the page is no longer there.
        taken_at: UTC, when it was read.
    """

    url: str = ""
    text: str = ""
    file: Attachment | None = None
    gone: bool = False
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recapture:
    """A page read again, kept by hash, an entry of the journal."""

    id: UUID
    article_id: UUID
    url: str
    text: str
    text_sha256: str
    file: Attachment | None
    gone: bool
    taken_at: datetime
    at: datetime
    author: Ref


@dataclass(frozen=True, slots=True)
class Point:
    """One point to be looked at.

    Attributes:
        rules: ids of the rules that speak of it.
        outlet_kinds: kinds of outlet it concerns (as the rules name them); empty for all.
        look: what the program can look for, "" for nothing.
    """

    id: str
    text: str
    rules: tuple[str, ...] = ()
    outlet_kinds: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """The list of points, and the words that are looked for."""

    id: str
    title: str
    items: tuple[Point, ...]
    words: Mapping[str, tuple[str, ...]]

    def asked(self, outlet_kind: str | None) -> tuple[Point, ...]:
        """Give the points that concern a kind of outlet."""
        return tuple(
            item
            for item in self.items
            if outlet_kind is None or not item.outlet_kinds or outlet_kind in item.outlet_kinds
        )


@dataclass(frozen=True, slots=True)
class Sight:
    """What the program noticed of a point: yes, no, or nothing to rely on; a hint, never a verdict."""

    point: str
    hint: Judged
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of one point; its words and căn cứ are kept as they were read on that day."""

    point: str
    text: str
    citation: str
    judged: Judged
    note: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A filled list of points over one recapture, an entry of the journal; the latest of a recapture counts."""

    id: UUID
    recapture_id: UUID
    answers: tuple[Judgement, ...]
    remark: str
    at: datetime
    author: Ref

    @property
    def missing(self) -> tuple[Judgement, ...]:
        """The points that were found wanting."""
        return tuple(answer for answer in self.answers if answer.judged is Judged.NO)


def judged_words() -> dict[Judged, str]:
    """Give what people call each answer."""
    return {
        Judged.UNCHECKED: _("Chưa xem"),
        Judged.YES: _("Có"),
        Judged.NO: _("Không"),
        Judged.UNCLEAR: _("Chưa rõ"),
    }


def read_points(text: str) -> Points:
    """Read a list of points (TOML as in ``resources/checklists``); raises UserError("checklist_malformed")."""
    try:
        value = tomllib.loads(text)
        words = {str(key): tuple(map(str, some)) for key, some in value["words"].items()}
        items = tuple(_point(item) for item in value["item"])
        return Points(str(value["id"]), str(value["title"]), items, words)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as wrong:
        raise UserError("checklist_malformed", key=str(wrong)) from wrong


def _point(value: Mapping[str, Any]) -> Point:
    return Point(
        str(value["id"]),
        str(value["text"]),
        tuple(map(str, value.get("rules", ()))),
        tuple(map(str, value.get("outlet_kinds", ()))),
        str(value.get("look", "")),
    )


def checked_recapture(draft: RecaptureDraft, now: datetime) -> RecaptureDraft:
    """Give what was read again, clean.

    Raises:
        UserError: nothing was read and the page is not said to be gone (``text``), a time to come (``taken_at``),
            an address that is none (``url``).
    """
    text = clean_text(draft.text, field="text", limit=ARTICLE_LIMIT)
    url = clean_line(draft.url, field="url", limit=URL_LIMIT)
    if url and not url.lower().startswith(("http://", "https://")):
        raise UserError("url_form", field="url")
    if not (text or draft.file or draft.gone):
        raise UserError("recapture_empty", field="text")
    taken_at = draft.taken_at or now
    if taken_at > now + CLOCK_TOLERANCE:
        raise UserError("round_future", field="taken_at")
    return RecaptureDraft(url, text, draft.file, draft.gone, taken_at)


def judgements(
    asked: Sequence[tuple[Point, str]],
    given: Mapping[str, tuple[Judged, str]],
    sights: Sequence[Sight] = (),
) -> tuple[Judgement, ...]:
    """Join the points with what a person decided.

    Args:
        asked: each point with its căn cứ.
        given: id of a point → answer and note.
        sights: what the program had noticed, kept beside the answer.

    Raises:
        UserError: ``check_empty`` when nothing was decided.
    """
    seen = {sight.point: sight.words for sight in sights}
    found = []
    for point, citation in asked:
        judged, note = given.get(point.id, (Judged.UNCHECKED, ""))
        clean = clean_text(note, field=point.id, limit=NOTE_LIMIT)
        found.append(Judgement(point.id, point.text, citation, judged, clean, seen.get(point.id, "")))
    if all(answer.judged is Judged.UNCHECKED for answer in found):
        raise UserError("check_empty", field="answers")
    return tuple(found)


def sights(
    points: Points, article: Article, seen: Recapture, rounds: Sequence[Round] = ()
) -> tuple[Sight, ...]:
    """Give what can be noticed in a text read again, point by point.

    Args:
        article: with the claims as they stand.
        seen: the page read again.
        rounds: of the article; a correction said to be published tells how long it has been kept.
    """
    if seen.gone and not seen.text:
        gone = _("Trang không còn: bài đã bị gỡ hoặc đổi địa chỉ.")
        return tuple(
            Sight(item.id, Judged.YES if item.look == "removed" else Judged.UNCLEAR, gone)
            for item in points.items
            if item.look
        )
    text = _flat(seen.text)
    has_title = next((words for words in points.words["title"] if _flat(words) in text), "")
    made = {
        "title": _found(has_title),
        "apology": _found(next((words for words in points.words["apology"] if _flat(words) in text), "")),
        "named": _named(article, text),
        "facts": _facts(article, text),
        "removed": _removed(article, text, has_correction=bool(has_title)),
        "kept": _kept(rounds, vn_day(seen.taken_at), is_there=bool(has_title)),
    }
    return tuple(Sight(item.id, *made[item.look]) for item in points.items if item.look)


def _found(words: str) -> tuple[Judged, str]:
    if not words:
        return Judged.NO, _("Không thấy trong bản đọc lại.")
    return Judged.YES, _("Thấy “{words}”.").format(words=words)


def _named(article: Article, text: str) -> tuple[Judged, str]:
    day = vn_day(article.published_at)
    title = _flat(article.title) in text
    dated = any(form in text for form in (f"{day.day}/{day.month}", f"{day:%d/%m}"))
    said = [
        _("có tên bài") if title else _("không thấy tên bài"),
        _("có ngày đăng") if dated else _("không thấy ngày đăng"),
    ]
    return (Judged.YES if title and dated else Judged.NO), ", ".join(said).capitalize() + "."


def _facts(article: Article, text: str) -> tuple[Judged, str]:
    told = sum(_tells(text, claim.fact) for claim in article.claims)
    said = _("Thấy {told} trong {all} sự thật đã nêu trong công văn.")
    hint = Judged.YES if article.claims and told == len(article.claims) else Judged.UNCLEAR
    return hint, said.format(told=told, all=len(article.claims))


def _removed(article: Article, text: str, *, has_correction: bool) -> tuple[Judged, str]:
    left = [claim.quote for claim in article.claims if _flat(claim.quote) in text]
    if not left:
        return Judged.YES, _("Không còn câu nào đã đánh dấu.")
    said = _("Còn {n} câu đã đánh dấu: “{first}”").format(n=len(left), first=_short(left[0]))
    if has_correction:
        return Judged.UNCLEAR, said + _("; có thể là phần trích trong cải chính, cần xem tận mắt.")
    return Judged.NO, said + "."


def _kept(rounds: Sequence[Round], on: date, *, is_there: bool) -> tuple[Judged, str]:
    steps = [step for each in rounds for step in each.standing if step.move is RoundMove.CORRECT]
    if not steps:
        return Judged.UNCLEAR, _("Chưa ghi ngày đăng cải chính.")
    first = vn_day(min(step.done_at for step in steps))
    if not is_there:
        return Judged.NO, _("Không thấy cải chính sau {n} ngày kể từ ngày đăng.").format(n=(on - first).days)
    due = next((due for step in steps for due in step.dues if due.due_at), None)
    long_enough = due is not None and due.due_at is not None and on >= vn_day(due.due_at)
    said = _("Còn thấy cải chính sau {n} ngày kể từ ngày đăng.").format(n=(on - first).days)
    return (Judged.YES if long_enough else Judged.UNCLEAR), said


def _tells(text: str, fact: str) -> bool:
    syllables = _flat(fact).split()
    if not syllables:
        return False
    run = min(_RUN, len(syllables))
    runs = (" ".join(syllables[at : at + run]) for at in range(len(syllables) - run + 1))
    padded = f" {text} "
    return any(f" {each} " in padded for each in runs)


def _flat(text: str) -> str:
    """Give a text for finding: folded, quotation marks and stops apart, one space between words."""
    return " ".join("".join(char if char.isalnum() or char == "/" else " " for char in fold(text)).split())


def _short(text: str, most: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
