"""Files of erased data go from every desk and from the portal, and every place says so."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.journal import Attachment, Channel, ContactDraft
from spokesdesk.domain.privacy import Deletion, Scope
from spokesdesk.services import drafts, erased_files, journal, privacy, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.pairs import NAMES, Pair, differences, paired, well
from tests.typeset.poppler import text as pdf_text


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, portal: RunningPortal) -> Iterator[Pair]:
    with paired(tmp_path_factory.mktemp("pair"), portal) as made:
        yield made


@pytest.fixture
def own(shared: Pair) -> Pair:
    """Two desks in step."""
    shared.settle_down()
    return shared


def visit(desk: Desk, topic: str, *files: Attachment, name: str = "") -> UUID:
    at = desk.now() - timedelta(hours=1)
    draft = ContactDraft(
        Channel.PHONE, at, "Báo Z", name or f"Đỗ {secrets.token_hex(4)}", topic, attachments=files
    )
    return journal.log_contact(desk, draft)[0].id


def erased(desk: Desk, entry: UUID, scope: Scope = Scope.CONTENT) -> Deletion:
    person = journal.contact(desk, entry).journalist
    assert person is not None
    return privacy.erase(desk, person.id, privacy.law().delete[0].id, scope)[0]


def attached(own: Pair) -> tuple[UUID, Attachment]:
    """Give an entry of the first desk with a file that both desks and the portal have."""
    kept = own.first.files.put_bytes(secrets.token_bytes(5000), "ảnh hiện trường.jpg")
    entry = visit(own.first, "sạt lở", kept)
    own.settle_down()
    exchanged(own)
    assert own.second.files.has(kept.sha256)
    assert at_portal(own.portal, kept)
    return entry, kept


def exchanged(own: Pair) -> None:
    for desk in (own.first, own.second):
        report, _changes = sync.exchange_files(desk)
        assert report.fault is None


def at_portal(portal: RunningPortal, file: Attachment) -> bool:
    return any(path.name == file.sha256 for path in portal.data.rglob("*") if path.is_file())


def kept_in(desk: Desk, made: Deletion) -> list[int | None]:
    """Give how many files the portal, the first and the second desk say that they keep."""
    found = {place.name: place.held for place in erased_files.places(desk, made.id)}
    return [found[name] for name in ("", *NAMES)]


def test_its_files_are_gone_from_every_desk_and_the_portal_and_the_certificate_says_so(own: Pair) -> None:
    entry, file = attached(own)
    made = erased(own.second, entry)
    assert not own.second.files.has(file.sha256)
    assert kept_in(own.second, made) == [None, None, 0]
    own.settle_down()
    assert not own.first.files.has(file.sha256)
    assert not at_portal(own.portal, file)
    own.settle_down()
    for desk in (own.first, own.second):
        assert kept_in(desk, made) == [0, 0, 0]
        said = " ".join(pdf_text(privacy.certificate(desk, made.id)).split())
        assert said.count("không còn tệp nào") == 3
    assert differences(own.first, own.second) == []


def test_a_file_that_another_entry_names_stays_and_is_back_at_the_portal(own: Pair) -> None:
    entry, file = attached(own)
    visit(own.first, "bài khác, cùng một ảnh", file)
    made = erased(own.second, entry)
    well(own.second)
    assert not at_portal(own.portal, file)
    own.settle_down()
    exchanged(own)
    assert own.first.files.has(file.sha256)
    assert own.second.files.has(file.sha256)
    assert at_portal(own.portal, file)
    assert kept_in(own.second, made) == [0, 1, 0]


def test_a_file_that_is_being_attached_anew_waits_for_its_entry(own: Pair) -> None:
    entry, file = attached(own)
    draft_id = own.first.new_id()
    drafts.save(own.first, "journal", draft_id, {"attachments": [{"sha256": file.sha256}]})
    erased(own.second, entry)
    own.settle_down()
    assert own.first.files.has(file.sha256)
    drafts.drop(own.first, draft_id)
    well(own.first)
    assert not own.first.files.has(file.sha256)


def test_a_file_that_could_not_be_destroyed_is_tried_again(
    own: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, file = attached(own)
    erased(own.second, entry)
    well(own.second)
    with monkeypatch.context() as held_open:
        held_open.setattr(type(own.first.files), "destroy", refused)
        report, _changes = sync.run_round(own.first)
        assert report.fault is not None
        assert report.fault.code == "read_only"
    assert own.first.files.has(file.sha256)
    privacy.tidy(own.first)  # as the workspace is opened
    assert not own.first.files.has(file.sha256)


def refused(_files: object, _sha256: str) -> None:
    raise OutsideError("read_only", path="tệp")
