"""The letters of a rebuttal: to the outlet, again to the outlet, and to those above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from spokesdesk.domain.claims import asks_of
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.journal import Due
from spokesdesk.domain.letters import Annex, Letter, LetterKind, check
from spokesdesk.domain.people import Agency, Outlet, OutletKind
from spokesdesk.domain.rebuttals import Round, state_words
from spokesdesk.domain.recaptures import Check, Recapture
from spokesdesk.domain.rules import Citation, Deadline, Instrument
from spokesdesk.domain.text import short_date, unmarked, vn_date
from spokesdesk.services.rebuttal_annexes import bare, claim_annex, evidence_annex
from spokesdesk.services.templates import blank, wording

TEMPLATE = "rebuttal"


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a letter of a rebuttal is made of.

    Attributes:
        clocks: by the law in force on the day of publication.
        instruments: by id, to cite them in full.
        rounds: delivered earlier to the outlet, the first one first.
        papers: id of a round → how its letter is named, "" while it has no number.
        check: the latest, with the recapture it is of.
        copies: who gets a copy, each as it is named.
    """

    agency: Agency
    article: Article
    outlet: Outlet
    clocks: Sequence[Deadline]
    instruments: Mapping[str, Instrument]
    rounds: Sequence[Round] = ()
    papers: Mapping[UUID, str] = field(default_factory=dict)
    check: tuple[Recapture, Check] | None = None
    copies: tuple[str, ...] = ()


def outlet_letter(made_of: Dossier) -> Letter:
    """Compose the letter to the head of the outlet.

    Source:
        Contents: Luật Báo chí 2016, Điều 42–43; NĐ 244/2026/NĐ-CP, Điều 7 khoản 6 (written, with grounds).
        Whom it addresses: NĐ 237/2026/NĐ-CP, Điều 6 khoản 1.
        First citation of a decree in full: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6 điểm b.
    """
    words, agency, outlet = wording(TEMPLATE)["letter"], made_of.agency, made_of.outlet
    article, claims = made_of.article, made_of.article.claims
    paragraphs = [*_again(made_of), _opening(words, agency, article)]
    if len(claims) <= words["most_in_body"]:
        for n, claim in enumerate(claims, 1):
            paragraphs += _claim_lines(words, n, claim)
    annexes = _annexes(article)
    if claims:
        paragraphs.append(words["in_annex"].format(annex=annexes[0][0]))
    cited = [each.citation for each in made_of.clocks if each.event in words["cited_events"]]
    asked = "; ".join(words["asks"][ask.value].format(agency=agency.name) for ask in asks_of(claims))
    asked = asked or words["asks"]["correction"]
    law = laws(cited, made_of.instruments)
    paragraphs.append(words["demand"].format(law=law, agency=agency.name, outlet=outlet.name, asks=asked))
    if outlet.kind is not OutletKind.OTHER:
        # The limits differ by kind of outlet; a letter must not name one that does not bind its addressee.
        limits = [each for each in made_of.clocks if each.event in words["limit_events"]]
        paragraphs += [_limit_line(words, each) for each in limits]
    if evidence_annex(article) is not None:
        paragraphs.append(words["evidence"].format(agency=agency.name, annex=annexes[-1][0]))
    paragraphs.append(words["closing"].format(agency=agency.name))
    number = len(made_of.rounds) + 1
    made = replace(
        blank(LetterKind.CONG_VAN, agency),
        subject=words["subject_again"].format(number=number) if number > 1 else words["subject"],
        addressees=(head_of(outlet),),
        body="\n\n".join(unmarked(each) for each in paragraphs),
        recipients=_recipients(words["recipients"], made_of.copies),
        annexes=tuple(annex for _name, annex in annexes),
    )
    check(made)
    return made


def escalation_letter(made_of: Dossier, addressee: str, law: Due) -> Letter:
    """Compose the letter to the governing body or the press authority, with every round and its fate."""
    words, letter = wording(TEMPLATE)["escalation"], wording(TEMPLATE)["letter"]
    agency, outlet, article = made_of.agency, made_of.outlet, made_of.article
    names = {"agency": agency.name, "outlet": outlet.name}
    doubt = words["doubt"].format(note=bare(law.note)) if law.confidence != "verified" else ""
    annexes = _annexes(article)
    count, annex = f"{len(article.claims):02d}", annexes[0][0] if annexes else ""
    opening = words["opening" if article.claims else "opening_no_claims"]
    paragraphs = [opening.format(**_about(letter, article), count=count, annex=annex)]
    if evidence_annex(article) is not None:
        paragraphs.append(letter["evidence"].format(agency=agency.name, annex=annexes[-1][0]))
    if made_of.rounds:
        paragraphs.append(words["history"].format(times=f"{len(made_of.rounds):02d}", **names))
        paragraphs += [_round_line(words, made_of, each) for each in made_of.rounds]
    paragraphs += [_missing(made_of)] if made_of.check and made_of.check[1].missing else []
    paragraphs.append(words["demand"].format(law=law.citation, doubt=doubt, **names))
    paragraphs.append(words["closing"].format(**names))
    made = replace(
        blank(LetterKind.CONG_VAN, agency),
        subject=words["subject"].format(**names),
        addressees=(addressee,),
        body="\n\n".join(unmarked(each) for each in paragraphs),
        recipients=tuple(each.format(**names) for each in words["recipients"]),
        annexes=tuple(annex for _name, annex in annexes),
    )
    check(made)
    return made


def head_of(outlet: Outlet) -> str:
    """Give how a letter addresses an outlet: the title its head bears by its kind, and its name."""
    title = outlet.head_title or wording(TEMPLATE)["head_titles"][outlet.kind.value]
    return " ".join(part for part in (title, outlet.name) if part)


def laws(cited: Sequence[Citation], instruments: Mapping[str, Instrument]) -> str:
    """Word the places cited, each instrument named once: ``Điều 42, khoản 1 Điều 43 Luật …; … Nghị định …``."""
    words = wording(TEMPLATE)["letter"]
    names = {each.name: _in_full(words, each) for each in instruments.values()}
    places: dict[str, list[str]] = {}
    for each in cited:
        place = each.text.removesuffix(each.instrument).strip()
        if place not in places.setdefault(each.instrument, []):
            places[each.instrument].append(place)
    return "; ".join(f"{', '.join(found)} {names.get(name, name)}" for name, found in places.items())


def _annexes(article: Article) -> list[tuple[str, Annex]]:
    """Give the annexes, each with how the letter refers to it."""
    made = [annex for annex in (claim_annex(article), evidence_annex(article)) if annex is not None]
    names = wording(TEMPLATE)["annex"]["names"][len(made) - 1] if made else ()
    return list(zip(names, made, strict=True))


def _again(made_of: Dossier) -> list[str]:
    """Say what the letter before asked, what became of it and what was still missing when it was looked at."""
    if not made_of.rounds:
        return []
    words, last = wording(TEMPLATE)["again"], made_of.rounds[-1]
    names = {"agency": made_of.agency.name, "outlet": made_of.outlet.name}
    paper = made_of.papers.get(last.id, "")
    previous = words["previous" if paper else "previous_unnamed"]
    delivered = short_date(vn_day(last.delivered_at)) if last.delivered_at else ""
    said = [previous.format(paper=paper, delivered=delivered, **names)]
    ended = last.standing[-1].done_at
    said.append(words["fates"][last.state.value].format(day=short_date(vn_day(ended)), **names))
    if made_of.check and made_of.check[1].missing:
        said.append(_missing(made_of))
    return [" ".join(said), words["still"].format(**names)]


def _missing(made_of: Dossier) -> str:
    assert made_of.check is not None
    words, (seen, found) = wording(TEMPLATE)["again"], made_of.check
    points = [
        words["point"].format(text=each.text, note=f": {bare(each.note)}" if each.note else "")
        for each in found.missing
    ]
    day = short_date(vn_day(seen.taken_at))
    return str(words["missing"].format(day=day, agency=made_of.agency.name, points="; ".join(points)))


def _round_line(words: dict[str, Any], made_of: Dossier, each: Round) -> str:
    paper = made_of.papers.get(each.id, "")
    return str(
        words["round" if paper else "round_unnamed"].format(
            number=each.number,
            paper=paper,
            outlet=made_of.outlet.name,
            delivered=short_date(vn_day(each.delivered_at)) if each.delivered_at else "…",
            fate=state_words()[each.state][0].lower(),
        )
    )


def _recipients(own: Sequence[str], copies: Sequence[str]) -> tuple[str, ...]:
    words = wording(TEMPLATE)["letter"]
    first, *rest = own
    return (first, *(words["copy_to"].format(name=name) for name in copies), *rest)


def _about(words: dict[str, Any], found: Article) -> dict[str, str]:
    place = words["place_section"].format(section=found.section) if found.section else words["place_plain"]
    return {
        "day": short_date(to_vn(found.published_at).date()),
        "outlet": found.outlet.name,
        "place": place,
        "title": found.title,
        "byline": words["byline"].format(byline=found.byline) if found.byline else "",
        "address": words["address"].format(url=found.url) if found.url else "",
    }


def _opening(words: dict[str, Any], agency: Agency, found: Article) -> str:
    form = words["opening"] if found.claims else words["opening_no_claims"]
    count = f"{len(found.claims):02d}"
    return str(form.format(**_about(words, found), agency=agency.name, count=count))


def _claim_lines(words: dict[str, Any], n: int, claim: Claim) -> list[str]:
    lines = [
        words["claim"].format(n=n, quote=bare(claim.quote)),
        words["fact"].format(fact=bare(claim.fact)),
    ]
    lines += [words["proof"].format(proof=bare(claim.proof))] if claim.proof else []
    lines += [words["ground"].format(ground=bare(claim.ground))] if claim.ground else []
    return lines


def _in_full(words: dict[str, Any], instrument: Instrument) -> str:
    """Give a decree as it is cited the first time; a law goes by its name."""
    if instrument.issued_on is None or not instrument.name.endswith(words["decree_mark"]):
        return instrument.name
    title = instrument.title[:1].lower() + instrument.title[1:]
    return str(words["decree"].format(name=instrument.name, day=vn_date(instrument.issued_on), title=title))


def _limit_line(words: dict[str, Any], reckoned: Deadline) -> str:
    form = "kept" if reckoned.minimum else "limit" if reckoned.due_at is not None else "at_once"
    sentence: str = words[form].format(span=reckoned.span, citation=reckoned.citation.text)
    return sentence
