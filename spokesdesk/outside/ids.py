"""Fresh ids for records, operations and devices."""

from uuid import UUID


def new_id() -> UUID:
    """Give a fresh UUIDv7; never used for ordering, so a wrong clock does no harm."""
    import uuid_utils

    return UUID(bytes=uuid_utils.uuid7().bytes)
