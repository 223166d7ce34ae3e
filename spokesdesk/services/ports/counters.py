"""What the store counts for reports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from spokesdesk.domain.journal import Channel


class CounterStore(Protocol):
    """Counts between two moments (UTC, the end left out)."""

    def occasions(
        self, channel: Channel, start: datetime, end: datetime
    ) -> Sequence[tuple[datetime, str]]: ...
    def requests(self, start: datetime, end: datetime) -> tuple[int, int]: ...
    def false_reports(self, start: datetime, end: datetime) -> tuple[int, int]: ...
