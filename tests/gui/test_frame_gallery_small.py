"""Every picture of the gallery on the smallest window: nothing cut, everything named, no key of two meanings."""

from collections.abc import Callable

import pytest

from spokesdesk.services.ports import Desk
from tests.gui.looked import PARTS, faults_of
from tests.gui.stage import Stage


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_cut_and_everything_has_a_name_on_a_small_window(
    stage: Callable[..., Stage], demo: Desk, part: int
) -> None:
    assert faults_of(stage(demo, size=(1024, 700)), part) == {}
