"""The page of rules: library, own entries, duties; packs in the settings; from a deadline to its instrument."""

from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest

from spokesdesk import assets
from spokesdesk.gui.law import LawScreen
from spokesdesk.gui.law.screen import FORM, LIBRARY
from spokesdesk.gui.prefs.packs import PacksSection
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.services import duties, library, rulepacks
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.desk_fixtures import said
from tests.gui.realcase import type_text
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def law_page(opened: Stage) -> LawScreen:
    opened.window.ask("go:law")
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, LawScreen)
    return screen


def test_a_citation_opens_its_instrument_with_its_doubt_and_rules(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    opened.window.ask("law:khoản 3 Điều 18 Nghị định số 237/2026/NĐ-CP")
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, LawScreen)
    shown = said(screen.library)
    assert "Nghị định số 237/2026/NĐ-CP" in shown
    assert "chưa xác minh" in shown
    assert "khoản 3 Điều 18" in shown


def test_an_instrument_is_written_found_taken_out_and_put_back(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    opened = stage(desk)
    page = law_page(opened)
    page.new()
    page.save()
    settle(opened.courier)
    assert [field.name for field in page.form._fields if field.error()] == ["law_name"]
    type_text(page.form._texts["law_name"], "Quyết định số 12/2026/QĐ-UBND")
    type_text(page.form._texts["law_title"], "Quy chế phát ngôn của thành phố")
    type_text(page.form._days["law_from"], "10/8/2026")
    page.form._text.setPlainText("Điều 5. Người phát ngôn trả lời trong 03 ngày.")
    file = tmp_path / "bản ký.pdf"
    file.write_bytes(b"%PDF-1.7")
    page.form.take_file(str(file))
    settle(opened.courier)
    page.save()
    settle(opened.courier)
    assert page._stack.currentIndex() == LIBRARY
    assert "trả lời trong 03 ngày" in said(page.library)
    page.library.export_to(str(tmp_path / "ra.pdf"))
    settle(opened.courier)
    assert (tmp_path / "ra.pdf").read_bytes() == b"%PDF-1.7"
    page.library.drop()
    settle(opened.courier)
    assert not [one for one in library.items(desk) if not one.is_pack]
    opened.control._toast._undone()
    settle(opened.courier)
    assert [one.name for one in library.items(desk) if not one.is_pack] == ["Quyết định số 12/2026/QĐ-UBND"]


def test_what_is_typed_is_kept_until_it_is_saved(stage: Open, desk: Desk) -> None:
    from spokesdesk.services import drafts

    opened = stage(desk)
    page = law_page(opened)
    page.new()
    type_text(page.form._texts["law_name"], "Quyết định số 7")
    page.flush()
    settle(opened.courier)
    (draft,) = drafts.all_drafts(desk)
    page.go(LIBRARY)
    page.restore(draft)
    assert page._stack.currentIndex() == FORM
    assert page.form._texts["law_name"].text() == "Quyết định số 7"


def test_duties_are_marked_taken_back_and_written_to_a_calendar(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    duties.set_agency_kind(desk, "province")
    opened = stage(desk)
    page = law_page(opened)
    page.duties_button.click()
    shown = said(page.duties)
    assert "Họp báo ít nhất 3 tháng một lần" in shown
    assert "Số liệu từ 15/12" in shown
    first = duties.upcoming(desk)[0]
    page.duties.mark(first)
    settle(opened.courier)
    assert duties.upcoming(desk)[0].done_on is not None
    assert "Đã làm ngày" in said(page.duties)
    opened.control._toast._undone()
    settle(opened.courier)
    assert duties.upcoming(desk)[0].done_on is None
    page.duties.export_to(str(tmp_path / "lich.ics"))
    settle(opened.courier)
    assert icalendar.Calendar.from_ical((tmp_path / "lich.ics").read_bytes()).walk("VEVENT")


def packs(opened: Stage) -> PacksSection:
    opened.control.create("rule_pack")
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, SettingsScreen)
    return next(one for one in screen._sections if isinstance(one, PacksSection) and one.isVisible())


def test_a_pack_is_looked_at_taken_and_put_away(stage: Open, desk: Desk, tmp_path: Path) -> None:
    opened = stage(desk)
    section = packs(opened)
    hue = assets.path("samples", "quy-dinh-hue.toml")
    spoilt = tmp_path / "hỏng.toml"
    spoilt.write_text(hue.read_text(encoding="utf-8").replace("local", "law"), encoding="utf-8")
    section.look(str(spoilt))
    settle(opened.courier)
    assert "chữ ký" in said(section.problem)
    assert section._new.isHidden()
    section.look(str(hue))
    settle(opened.courier)
    assert "Quy tắc mới hoặc đổi: 3" in said(section._new)
    assert rulepacks.packs(desk) == ()
    section.take_button.click()
    settle(opened.courier)
    assert [pack.kind for pack in rulepacks.packs(desk)] == ["local"]
    assert "địa phương" in said(section)
    opened.control._toast._undone()
    settle(opened.courier)
    assert rulepacks.packs(desk) == ()


def test_only_an_admin_takes_a_pack_and_is_told_so(stage: Open, office: Office) -> None:
    opened = stage(office.drafter)
    section = packs(opened)
    section.look(str(assets.path("samples", "quy-dinh-hue.toml")))
    settle(opened.courier)
    section.take()
    settle(opened.courier)
    assert said(section.problem)
    assert rulepacks.packs(office.drafter) == ()


@pytest.mark.parametrize("way", WAYS)
def test_the_fields_of_the_page_take_vietnamese(stage: Open, desk: Desk, way: str) -> None:
    opened = stage(desk)
    page = law_page(opened)
    opened.window.activateWindow()
    faults = [fault for field in fields_of(page) if field.isVisible() and (fault := check_field(field, way))]
    page.new()
    settle(opened.courier)
    faults += [fault for field in fields_of(page) if field.isVisible() and (fault := check_field(field, way))]
    assert faults == []
