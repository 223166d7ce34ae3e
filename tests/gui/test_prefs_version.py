"""The page of versions: a quiet line, what is new, fetched and used from the next start; licences."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from spokesdesk import assets
from spokesdesk.domain.updates import Channel
from spokesdesk.gui.prefs.version import VersionSection
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import updates
from tests.desks import Office
from tests.gui.stage import Stage, settle
from tests.outside.publisher import Publisher
from tests.outside.updating import Machine

Open = Callable[..., Stage]


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "publisher")


@pytest.fixture
def machine(tmp_path: Path, publisher: Publisher) -> Machine:
    return Machine(tmp_path / "machine", publisher.begin())


@pytest.fixture
def opened(stage: Open, office: Office, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The window of a program that is installed in its own folder."""
    monkeypatch.setattr(
        "spokesdesk.gui.session.Session.updates", lambda _self: (machine.updates, machine.settings)
    )
    return stage(office.spokesperson, first="settings")


def section_of(opened: Stage) -> VersionSection:
    screen = opened.control.pages.current()
    assert isinstance(screen, SettingsScreen)
    screen.new("version")
    settle(opened.courier)
    found: list[VersionSection] = list(opened.window.findChildren(VersionSection))
    (section,) = found
    assert section.isVisible()
    return section


def test_a_quiet_line_leads_to_the_page_and_two_presses_bring_the_new_version(
    opened: Stage, machine: Machine, publisher: Publisher
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(500_000))
    news = opened.control.new_version
    news.look()
    settle(opened.courier)
    assert news.link.isHidden()  # nobody has said where to look
    section = section_of(opened)
    assert "0.1.0" in section.version.text()
    assert section.fetch.isHidden()
    section.take_from(str(publisher.site))
    settle(opened.courier)
    assert section.problem.isHidden()
    assert "0.2.0" in section.news.accessibleName()
    assert section.fetch.isHidden()
    assert "0.1.0" in section.back.text()
    assert machine.starts() == "0.2.0"
    news.look()
    settle(opened.courier)
    assert "0.2.0" in news.link.text()
    assert not news.link.isHidden()
    section.go_back()
    settle(opened.courier)
    assert machine.starts() == "0.1.0"


def test_a_version_that_did_not_come_up_is_told_of_when_the_desk_opens(
    opened: Stage, machine: Machine, publisher: Publisher
) -> None:
    publisher.publish("0.2.0")
    machine.get(place=publisher.site)
    machine.apply()
    assert [machine.starts(), machine.starts()] == ["0.2.0", "0.1.0"]
    opened.control.new_version.start()
    settle(opened.courier)
    notes: list[Note] = list(opened.window.findChildren(Note))
    told = [note.accessibleName() for note in notes if note.isVisible()]
    assert [text for text in told if "0.2.0" in text and "0.1.0" in text], told
    opened.control.new_version.look()
    settle(opened.courier)
    assert machine.folders() == ["current", "program", "spokesdesk"]


def test_what_was_found_is_shown_with_what_is_new_and_fetched_with_one_press(
    opened: Stage, machine: Machine, publisher: Publisher
) -> None:
    section = section_of(opened)
    section.look()
    settle(opened.courier)
    assert "địa chỉ" in section.problem.accessibleName()
    publisher.publish("0.2.0")
    found = updates.check(machine.updates, machine.settings, publisher.site)
    section._looked(found)
    opened.control.new_version.show(found)
    assert "Điều mới của 0.2.0" in section.news.accessibleName()
    assert section.fetch.isVisible()
    link = opened.control.new_version.link
    assert link.text() == "Có bản mới 0.2.0"
    opened.control.navigate("today")
    link.click()
    settle(opened.courier)
    assert section.isVisible()


def test_a_forged_list_is_refused_in_words_and_everything_can_be_tried_again(
    opened: Stage, machine: Machine, publisher: Publisher
) -> None:
    publisher.publish("0.2.0")
    (held,) = (publisher.site / "targets").iterdir()
    held.write_bytes(b"x" + held.read_bytes()[1:])
    section = section_of(opened)
    section.take_from(str(publisher.site))
    settle(opened.courier)
    assert "không khớp" in section.problem.accessibleName()
    assert not section.bar.is_running()
    assert section.search.isEnabled()
    assert machine.starts() == "0.1.0"


def test_how_to_look_is_kept_and_wrong_addresses_are_named(opened: Stage, machine: Machine) -> None:
    section = section_of(opened)
    section.address.setText("ftp://may")
    section.save()
    settle(opened.courier)
    assert section.address.property("wrong")
    section.address.setText("https://ban-moi.coquan.gov.vn")
    section.channel.set_value(Channel.TRIAL.value)
    section.proxy.setText("http://proxy.coquan.gov.vn:3128")
    section.auto.setChecked(False)
    section.save()
    settle(opened.courier)
    kept = updates.Wishes(
        Channel.TRIAL, "https://ban-moi.coquan.gov.vn", "http://proxy.coquan.gov.vn:3128", False
    )
    assert updates.wishes(machine.settings) == kept


def test_apts_program_is_only_told_of(
    stage: Open, office: Office, tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(tmp_path / "deb", publisher.begin(), kind="deb")
    monkeypatch.setattr(
        "spokesdesk.gui.session.Session.updates", lambda _self: (machine.updates, machine.settings)
    )
    publisher.publish("0.2.0")
    section = section_of(stage(office.spokesperson, first="settings"))
    section._looked(updates.check(machine.updates, machine.settings, publisher.site))
    assert "apt" in section.kept.text()
    assert "0.2.0" in section.news.accessibleName()
    assert section.fetch.isHidden()
    assert section.stick.isHidden()


def test_changes_and_licences_are_shown(opened: Stage, qtbot: QtBot) -> None:
    from spokesdesk.services import parts

    section = section_of(opened)
    changes = section.show_changes()
    settle(opened.courier)
    assert "0.1.0" in changes.text.toPlainText()
    changes.close()
    broken: list[object] = []
    opened.courier.crashed.connect(broken.append)
    sheet = section.show_licences()
    qtbot.waitUntil(lambda: sheet.list.count() > 0 or bool(broken), timeout=20_000)
    assert not broken
    names = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    known = parts.parts()
    assert names == [f"{part.name} {part.version}".strip() for part in known]
    row, part = next((row, part) for row, part in enumerate(known) if parts.licence_text(part))
    sheet.list.setCurrentRow(row)
    qtbot.waitUntil(lambda: parts.licence_text(part)[:60].strip() in sheet.text.toPlainText(), timeout=20_000)
    sheet.close()


def test_an_installed_program_shows_the_list_and_the_texts_it_came_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spokesdesk.services import parts

    one = {"name": "lxml", "version": "6.1", "licenses": [{"license": {"name": "BSD-3-Clause"}}]}
    (tmp_path / "parts.cdx.json").write_text(json.dumps({"components": [one, one, {"name": "X.ttf"}]}))
    (tmp_path / "licences" / "lxml").mkdir(parents=True)
    (tmp_path / "licences" / "lxml" / "LICENSE").write_text("Được dùng.", encoding="utf-8")
    monkeypatch.setattr(assets, "program_folder", lambda: tmp_path)
    found = parts.parts()
    assert [(part.name, part.version, part.licence) for part in found] == [
        ("lxml", "6.1", "BSD-3-Clause"),
        ("X.ttf", "", ""),
    ]
    assert parts.licence_text(found[0]) == "Được dùng."
    assert parts.licence_text(found[1]) == ""
    shutil.rmtree(tmp_path / "licences")
    assert parts.licence_text(found[0]) == ""
