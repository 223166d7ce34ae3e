"""Faces are cut for a paper exactly as reportlab cuts them."""

import random

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from spokesdesk import assets
from spokesdesk.typeset.cutting import cutter
from spokesdesk.typeset.faces import NAMES

_OPENING = [0] * 32 + list(range(32, 128))
_ACCENTS = [ord(mark) for mark in "ĂẮẰẲẴẶăắằẳẵặĐđẤẦẨẪẬấầẩẫậẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲỴỶỸ"]


@pytest.mark.parametrize("name", NAMES)
def test_cut_is_byte_for_byte_that_of_reportlab(name: str) -> None:
    face = TTFont(name, str(assets.path("fonts", f"{name}.ttf"))).face
    cut, known, chance = cutter(face), sorted(face.charToGlyph), random.Random(name)
    some = [_OPENING + chance.sample(known, chance.randint(0, 600)) for _ in range(20)]
    # Nothing, a space, accents put together of parts, a character without a glyph, everything the face has.
    for letters in ([0], [32], _OPENING + _ACCENTS, [*_OPENING, 0x10FFFF], known, *some):
        assert cut(tuple(letters)) == face.makeSubset(letters)
