"""The report of a case (công văn báo cáo, đề nghị xử lý) as a paper: facts, law, addressees, evidence as an annex."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.evidence import Evidence
from spokesdesk.domain.letters import Annex, Letter, LetterKind, check
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.domain.routing import Offence, Trust
from spokesdesk.domain.text import short_date, unmarked
from spokesdesk.services import cases
from spokesdesk.services.cases import CaseView
from spokesdesk.services.papers import add_draft
from spokesdesk.services.ports import Desk
from spokesdesk.services.routing import Route
from spokesdesk.services.templates import blank, wording

TEMPLATE = "case_report"


def open_report(desk: Desk, case_id: UUID, place_ids: Sequence[str] = ()) -> tuple[Paper, Changes]:
    """Draft the letter that reports a case; a draft of its own every time it is asked for.

    Args:
        place_ids: rows of the routing table to address; empty for all that a letter can be sent to.

    Raises:
        ConflictError: the case is closed.
        UserError: ``place_unknown``, naming ``to``.
    """
    with desk.write() as unit:
        seen = cases.view_in(desk, unit, case_id)
        routes = _chosen(seen.routes, place_ids)
        made = report_letter(unit.people.agency(), seen, routes)
        drafted = add_draft(desk, unit, made, None)
        cases.note_letter(desk, unit, seen.case, drafted.id)
    return drafted, (Change("paper", drafted.id), Change("case", case_id))


def report_letter(agency: Agency, seen: CaseView, routes: Sequence[Route]) -> Letter:
    """Compose the letter.

    Args:
        seen: the case; withdrawn items are left out.
        routes: whom to address; those without an address for letters are left out.
    """
    template = wording(TEMPLATE)
    words = template["letter"]
    items = [item for item in seen.items if not item.withdrawn]
    count = f"{len(items):02d}"
    parts: list[tuple[str, list[str]]] = [
        ("", [_opening(words, agency, seen)]),
        ("person_head", _person(words, seen)),
        ("facts_head", _blocks(seen.case.facts.facts) or [words["no_facts"]]),
        ("law_head", [_law(words, one) for one in seen.law] or [words["no_law"].format(agency=agency.name)]),
        (
            "evidence_head",
            [words["evidence" if items else "no_evidence"].format(agency=agency.name, count=count)],
        ),
        ("demand_head", [words["demand"].format(agency=agency.name)]),
    ]
    letter = blank(LetterKind.CONG_VAN, agency)
    annex = Annex(template["annex"]["title"], "\n\n".join(_annex(template["annex"], items)))
    made = replace(
        letter,
        subject=template["subject"][seen.case.facts.kind.value],
        addressees=_addressees(routes, copies=False),
        body="\n\n".join(_paragraphs(words, parts)),
        recipients=(*words["recipients"], *_addressees(routes, copies=True)),
        annexes=(annex,) if items else (),
    )
    check(made)
    return made


def _paragraphs(words: dict[str, Any], parts: Sequence[tuple[str, list[str]]]) -> list[str]:
    """Give the body's paragraphs: heads in bold, the rest so that nothing typed is read as markup."""
    made: list[str] = []
    for head, lines in parts:
        made += [f"**{words[head]}**"] if head else []
        made += [unmarked(line) for line in lines]
    return made


def _chosen(routes: Sequence[Route], place_ids: Sequence[str]) -> list[Route]:
    known = {one.place.id for one in routes}
    for wanted in place_ids:
        if wanted not in known:
            raise UserError("place_unknown", field="to", id=wanted)
    return [one for one in routes if not place_ids or one.place.id in place_ids]


def _addressees(routes: Sequence[Route], *, copies: bool) -> tuple[str, ...]:
    wanted = (one.addressee for one in routes if one.addressee and one.place.copy_only is copies)
    return tuple(dict.fromkeys(wanted))


def _opening(words: dict[str, Any], agency: Agency, seen: CaseView) -> str:
    facts = seen.case.facts
    day = short_date(to_vn(facts.happened_at).date()) if facts.happened_at else ""
    sentence: str = words["opening"].format(
        agency=agency.name,
        when=words["when"].format(day=day) if day else "",
        place=words["place"].format(place=facts.place) if facts.place else "",
    )
    return sentence


def _person(words: dict[str, Any], seen: CaseView) -> list[str]:
    facts = seen.case.facts
    said = {"person": facts.person, "outlet": facts.outlet, "marks": " ".join(facts.marks.split())}
    lines = [words[key].format_map({key: _bare(text)}) for key, text in said.items() if text]
    return lines or [words["unknown"]]


def _law(words: dict[str, Any], offence: Offence) -> str:
    doubt = ""
    if not offence.is_sure:
        reason = offence.doubt or (words["plain_doubt"] if offence.trust is not Trust.VERIFIED else "")
        doubt = words["doubt"].format(reason=reason)
    sentence: str = words["law"].format(text=offence.text, citation=offence.citation, doubt=doubt)
    return sentence


def _annex(words: dict[str, Any], items: Sequence[Evidence]) -> list[str]:
    """Give the annex: a paragraph a fact, so that a 64-digit hash has a line of its own."""
    lines: list[str] = []
    for n, item in enumerate(items, 1):
        lines.append(
            words["item"].format(n=n, name=item.name, kind=item.kind.wording.lower(), size=item.file.size)
        )
        if item.original_name not in ("", item.name):
            lines.append(words["original"].format(name=item.original_name))
        lines.append(_dated(words, item))
        lines += [words["url"].format(url=item.url)] if item.url else []
        lines += [words["note"].format(note=_bare(item.taken.note))] if item.taken.note else []
        lines.append(words["hash"].format(sha256=_grouped(item.file.sha256)))
    return [unmarked(line) for line in lines]


def _dated(words: dict[str, Any], item: Evidence) -> str:
    moment = f"{to_vn(item.added_at):%H:%M} {short_date(to_vn(item.added_at).date())}"
    filled = {"added": moment, "who": item.by.name, "by": item.taken.by, "at": ""}
    if item.taken.at is None:
        return str(words["added"].format_map(filled))
    at = to_vn(item.taken.at)
    return str(words["taken"].format_map(filled | {"at": f"{at:%H:%M} {short_date(at.date())}"}))


def _grouped(sha256: str) -> str:
    """Give a hash in groups of eight digits: 64 in one would not break well at the end of a line."""
    return " ".join(sha256[at : at + 8] for at in range(0, 64, 8))


def _blocks(text: str) -> list[str]:
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".;")
