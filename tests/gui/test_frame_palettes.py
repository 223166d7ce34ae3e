"""Every screen is drawn in both palettes, on the ground of that palette."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from spokesdesk.gui.theme import Theme
from spokesdesk.services.ports import Desk
from tests.gui.gallery.pictures import shown, tidy
from tests.gui.looked import PARTS, part_of
from tests.gui.stage import Stage, settle


@pytest.fixture(autouse=True)
def light_before_and_after(theme: Theme) -> Iterator[None]:
    theme.use("light")
    yield
    theme.use("light")


@pytest.mark.parametrize("part", PARTS)
def test_every_screen_is_drawn_in_both_palettes(
    stage: Callable[..., Stage], demo: Desk, theme: Theme, part: int
) -> None:
    opened = stage(demo)
    for picture in part_of(part):
        if "-" in picture.name:
            continue
        tidy(opened)
        picture.prepare(opened)
        settle(opened.courier)
        # Prepared in the palette that the one before left, and switched once while it is seen.
        grounds = {}
        for palette in ("light", "dark")[:: 1 if theme.wanted == "light" else -1]:
            theme.use(palette)
            settle(opened.courier)
            image = shown(opened).grab().toImage()
            spots = product(range(0, image.width(), 7), range(0, image.height(), 11))
            colours = {image.pixelColor(x, y).rgb() for x, y in spots}
            assert len(colours) > 8, f"{picture.name} is empty in the {palette} palette"
            grounds[palette] = image.pixelColor(image.width() - 3, image.height() - 40).lightness()
        assert grounds["dark"] < 64, f"{picture.name} keeps a light ground"
        assert grounds["light"] > 192, f"{picture.name} keeps a dark ground"
