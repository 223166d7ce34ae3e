"""The chain holds any journal, and no single change goes unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.chain import Link, canonical, commitment, faults, next_link

START = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
BODIES = st.lists(
    st.dictionaries(st.sampled_from(["topic", "given", "n"]), st.text(max_size=20)), min_size=2, max_size=12
)


def chain_of(bodies: list[dict[str, str]]) -> list[Link]:
    links: list[Link] = []
    for number, body in enumerate(bodies):
        committed = commitment(bytes([number]) * 32, body)
        last = links[-1] if links else None
        links.append(
            next_link(last, "contact", UUID(int=number + 1), START + timedelta(minutes=number), committed)
        )
    return links


@given(BODIES)
def test_a_chain_as_written_has_no_fault(bodies: list[dict[str, str]]) -> None:
    assert faults(chain_of(bodies)) == []


@given(BODIES, st.data())
def test_one_altered_link_shows(bodies: list[dict[str, str]], data: st.DataObject) -> None:
    links = chain_of(bodies)
    place = data.draw(st.integers(0, len(links) - 1))
    altered = data.draw(
        st.sampled_from(
            [
                {"commitment": b"\x00" * 32},
                {"at": START - timedelta(days=1)},
                {"entry": UUID(int=10**6)},
                {"kind": "article"},
            ]
        )
    )
    links[place] = replace(links[place], **altered)  # type: ignore[arg-type]
    assert any(fault.n == links[place].n for fault in faults(links))


@given(BODIES, st.data())
def test_a_missing_or_moved_link_shows(bodies: list[dict[str, str]], data: st.DataObject) -> None:
    links = chain_of(bodies)
    place = data.draw(st.integers(0, len(links) - 2))
    assert faults(links[:place] + links[place + 1 :])
    links[place], links[place + 1] = links[place + 1], links[place]
    assert faults(links)


def test_the_salt_hides_a_guessable_body() -> None:
    body = {"topic": "Giá đất"}
    assert commitment(b"a" * 32, body) != commitment(b"b" * 32, body)


def test_a_body_has_one_form_whatever_the_order_of_its_fields() -> None:
    assert canonical({"b": 1, "a": "Ấ"}) == canonical({"a": "Ấ", "b": 1}) == '{"a":"Ấ","b":1}'.encode()
