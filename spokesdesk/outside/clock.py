"""The machine's clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give the moment in UTC."""
    return datetime.now(UTC)
