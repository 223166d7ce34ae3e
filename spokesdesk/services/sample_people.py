"""Sample outlets and journalists: a handful for a demonstration, or as many as a whole country's press."""

import random
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.services.ports import Desk, Unit

FEW = 20
BATCH = 500
_PRESS_KINDS = (OutletKind.DAILY, OutletKind.BROADCAST, OutletKind.ONLINE)


@cache
def words(name: str) -> dict[str, Any]:
    """Give the words of a sample file: ``desk`` (demonstration) or ``many``."""
    return tomllib.loads(assets.read_text("samples", f"{name}.toml"))


def sample_people(
    desk: Desk, wanted: int, chance: random.Random, told: Callable[[int], bool]
) -> list[Journalist] | None:
    """Give the journalists there are, after adding sample ones until there are as many as wanted.

    Args:
        wanted: journalists; a few are made where there are fewer than 20.
        told: called with the number there are after each batch; False stops there.

    Returns:
        None when it was stopped.
    """
    with desk.write() as unit:
        known = list(unit.people.journalists())
        if len(known) >= max(wanted, FEW):
            return known
        outlets = _outlets(desk, unit, wanted)
    full = max(wanted, FEW * 2)
    while len(known) < full:
        with desk.write() as unit:
            batch = min(BATCH, full - len(known))
            for place in range(len(known), len(known) + batch):
                made = _journalist(desk, outlets[place % len(outlets)], chance)
                unit.people.save_journalist(made)
                known.append(made)
        if not told(len(known)):
            return None
    return known


def _outlets(desk: Desk, unit: Unit, wanted: int) -> list[Outlet]:
    named = [(item["name"], OutletKind(item["kind"])) for item in words("desk")["outlets"]]
    if wanted > FEW * len(named):
        many = words("many")["outlets"]
        for press, kind in zip(many["press"], _PRESS_KINDS, strict=True):
            named += [(f"{press} {province}", kind) for province in many["provinces"]]
        named += [(f"Tạp chí {field}", OutletKind.MAGAZINE) for field in many["fields"]]
    return [_outlet(desk, unit, name, kind) for name, kind in named]


def _outlet(desk: Desk, unit: Unit, name: str, kind: OutletKind) -> Outlet:
    found = unit.people.outlets_named(name)
    if found:
        return found[0]
    made = Outlet(desk.new_id(), name, kind, head_title="Tổng Biên tập")
    unit.people.save_outlet(made)
    return made


def _journalist(desk: Desk, outlet: Outlet, chance: random.Random) -> Journalist:
    names = words("desk")["names"]
    middle = " ".join(chance.sample(names["middle"], chance.choice((1, 1, 2))))
    return Journalist(
        desk.new_id(),
        f"{chance.choice(names['family'])} {middle} {chance.choice(names['given'])}",
        outlet.ref,
        phone=f"09{chance.randrange(10**8):08d}",
        card_number=f"IBT{chance.randrange(10**5):05d}",
        card_issued_on=date(2026, chance.randrange(1, 7), chance.randrange(1, 28)),
    )
