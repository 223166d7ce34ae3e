"""Other places that publish, in the settings: added, tried, taken away, each fault at its field."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk.domain.elsewhere import ElsewhereKind
from spokesdesk.domain.people import Role
from spokesdesk.gui.prefs.elsewhere import ElsewhereCard
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


@pytest.fixture
def desk_of_one(office: Office) -> Desk:
    """The desk with one person in every role."""
    return office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))


def card_of(stage: Stage) -> ElsewhereCard:
    found: list[ElsewhereCard] = list(stage.window.findChildren(ElsewhereCard))
    return found[0]


def wrong(card: ElsewhereCard) -> list[str]:
    return [field.name for field in card.fields if field.error()]


def test_a_folder_is_tried_added_tried_again_and_taken_away(
    stage: Open, desk_of_one: Desk, tmp_path: Path
) -> None:
    opened = stage(desk_of_one, first="settings")
    card = card_of(opened)
    card.add_place()
    settle(opened.courier)
    assert wrong(card) == ["name"]
    card.name_edit.setText("Trang tỉnh")
    card.address.setText(str(tmp_path / "khong-co"))
    card.add_place()
    settle(opened.courier)
    assert wrong(card) == ["address"]
    folder = tmp_path / "tha"
    folder.mkdir()
    card.address.setText(str(folder))
    card.add_place()
    settle(opened.courier)
    assert card.said.accessibleName() == "Đã thêm Trang tỉnh; nơi này trả lời tốt."
    [place] = sync.elsewhere(desk_of_one)[0]
    assert place.address == str(folder)
    buttons: list[LinkButton] = list(card.findChildren(LinkButton))
    assert {"Thử Trang tỉnh", "Bỏ Trang tỉnh"} <= {button.accessibleName() for button in buttons}
    card.try_place(place)
    settle(opened.courier)
    assert card.said.accessibleName() == "Trang tỉnh trả lời tốt."
    away = folder.rename(tmp_path / "di-vang")
    card.try_place(place)
    settle(opened.courier)
    assert "không phải là thư mục" in card.said.accessibleName() + "".join(
        field.error() for field in card.fields
    )
    away.rename(folder)
    card.remove(place)
    settle(opened.courier)
    assert sync.elsewhere(desk_of_one)[0] == ()


def test_a_site_that_is_not_safe_to_speak_to_is_said_at_its_address(stage: Open, desk_of_one: Desk) -> None:
    opened = stage(desk_of_one, first="settings")
    card = card_of(opened)
    card.kind.set_value(ElsewhereKind.WORDPRESS)
    assert not card.fields[3].isHidden()
    card.name_edit.setText("Trang sở")
    card.address.setText("http://so.vi.du")
    card.account.setText("a")
    card.password.setText("b")
    card.add_place()
    settle(opened.courier)
    assert wrong(card) == ["address"]


def test_only_an_administrator_adds_a_place(stage: Open, office: Office) -> None:
    opened = stage(office.drafter, first="settings")
    assert not card_of(opened).button.isEnabled()
