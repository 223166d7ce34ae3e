"""Feeds as readers of feeds take them: valid by the standards, read by a reader that is not ours, fetched once."""

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import jsonschema  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa
from lxml import etree
from trafilatura import feeds

from spokesdesk.server import lists
from spokesdesk.server.tables import release
from tests.server.running import RunningPortal

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = {"type": "string", "pattern": r"^https?://\S+$"}
MOMENT = {"type": "string", "format": "date-time", "pattern": r"T.*(Z|[+-]\d\d:\d\d)$"}
AUTHOR = {
    "type": "object",
    "properties": {"name": {"type": "string", "minLength": 1}, "url": ADDRESS, "avatar": ADDRESS},
    "minProperties": 1,
    "additionalProperties": False,
}
# JSON Feed 1.1 (jsonfeed.org/version/1.1), as far as its words bind; nothing beside what it names.
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items", "home_page_url", "feed_url"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": {"type": "string"},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "authors": {"type": "array", "items": AUTHOR},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": ADDRESS,
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_text": {"type": "string", "minLength": 1},
                    "content_html": {"type": "string", "minLength": 1},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "authors": {"type": "array", "items": AUTHOR, "minItems": 1},
                    "language": {"type": "string"},
                    "attachments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["url", "mime_type"],
                            "additionalProperties": False,
                            "properties": {
                                "url": ADDRESS,
                                "mime_type": {"type": "string", "pattern": "^[^/;\\s]+/[^/;\\s]+$"},
                                "title": {"type": "string"},
                                "size_in_bytes": {"type": "integer", "minimum": 0},
                            },
                        },
                    },
                },
            },
        },
    },
}
PUBLIC = "https://longan.gov.vn"
HARD = """<b>"Đất" & 'nước'</b> ]]> &lt;i&gt; 😀"""


@pytest.fixture(scope="module")
def places(embedded_portal: RunningPortal) -> tuple[str, ...]:
    """Where feeds are, of a portal with releases that are hard to write down; of an agency with none, too."""
    device, mark = embedded_portal.device(), secrets.token_hex(3)
    old = device.publish(f"Bản sai {HARD} {mark}", text=[HARD, "Đoạn hai.\nDòng hai."])
    device.publish(f"Bản đúng {mark}", corrects=str(old.op.rec))
    device.publish(f"Không có lời {mark}", text=[])
    long_ago = sa.update(release).where(release.c.title.like(f"Không có lời {mark}"))
    with embedded_portal.engine.begin() as connection:
        times = {name: datetime(2026, 3, 5, 7, tzinfo=UTC) for name in ("published_at", "updated_at")}
        connection.execute(long_ago.values(times))
    silent = embedded_portal.device()
    agencies = (lists.Agency(one.journal, one.place.agency).key for one in (device, silent))
    return ("", *(f"/co-quan/{key}" for key in agencies))


def atom(portal: RunningPortal, place: str) -> Any:
    answer = portal.get(f"{place}/feed.atom")
    assert answer.headers["content-type"].split(";")[0] == "application/atom+xml"
    return etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False, no_network=True))


def test_every_atom_feed_is_what_the_standard_lets_it_be(
    embedded_portal: RunningPortal, places: tuple[str, ...]
) -> None:
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    for place in places:
        feed = atom(embedded_portal, place)
        schema.assertValid(feed)
        ids = [one.text for one in feed.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids), "no two entries, and no entry and the feed, are one"
        moments = [
            datetime.fromisoformat(one.findtext(f"{ATOM}updated"))
            for one in (feed, *feed.findall(f"{ATOM}entry"))
        ]
        assert moments[0] == max(moments[1:], default=moments[0])
        for entry in feed.findall(f"{ATOM}entry"):
            said = [
                datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated")
            ]
            assert said == sorted(said)
            # RFC 4287, 4.1.2: an entry without content needs a link that stands for it; none says the same twice.
            links = [
                (one.get("rel"), one.get("type"), one.get("hreflang")) for one in entry.iter(f"{ATOM}link")
            ]
            assert ("alternate", "text/html", None) in links
            assert len(set(links)) == len(links)
        [own] = [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
        assert own == f"{embedded_portal.url}{place}/feed.atom"


def test_every_json_feed_is_what_its_standard_lets_it_be(
    embedded_portal: RunningPortal, places: tuple[str, ...]
) -> None:
    for place in places:
        answer = embedded_portal.get(f"{place}/feed.json")
        assert answer.headers["content-type"].split(";")[0] == "application/feed+json"
        feed = answer.json()
        jsonschema.Draft202012Validator(
            JSON_FEED, format_checker=jsonschema.FormatChecker(["date-time"])
        ).validate(feed)
        assert feed["feed_url"] == f"{embedded_portal.url}{place}/feed.json"
        ids = [one["id"] for one in feed["items"]]
        assert len(set(ids)) == len(ids)
        # Both feeds speak of the same things under the same names.
        assert ids == [one.findtext(f"{ATOM}id") for one in atom(embedded_portal, place).iter(f"{ATOM}entry")]


@pytest.mark.parametrize("form", ["atom", "json"])
def test_a_reader_that_is_not_ours_finds_every_release(
    embedded_portal: RunningPortal, places: tuple[str, ...], form: str
) -> None:
    told = feeds.FeedParameters(PUBLIC, PUBLIC.removeprefix("https://"), f"{PUBLIC}/")
    for place in places:
        # It follows no addresses of one machine.
        feed, known = (
            embedded_portal.get(f"{place}/feed.{kind}").text.replace(embedded_portal.url, PUBLIC)
            for kind in (form, "json")
        )
        addresses = {one["url"] for one in json.loads(known)["items"]}
        assert addresses <= set(feeds.extract_links(feed, told))


@pytest.mark.parametrize("form", ["atom", "json"])
def test_a_feed_that_has_not_changed_is_not_sent_again(
    embedded_portal: RunningPortal, places: tuple[str, ...], form: str
) -> None:
    address = f"{embedded_portal.url}{places[1]}/feed.{form}"
    first = httpx.get(address, trust_env=False)
    again = httpx.get(address, headers={"if-none-match": first.headers["etag"]}, trust_env=False)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = httpx.get(address, headers={"if-none-match": '"x"'}, trust_env=False)
    assert (other.status_code, other.content) == (200, first.content)
