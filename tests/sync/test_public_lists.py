"""A list posted at the desk stands on the portal's public page, whichever of the agency's desks posted it."""

from datetime import timedelta
from pathlib import Path

import pytest

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.spokespeople import AuthorisationDraft, SpeakerKind
from spokesdesk.server import lists
from spokesdesk.services import rosters, spokespeople, sync
from spokesdesk.services.ports import Desk
from spokesdesk.services.rosters import Roster
from tests.server.running import RunningPortal
from tests.sync.pairs import paired


def test_what_a_desk_posts_the_public_reads(tmp_path: Path, portal: RunningPortal) -> None:
    with paired(tmp_path, portal) as pair:
        since = vn_day(pair.first.now()) - timedelta(days=3)
        head = AuthorisationDraft(
            SpeakerKind.HEAD, "Lê Văn Ổn", since, post="Giám đốc", phone="0272 3826 123"
        )
        made, _changes = spokespeople.authorise(pair.first, head)
        rosters.post(pair.first, Roster.SPOKESPEOPLE)
        pair.settle_down()
        with portal.engine.connect() as connection:
            [key] = [one.key for one in lists.agencies(connection) if one.name == pair.agency]
        shown = portal.get(f"/co-quan/{key}").text
        assert "Lê Văn Ổn" in shown
        assert "0272 3826 123" in shown
        states = {row.entity: row.state for row in sync.ledger(pair.first, every=True)}
        assert states["public-list"] == "accepted"
        spokespeople.end(pair.second, made.id, vn_day(pair.second.now()) - timedelta(days=1), remark="nghỉ")
        rosters.post(pair.second, Roster.SPOKESPEOPLE)
        pair.settle_down()
        gone = portal.get(f"/co-quan/{key}").text
        assert "Lê Văn Ổn" not in gone
        assert "Danh sách hiện không có ai." in gone


def test_without_a_portal_nothing_is_posted(desk: Desk) -> None:
    with pytest.raises(WaitError, match="not_enrolled"):
        rosters.post(desk, Roster.SPOKESPEOPLE)
