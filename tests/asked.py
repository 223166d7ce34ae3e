"""Requests and contacts that tests begin with."""

from dataclasses import replace

from spokesdesk.domain.journal import Channel, Contact, ContactDraft, GivenForm
from spokesdesk.domain.requests import (
    GivenAnswer,
    Request,
    RequestDraft,
)
from spokesdesk.services import journal, requests
from spokesdesk.services.ports import Desk


def asked(desk: Desk, **changed: object) -> Request:
    draft = RequestDraft(
        channel=Channel.EMAIL,
        received_at=desk.now(),
        topic="Giá đất đền bù đường vành đai 4",
        outlet="Báo Tuổi Trẻ",
        journalist="Đặng Thị Đình Khuê",
        questions=("Đơn giá được phê duyệt ngày nào?", "Ai phê duyệt?"),
    )
    return requests.open_request(desk, replace(draft, **changed))[0]  # type: ignore[arg-type]


def given(desk: Desk, text: str = "Phê duyệt ngày 12/3.", **changed: object) -> GivenAnswer:
    return replace(GivenAnswer(text, GivenForm.EMAIL, "", desk.now()), **changed)  # type: ignore[arg-type]


def a_contact(desk: Desk, **changed: object) -> Contact:
    draft = ContactDraft(
        Channel.VISIT,
        desk.now(),
        "Báo Lao Động",
        "Vũ Quốc Huy",
        "Nước sạch nông thôn",
        questions=("Bao giờ có nước?",),
        answer_event="press_opinion_received",
    )
    return journal.log_contact(desk, replace(draft, **changed))[0]  # type: ignore[arg-type]


def request_of(desk: Desk, entry: Contact) -> Request:
    found = requests.of_contact(desk, entry.id)
    assert found is not None
    return requests.request(desk, found)


def faults(desk: Desk) -> list[object]:
    with desk.read() as unit:
        return list(unit.chain.body_faults())
