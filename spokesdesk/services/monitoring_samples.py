"""Sample news of the demonstration workspace: subjects watched for, items put in, some of them judged."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from spokesdesk.domain.monitoring import ItemDraft, Triage
from spokesdesk.services import monitoring, monitoring_sources
from spokesdesk.services.ports import Desk


def furnish_news(desk: Desk, words: Mapping[str, Any]) -> None:
    """Write the sample subjects and items, the oldest first."""
    for subject in words["subjects"]:
        monitoring_sources.save_subject(desk, None, subject["name"], "\n".join(subject["phrases"]))
    for item in words["items"]:
        at = desk.now() - timedelta(minutes=item["minutes_ago"])
        draft = ItemDraft(
            item["where"],
            item["title"],
            at,
            item.get("url", ""),
            item.get("byline", ""),
            item.get("text", ""),
        )
        made, _changes = monitoring.add_item(desk, draft)
        if "verdict" in item:
            monitoring.judge(desk, made.id, Triage(item["verdict"]))
        if "assignee" in item:
            monitoring.assign(desk, made.id, item["assignee"])
        if "done" in item:
            monitoring.close(desk, made.id, item["done"])
