"""A real desk for tests: an encrypted workspace on the disk, made once and copied for each test.

Import the fixtures in a conftest: ``from tests.desks import desk, office, template``."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.people import Agency, Member, MemberDraft, Role
from spokesdesk.outside import sealing
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

PASSPHRASE = "cụm mật khẩu thử"
AGENCY = Agency(
    name="Sở Thông tin và Truyền thông",
    parent="UBND tỉnh Long An",
    place="Long An",
    symbol="STTTT",
    unit="TTBCXB",
    signer_authority=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer_name="Nguyễn Văn Ổn",
)
MEMBERS = (
    MemberDraft("Trần Minh Khuê", frozenset({Role.SPOKESPERSON, Role.ADMIN}), "Chánh Văn phòng"),
    MemberDraft("Lê Thị Ánh", frozenset({Role.DRAFTER}), "Chuyên viên"),
    MemberDraft("Nguyễn Văn Ổn", frozenset({Role.LEADER}), "Phó Giám đốc", pin="2468"),
    MemberDraft("Phạm Thị Ấn", frozenset({Role.REGISTRY}), "Văn thư"),
)


@dataclass(frozen=True)
class Office:
    """One desk seen by each of its four people."""

    folder: Path
    spokesperson: Desk
    drafter: Desk
    leader: Desk
    registry: Desk


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of four people, made once."""
    folder = tmp_path_factory.mktemp("template") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        # What a passphrase costs is tested in tests/outside; here it would be paid at every opening.
        patch.setattr(sealing, "COST", (64, 1, 1))
        desk, _recovery_key = bootstrap.create(folder, AGENCY, MEMBERS, passphrase=PASSPHRASE)
    desk.close()
    return folder


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the workspace, open, with the spokesperson (who is the admin) at work."""
    opened = bootstrap.open_desk(copied(template, tmp_path), passphrase=PASSPHRASE)
    try:
        yield opened.working_as(named(opened, "Trần Minh Khuê"))
    finally:
        opened.close()


@pytest.fixture
def office(desk: Desk) -> Office:
    """The same desk with each of its people at work."""
    by_name = {member.name: desk.working_as(member) for member in people.members(desk)}
    return Office(
        desk.keeper.folder,
        by_name["Trần Minh Khuê"],
        by_name["Lê Thị Ánh"],
        by_name["Nguyễn Văn Ổn"],
        by_name["Phạm Thị Ấn"],
    )


def copied(template: Path, tmp_path: Path) -> Path:
    """Give a copy of the template workspace."""
    folder = tmp_path / "workspace"
    shutil.copytree(template, folder)
    return folder


def named(desk: Desk, name: str) -> Member:
    """Give the member of that name."""
    return next(member for member in people.members(desk) if member.name == name)
