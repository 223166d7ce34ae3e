"""Every printed paper obeys Nghị định 30/2020/NĐ-CP: each component and each cross-check, on the PDF itself."""

from collections.abc import Callable

import pytest

from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_pdf import to_pdf
from tests.typeset.corpus import VARIANTS
from tests.typeset.printed import read
from tests.typeset.rules import CHECKS, Paper


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    return {name: Paper(read(to_pdf(compose(letter))), letter) for name, letter in VARIANTS.items()}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", VARIANTS)
def test_the_decree_is_kept(name: str, check: Callable[[Paper], None], papers: dict[str, Paper]) -> None:
    check(papers[name])
