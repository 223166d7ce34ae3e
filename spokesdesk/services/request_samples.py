"""Believable requests for the demonstration workspace."""

import tomllib
from datetime import timedelta
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.requests import AskerKind, GivenAnswer, RequestDraft
from spokesdesk.services import requests
from spokesdesk.services.ports import Desk


def furnish_requests(desk: Desk) -> None:
    """Write requests of every kind: answered, due today, by the law, late."""
    for item in tomllib.loads(assets.read_text("samples", "requests.toml"))["requests"]:
        made, _changes = requests.open_request(desk, _draft(desk, item))
        if "answer" in item:
            given_at = made.received_at + timedelta(hours=20)
            answer = GivenAnswer(item["answer"], GivenForm(item["form"]), "", given_at)
            requests.answer(desk, made.id, answer)


def _draft(desk: Desk, item: dict[str, Any]) -> RequestDraft:
    now = desk.now()
    asker = item.get("asker", "")
    wanted_in = item.get("wanted_in")
    return RequestDraft(
        channel=Channel(item["channel"]),
        received_at=now - timedelta(hours=item["hours_ago"]),
        topic=item["topic"],
        asker_kind=AskerKind.OFFICE if asker else AskerKind.PRESS,
        asker=asker,
        outlet=item.get("outlet", ""),
        questions=tuple(item.get("questions", ())),
        event=item.get("event", ""),
        wanted_at=None if wanted_in is None else now + timedelta(hours=wanted_in),
        owner_id=desk.member.id if item.get("owned") else None,
        lead_unit=item.get("lead_unit", ""),
        holder=item.get("holder", ""),
    )
