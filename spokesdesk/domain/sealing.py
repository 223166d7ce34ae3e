"""Sealed fields whose key this desk does not have yet: what stands in their place, and that nobody writes over it."""

from collections.abc import Iterable

from spokesdesk.domain.errors import WaitError

# Kept in the row until the key comes, so that every list and page shows it; the sealed value is kept beside.
AWAITED = "[đang chờ khóa của cơ quan]"


def holds_awaited(value: object) -> bool:
    """Say whether a value is, or has in it, what stands for a field that cannot be read yet."""
    if isinstance(value, str):
        return AWAITED in value
    if isinstance(value, dict):
        return any(holds_awaited(one) for one in value.values())
    return isinstance(value, list | tuple) and any(holds_awaited(one) for one in value)


def require_read(values: Iterable[object]) -> None:
    """Refuse to write down what was copied from a field that cannot be read yet.

    Raises:
        WaitError: ``agency_key_awaited``.
    """
    if any(holds_awaited(value) for value in values):
        raise WaitError("agency_key_awaited")


def require_none_awaited(count: int) -> None:
    """Refuse to erase a person while entries cannot be read that may name them.

    Args:
        count: entries that wait for the agency's key.

    Raises:
        WaitError: ``agency_key_awaited``.
    """
    if count:
        raise WaitError("agency_key_awaited")
