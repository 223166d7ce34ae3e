"""What an operation changed, so that screens refresh only what they show."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One record that was written.

    Attributes:
        kind: noun of the record: contact, outlet, journalist, member, article, paper, setting, sync.
        id: the record; None when the change concerns the whole kind.
    """

    kind: str
    id: UUID | None = None


Changes = tuple[Change, ...]
