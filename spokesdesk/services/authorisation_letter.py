"""The letter that authorises somebody to speak (giấy ủy quyền phát ngôn), drafted from the record."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from spokesdesk.domain.blocks import Paragraph, Run, write_body
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.letters import Letter, LetterKind, Signer
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.domain.rules import choose
from spokesdesk.domain.spokespeople import BY_LETTER, Authorisation, AuthorisationStep, StepKind
from spokesdesk.domain.text import vn_date
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk
from spokesdesk.services.templates import blank, wording


def draft_letter(desk: Desk, authorisation_id: UUID) -> tuple[Paper, Changes]:
    """Draft the letter of an authorisation; once it has a number, the authorisation rests on it.

    Raises:
        UserError: ``letter_not_needed``; the regular spokesperson and the head have none.
        ConflictError: ``authorisation_corrected``.
    """
    with desk.write() as unit:
        held = unit.spokespeople.get(authorisation_id)
        if held.kind not in BY_LETTER:
            raise UserError("letter_not_needed", field="kind")
        if held.corrected_by is not None:
            raise ConflictError("authorisation_corrected")
        law = _law(desk, held.from_on)
        made = add_draft(desk, unit, letter_of(held, unit.people.agency(), law), None)
        unit.spokespeople.add_step(
            AuthorisationStep(
                desk.new_id(), held.id, StepKind.LETTER, desk.now(), desk.member.ref, paper_id=made.id
            )
        )
    return made, (Change("paper", made.id), Change("spokesperson", held.id))


def letter_of(held: Authorisation, agency: Agency, law: str) -> Letter:
    """Compose the letter.

    Args:
        held: an authorisation by letter.
        agency: gives head and foot of the paper.
        law: the instrument it is based on, as cited in full.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 5, 6.
    """
    words = wording("authorisation")["letter"]
    lines = [_giver(words, held, agency), *_about(words, held), *_terms(words, held)]
    body = write_body(tuple(Paragraph((Run(line),)) for line in lines))
    letter = blank(LetterKind.GIAY_UY_QUYEN, agency)
    return replace(
        letter,
        subject=words["subject"],
        legal_bases=(words["bases"].format(law=law),) if law else (),
        body=body,
        recipients=tuple(line.format(name=held.name) for line in words["recipients"]),
        signers=_signers(held, letter),
    )


def _giver(words: dict[str, Any], held: Authorisation, agency: Agency) -> str:
    post = f"{held.authorised_by_post} {agency.name} " if held.authorised_by_post else ""
    line: str = words["giver_named"].format(post=post, name=held.authorised_by)
    return line if held.authorised_by else str(words["giver"].format(agency=agency.name))


def _about(words: dict[str, Any], held: Authorisation) -> list[str]:
    lines = [words["who"].format(name=held.name)]
    for name in ("post", "phone", "email"):
        if value := getattr(held, name):
            lines.append(words[name].format(**{name: value}))
    return lines


def _terms(words: dict[str, Any], held: Authorisation) -> list[str]:
    scope = " ".join(held.scope.split()).rstrip(".")
    last = vn_date(held.until_on) if held.until_on else ""
    span = words["span" if last else "span_open"].format(first=vn_date(held.from_on), last=last)
    about = words["scope"].format(scope=scope) if scope else words["scope_open"]
    return [about, span, words["bound"], words["closing"]]


def _signers(held: Authorisation, letter: Letter) -> tuple[Signer, ...]:
    """Give the head who authorises as the one who signs; nobody signs such a letter for the head."""
    if not held.authorised_by:
        return letter.signers
    post = held.authorised_by_post.upper()
    return (Signer((post,) if post else (), held.authorised_by),)


def _law(desk: Desk, on: date) -> str:
    found = choose(desk.rules, wording("authorisation")["letter"]["event"], on)
    if not found:
        return ""
    instrument = desk.rules.instruments[found[0].citation.instrument_id]
    if instrument.issued_on is None:
        return instrument.name
    title = instrument.title[:1].lower() + instrument.title[1:]
    return f"{instrument.name} {vn_date(instrument.issued_on)} của Chính phủ {title}"
