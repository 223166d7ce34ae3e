"""Connecting a desk to a portal: once, with a code, over a line that can be trusted."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk.domain.errors import AccessError, ConflictError, DeskError, UserError
from spokesdesk.domain.people import Role
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk
from tests.pki import self_signed
from tests.server.running import RunningPortal


def enrolled(desk: Desk, portal: RunningPortal) -> None:
    sync.connect(desk, portal.url, portal.quick_code(f"Sở {secrets.token_hex(5)}"))


def test_a_second_enrolment_is_refused(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    with pytest.raises(ConflictError, match="already_enrolled"):
        enrolled(desk, portal)


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "NOPE", " ", "A" * 65])
def test_a_refused_code_leaves_the_desk_as_it_was(desk: Desk, portal: RunningPortal, code: str) -> None:
    with pytest.raises(AccessError, match="enrol_code_unknown"):
        sync.connect(desk, portal.url, code)
    assert sync.state(desk).portal == ""
    enrolled(desk, portal)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://cong.longan.gov.vn", "portal_url_insecure"),
        ("http://127.0.0.1.cong.vn", "portal_url_insecure"),
        ("ftp://127.0.0.1", "portal_url_form"),
        ("cong.longan.gov.vn", "portal_url_form"),
        ("https://ten:matkhau@cong.vn", "portal_url_form"),
        ("https://[cong", "portal_url_form"),
        ("", "portal_url_form"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(desk: Desk, address: str, code: str) -> None:
    with pytest.raises(UserError, match=code):
        sync.connect(desk, address, "AAAA-BBBB-CCCC-DDDD")


def test_only_an_administrator_connects_the_desk(desk: Desk, portal: RunningPortal) -> None:
    drafter = replace(desk.member, roles=frozenset({Role.DRAFTER}))
    with pytest.raises(AccessError, match="role_needed"):
        sync.connect(desk.working_as(drafter), portal.url, portal.quick_code("Sở Vai Trò"))


def test_a_portal_whose_certificate_nobody_vouches_for_is_not_believed(
    desk: Desk, own_portal: RunningPortal, tmp_path: Path
) -> None:
    certificate, key = self_signed(tmp_path)
    own_portal.options = ("--tls-cert", str(certificate), "--tls-key", str(key))
    own_portal.start()
    with pytest.raises(DeskError, match="portal_certificate"):
        sync.connect(desk, own_portal.url, "AAAA-BBBB-CCCC-DDDD")
