"""Wording of new papers, read from resources/templates."""

import tomllib
from functools import cache
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.letters import Footer, Letter, LetterKind, Signer
from spokesdesk.domain.people import Agency
from spokesdesk.domain.rules import Citation, Instrument
from spokesdesk.domain.text import vn_date


@cache
def wording(name: str) -> dict[str, Any]:
    """Give one file of templates, e.g. ``rebuttal``."""
    return tomllib.loads(assets.read_text("templates", f"{name}.toml"))


def blank(kind: LetterKind, agency: Agency) -> Letter:
    """Give a new paper of a kind with all that the agency's settings already say."""
    template = wording("blank")[kind.value]
    return Letter(
        kind=kind,
        parent_agency=agency.parent.upper(),
        agency=agency.name.upper(),
        agency_name=agency.name,
        symbol=_symbol(template["code"], agency),
        place=agency.place,
        recipients=tuple(template.get("recipients", ())),
        archive=", ".join(part for part in (template["archive"], agency.unit) if part),
        signers=_signers(agency),
        contact=_footer(agency) if kind is LetterKind.CONG_VAN else None,
    )


def cited_in_full(citation: Citation, instrument: Instrument) -> str:
    """Give a place in the law as it is cited the first time: a decree with its day and title, a law by its name.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6 điểm b.
    """
    words = wording("rebuttal")["letter"]
    if instrument.issued_on is None or not instrument.name.endswith(words["decree_mark"]):
        return citation.text
    title = instrument.title[:1].lower() + instrument.title[1:]
    full = words["decree"].format(name=instrument.name, day=vn_date(instrument.issued_on), title=title)
    return citation.text.replace(instrument.name, str(full))


def _signers(agency: Agency) -> tuple[Signer, ...]:
    signer = Signer(agency.signer_authority, agency.signer_name)
    return (signer,) if signer != Signer() else ()


def _symbol(code: str, agency: Agency) -> str:
    """Give the ký hiệu: TYPE-CQ, for a công văn CQ-ĐV (NĐ 30/2020, Phụ lục I, Phần I, Mục II, khoản 3 điểm b)."""
    parts = (code, agency.symbol) if code else (agency.symbol, agency.unit)
    return "-".join(part for part in parts if part).replace(" ", "")


def _footer(agency: Agency) -> Footer | None:
    footer = Footer(agency.address, agency.phone, "", agency.email, agency.website)
    return footer if footer != Footer() else None
