"""The letters that end a request: a refusal on its ground, a transfer to whoever is competent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.people import Agency, Outlet
from spokesdesk.domain.requests import CitedGround, Request
from spokesdesk.domain.rules import Citation, Instrument
from spokesdesk.domain.text import short_date
from spokesdesk.services.templates import blank, cited_in_full, wording


def refusal_letter(
    agency: Agency,
    asked: Request,
    outlet: Outlet | None,
    ground: CitedGround,
    reason: str,
    duties: Sequence[tuple[Citation, Instrument]],
) -> Letter:
    """Compose the letter that declines and says why.

    Args:
        agency: whose letter it is.
        asked: the request.
        outlet: where it came from, for the address.
        ground: the ground in force on the day, with its citation.
        reason: why the ground holds here.
        duties: where the duty to state the reason stands, for the law in force on the day.

    Source:
        NĐ 244/2026/NĐ-CP, Điều 4 khoản 3 (the reason is stated); Luật Báo chí 2025, Điều 31 khoản 2 (grounds).
    """
    words = wording("request")["refusal"]
    paragraphs = _opening(words, agency, asked)
    paragraphs.append(words["ground"].format(citation=ground.citation, ground=_bare(ground.text, lower=True)))
    paragraphs.append(words["reason"].format(agency=agency.name, reason=_bare(reason, lower=True)))
    paragraphs += [
        words["duty"].format(citation=cited_in_full(citation, instrument)) for citation, instrument in duties
    ]
    paragraphs.append(words["closing"].format(agency=agency.name))
    return replace(
        blank(LetterKind.CONG_VAN, agency),
        subject=words["subject"].format(topic=_bare(asked.topic, lower=True)),
        addressees=(_address(asked, outlet),),
        body="\n\n".join(paragraphs),
        recipients=tuple(words["recipients"]),
    )


def transfer_letter(agency: Agency, asked: Request, to: str, reason: str) -> Letter:
    """Compose the letter that passes a request on to the body that may answer it; the asker is told.

    Args:
        agency: whose letter it is.
        asked: the request.
        to: the body that is competent.
        reason: why it is, "" for the usual sentence.
    """
    words = wording("request")["transfer"]
    paragraphs = _opening(words, agency, asked)
    said = words["reason"].format(reason=_bare(reason, lower=True)) if reason else words["reason_plain"]
    paragraphs += [said, words["pass"].format(agency=agency.name, to=to, who=_who(asked))]
    if asked.due and asked.due.due_at and asked.due.citation:
        limit = asked.due.wording.partition(";")[0]
        paragraphs.append(words["limit"].format(limit=limit, citation=asked.due.citation))
    paragraphs.append(words["closing"].format(agency=agency.name))
    return replace(
        blank(LetterKind.CONG_VAN, agency),
        subject=words["subject"].format(topic=_bare(asked.topic, lower=True)),
        addressees=(to,),
        body="\n\n".join(paragraphs),
        recipients=tuple(line.format(who=_who(asked)) for line in words["recipients"]),
    )


def _opening(words: dict[str, Any], agency: Agency, asked: Request) -> list[str]:
    lines = [
        words["opening"].format(
            day=short_date(vn_day(asked.received_at)),
            agency=agency.name,
            who=_who(asked),
            topic=_bare(asked.topic, lower=True),
        )
    ]
    if asked.subject.questions:
        lines.append(words["asked"])
        lines += [
            words["question"].format(n=n, question=" ".join(text.split()))
            for n, text in enumerate(asked.subject.questions, 1)
        ]
    return lines


def _who(asked: Request) -> str:
    """Give who asks as a sentence names it: the person with the outlet behind."""
    if asked.journalist is None or asked.outlet is None:
        return asked.who
    both: str = wording("request")["address"]["both"]
    return both.format(name=asked.journalist.name, outlet=asked.outlet.name)


def _address(asked: Request, outlet: Outlet | None) -> str:
    if outlet is not None:
        title = outlet.head_title or wording("rebuttal")["head_titles"][outlet.kind.value]
        return " ".join(part for part in (title, outlet.name) if part)
    if asked.journalist is not None:
        return str(wording("request")["address"]["journalist"].format(name=asked.journalist.name))
    return asked.asker


def _bare(text: str, *, lower: bool = False) -> str:
    """Give a sentence without its closing stop, on one line, to stand inside another one."""
    flat = " ".join(text.split()).rstrip(".;")
    first = flat.split(" ", 1)[0]
    # A name or an abbreviation keeps its capitals; only the first word of a sentence loses its own.
    is_plain = first[:1].isupper() and first[1:].islower()
    return flat[:1].lower() + flat[1:] if lower and is_plain and not _is_name(flat) else flat


def _is_name(text: str) -> bool:
    words = text.split(" ", 2)
    return len(words) > 1 and words[1][:1].isupper()
