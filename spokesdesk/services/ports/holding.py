"""What the store offers for number series."""

from typing import Protocol

from spokesdesk.domain.holding import HoldingEntry


class HoldingStore(Protocol):
    """What happened to number series at this desk."""

    def add(self, made: HoldingEntry) -> None: ...
    def all(self) -> tuple[HoldingEntry, ...]: ...
