"""Whatever a letter holds, the check ends, changes nothing, and every place lies within its field."""

import unicodedata
from dataclasses import replace
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from spokesdesk.domain.letters import Annex, Letter, LetterKind, Signer, texts, tidied
from spokesdesk.typeset.lint import lint
from tests.typeset.corpus import LETTER, WORDS

_PIECES = st.sampled_from(
    [
        *(
            *WORDS,
            "Khoản 2",
            "điều 42,",
            "**",
            "*",
            "\\*",
            "# ",
            "| a | b |",
            "\n",
            "\n\n",
            "1. ",
            "a) ",
            "“",
            "”",
        ),
        *(
            "5/03/2018",
            "quận 1",
            "số 5/QĐ - UBND ngày 31/02/2018",
            "nhà nước.",
            "nghị định 30/2020/NĐ-CP",
            "TP.",
        ),
        *("Lưu: VT", "😀", "Ủy\u0309", "Như trên"),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=6), max_size=25).map(" ".join)
_LINES = st.lists(_TEXTS, max_size=3).map(tuple)
_LETTERS = st.builds(
    Letter,
    kind=st.sampled_from(LetterKind),
    agency=_TEXTS,
    number=st.none() | st.integers(1, 500),
    symbol=_TEXTS,
    place=_TEXTS,
    date_on=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    subject=_TEXTS,
    addressees=_LINES,
    legal_bases=_LINES,
    circulation=_TEXTS,
    size=st.sampled_from((12, 13, 14)),
    body=_TEXTS,
    recipients=_LINES,
    archive=_TEXTS,
    signers=st.lists(st.builds(Signer, _LINES, _TEXTS), max_size=3).map(tuple),
    annexes=st.lists(st.builds(Annex, _TEXTS, _TEXTS), max_size=3).map(tuple),
    agency_name=_TEXTS,
)


@settings(max_examples=60, deadline=None)
@given(_LETTERS)
@example(Letter(kind=LetterKind.CONG_VAN, agency="", body="ª"))
def test_places_lie_within_their_fields(letter: Letter) -> None:
    held = {path: text for path, _key, text in texts(tidied(letter))}
    for found in lint(letter):
        length = len(held.get(found.field, ""))
        assert 0 <= found.start <= found.end <= length, found
        assert found.message
        assert found.clause
        assert found.suggestion != held.get(found.field, "")[found.start : found.end] or not found.suggestion


def test_letters_in_pieces_are_read_like_whole_ones() -> None:
    body = "Theo khoản 2 điều 42, uỷ ban nhân dân quận 1."
    apart = unicodedata.normalize("NFD", body)
    assert lint(replace(LETTER, body=apart)) == lint(replace(LETTER, body=body))


def test_what_is_suggested_is_not_found_again() -> None:
    body = (
        "Theo khoản 2 điều 42 Luật báo chí, Nghị định 30/2020/NĐ-CP ngày 5/03/2010, tại quận 1 và thủ đô Hà Nội, "
        "sở tài chính gửi Công văn số 12/STC - VP ngày 06/3/2010 vì nhân dân."
    )
    found = [each for each in lint(replace(LETTER, body=body)) if each.field == "body"]
    assert len(found) >= 8
    for each in sorted(found, key=lambda one: one.start, reverse=True):
        body = body[: each.start] + each.suggestion + body[each.end :]
    assert [each for each in lint(replace(LETTER, body=body)) if each.field == "body"] == []
