"""The settings of sending: what is typed is kept, the password where nobody reads it, wrong fields named."""

from collections.abc import Callable

import pytest

from spokesdesk.domain.sending import MailServer
from spokesdesk.gui.prefs.mail import MailSection
from spokesdesk.services import sending
from tests.desks import Office
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


@pytest.fixture
def opened(stage: Open, office: Office) -> Stage:
    return stage(office.spokesperson, first="settings")


def section_of(opened: Stage) -> MailSection:
    found: list[MailSection] = list(opened.window.findChildren(MailSection))
    (section,) = found
    return section


def test_server_password_and_code_are_kept(opened: Stage, office: Office) -> None:
    section = section_of(opened)
    assert section.port.text() == "587"
    section.host.setText("mail.coquan.gov.vn")
    section.user.setText("vp")
    section.origin.setText("vp@coquan.gov.vn")
    section.password.setText("bí mật")
    section.organ.setText("h35.11")
    section.save()
    settle(opened.courier)
    assert section.password.text() == ""
    server = MailServer("mail.coquan.gov.vn", 587, "vp", "vp@coquan.gov.vn")
    assert sending.mail_server(office.leader) == server
    assert sending.organ_id(office.leader) == "H35.11"
    assert office.leader.device_keys.get(sending.PASSWORD) == "bí mật".encode()
    section.port.setText("465")
    section.save()
    settle(opened.courier)
    assert office.leader.device_keys.get(sending.PASSWORD) == "bí mật".encode()


def test_wrong_fields_are_named(opened: Stage, office: Office) -> None:
    section = section_of(opened)
    section.host.setText("mail.coquan.gov.vn")
    section.origin.setText("vp@coquan.gov.vn")
    for edit, wrong in ((section.port, "cổng"), (section.origin, "vp"), (section.organ, "sai")):
        right = edit.text()
        edit.setText(wrong)
        section.save()
        settle(opened.courier)
        assert edit.property("wrong"), wrong
        edit.setText(right)
