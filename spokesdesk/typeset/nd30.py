"""The form that Nghị định 30/2020/NĐ-CP demands, read from ``resources/formats``; lengths in twips."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.letters import LetterKind, Urgency
from spokesdesk.typeset.document import Page


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """Sizes of the head's parts in points; they move together (Mục V, chú thích 1)."""

    motto_country: int
    motto: int
    agency: int
    number: int
    place: int
    subject: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """An urgency stamp (dấu chỉ mức độ khẩn)."""

    words: str
    width: int


@dataclass(frozen=True, slots=True)
class KindForm:
    """What a kind of paper has: see the comments in the data file."""

    form: str
    name: str
    title: str
    addressees: bool
    ending: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words, and the blanks left open in a draft."""

    country: str
    motto: str
    ending: str
    draft_number: str
    draft_day: str
    draft_month: str
    draft_year: str


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One dated set of rules of form; see the data file for the clause behind each value. ``form`` makes it once."""

    page: Page
    heads: Mapping[int, HeadSizes]
    sizes: Mapping[str, int]
    words: Words
    first_line: int
    after: int
    number_to_subject: int
    head_to_text: int
    signature: int
    cell_pad: int
    right: int
    right_most: int
    left_most: int
    signature_right: int
    rule_share: float
    rule_weight: float
    rule_gap: int
    table_weight: float
    stamp_colour: str
    stamp_pad: int
    stamps: Mapping[Urgency, Stamp]
    kinds: Mapping[LetterKind, KindForm]
    draft_day: date


def twips(millimetres: float) -> int:
    """Give a length in twips, rounded as LibreOffice and Word round it (15 mm = 850)."""
    return int(millimetres * 1440 / 25.4 + 0.5)


@cache
def form() -> Form:
    """Give the form in force since 5 March 2020."""
    raw = tomllib.loads(assets.read_text("formats", "nd30_2020.toml"))
    text, columns, rules, stamps = raw["text"], raw["columns"], raw["rules"], raw["stamps"]
    return Form(
        page=_page(raw["page"]),
        heads={int(size): HeadSizes(**_bare(head)) for size, head in raw["heads"].items()},
        sizes=_bare(raw["sizes"]),
        words=Words(**_bare(raw["words"])),
        first_line=twips(text["first_line_mm"]),
        after=round(text["after_pt"] * 20),
        number_to_subject=round(text["number_to_subject_pt"] * 20),
        head_to_text=round(text["head_to_text_pt"] * 20),
        signature=twips(text["signature_mm"]),
        cell_pad=twips(text["cell_pad_mm"]),
        right=twips(columns["right_mm"]),
        right_most=twips(columns["right_most_mm"]),
        left_most=twips(columns["left_most_mm"]),
        signature_right=twips(columns["signature_right_mm"]),
        rule_share=rules["share"],
        rule_weight=rules["weight_pt"],
        rule_gap=round(rules["gap_pt"] * 20),
        table_weight=rules["table_pt"],
        stamp_colour=stamps["colour"],
        stamp_pad=stamps["pad_pt"],
        stamps={key: Stamp(stamps[key]["words"], twips(stamps[key]["width_mm"])) for key in Urgency},
        kinds={LetterKind(key): KindForm(**kind) for key, kind in raw["kinds"].items()},
        draft_day=raw["draft_day"],
    )


def _bare(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != "source"}


def _page(raw: dict[str, Any]) -> Page:
    names = ("width", "height", "left", "right", "top", "bottom", "header")
    return Page(**{name: twips(raw[f"{name}_mm"]) for name in names})
