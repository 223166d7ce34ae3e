"""A page read again from the web: its text and its file by hash; taken down is a finding, a fault is said."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator

from spokesdesk.domain.coverage import Article, ArticleDraft
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.recaptures import Judged
from spokesdesk.outside.fetching import Fetcher
from spokesdesk.outside.web import Web
from spokesdesk.services import coverage, recaptures
from spokesdesk.services.ports import Desk
from tests.press_server import LONG, Press
from tests.services.articles import PUBLISHED, TEXT, claim


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    with Press(tmp_path_factory.mktemp("press")) as running:
        yield running


@pytest.fixture
def online(desk: Desk, press: Press) -> Desk:
    return replace(desk, web=Web(Fetcher(loopback_ports={press.port}, pace_s=0, patience_s=3)))


def found(desk: Desk, url: str) -> Article:
    draft = ArticleDraft("Báo Thử", "Mưa ngập", PUBLISHED, url=url, text=TEXT, claims=(claim(),))
    return coverage.add_article(desk, draft)[0]


def test_the_page_as_served_now_is_kept_whole_and_set_beside_the_stored_one(
    online: Desk, press: Press
) -> None:
    article = found(online, press.url("bai-1"))
    draft = recaptures.capture(online, article.id)
    assert LONG in draft.text
    assert draft.file is not None
    kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(online.files.read(draft.file.sha256)))]
    assert "response" in kinds
    made, _changes = recaptures.add(online, article.id, draft)
    view = recaptures.view(online, made.id)
    assert view.recapture.file == draft.file
    assert view.runs


@pytest.mark.parametrize("path", ["gone", "removed"])
def test_a_page_taken_down_is_a_finding(online: Desk, press: Press, path: str) -> None:
    article = found(online, press.url(path))
    draft = recaptures.capture(online, article.id)
    assert (draft.gone, draft.text, draft.file) == (True, "", None)
    made, _changes = recaptures.add(online, article.id, draft)
    sight = recaptures.view(online, made.id).hint("removed")
    assert sight is not None
    assert sight.hint is Judged.YES


def test_what_cannot_be_read_is_said(online: Desk, press: Press) -> None:
    nowhere = found(online, "")
    with pytest.raises(UserError):
        recaptures.capture(online, nowhere.id)
    away = found(online, "http://127.0.0.1:9/bai")
    with pytest.raises((OutsideError, UserError)):
        recaptures.capture(online, away.id)
    assert recaptures.of_article(online, away.id) == ()
