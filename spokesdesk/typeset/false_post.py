"""The sheet of a false post as a PDF of A4 pages: the post, the fact, where the fact was published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.false_posts import FalsePost
from spokesdesk.domain.monitoring import Capture, Item, TriageStep
from spokesdesk.domain.people import Agency
from spokesdesk.domain.text import short_date
from spokesdesk.typeset import a4
from spokesdesk.typeset.a4 import space
from spokesdesk.typeset.report import line, pages, signatures

_SIZE = 11
_WIDTHS = (45.0, 130.0)


def false_post_pdf(
    sheet: FalsePost,
    item: Item,
    steps: Sequence[TriageStep],
    captures: Sequence[Capture],
    agency: Agency,
    words: Mapping[str, Any],
) -> bytes:
    """Give the sheet as a PDF; equal sheets give equal bytes.

    Args:
        sheet: as it was saved last.
        words: wording, ``resources/templates/false_post.toml``.
    """
    story: list[Any] = [line(agency.parent.upper(), 12)] if agency.parent else []
    story += [line(agency.name.upper(), 12, bold=True), space(4)]
    story += [line(words["title"], 13, bold=True, centred=True), space(3)]
    story += [_head(words["head_post"]), _table(words, _post(sheet, item, captures, words))]
    draft = sheet.draft
    story += [_head(words["head_fact"]), _table(words, [("fact", draft.fact), ("proof", draft.proof)])]
    told = [("published", draft.published)]
    told += [("published_on", short_date(draft.published_on) if draft.published_on else "")]
    told += [("reported", draft.reported)]
    story += [_head(words["head_published"]), _table(words, told)]
    if steps:
        story += [_head(words["head_steps"]), *(line(_step(words, step), _SIZE) for step in steps)]
    story += [space(6), signatures(words["signed_left"], words["signed_right"], sheet.author.name)]
    return pages(story, title=words["title"], author=agency.name, foot=words["foot"].format(at=_at(sheet.at)))


def _post(
    sheet: FalsePost, item: Item, captures: Sequence[Capture], words: Mapping[str, Any]
) -> list[tuple[str, str]]:
    draft = sheet.draft
    rows = [
        ("network", draft.network or item.where),
        ("poster", draft.poster or item.byline),
        ("published_at", _at(item.published_at)),
        ("found_at", _at(item.found_at)),
        ("url", item.url),
        ("post", draft.post),
    ]
    kept = [f"{each.name}\n{each.sha256}" for each in item.files]
    rows += [("files", "\n".join(kept))] if kept else []
    return rows + [
        (words["capture"].format(at=_at(each.at)), f"{each.file.name}\n{each.file.sha256}")
        for each in captures
    ]


def _table(words: Mapping[str, Any], rows: Sequence[tuple[str, str]]) -> Any:
    cells = [
        [line(words.get(name, name), _SIZE, bold=True), line(text or words["none"], _SIZE)]
        for name, text in rows
    ]
    return a4.ruled(cells, _WIDTHS, _SIZE, heads=0)


def _head(text: str) -> Any:
    return line(text, 12, bold=True, after=3)


def _step(words: Mapping[str, Any], step: TriageStep) -> str:
    what = [step.now.verdict.wording if step.now.verdict else "", step.now.assignee, step.now.done]
    said = "; ".join(part for part in what if part)
    sentence: str = words["step"].format(
        at=_at(step.at), move=step.move.wording, what=f" – {said}" if said else "", name=step.by.name
    )
    return sentence


def _at(moment: datetime) -> str:
    shown = to_vn(moment)
    return f"{shown:%H:%M} {short_date(shown.date())}"
