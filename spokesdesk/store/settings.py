"""Settings of the workspace, by name."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from spokesdesk.store.tables import setting


class SqlSettings:
    """The setting table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> object:
        """Give a setting's value, None when it was never put."""
        return self._connection.scalar(select(setting.c.value).where(setting.c.name == name))

    def put(self, name: str, value: object) -> None:
        """Keep a JSON-able value under a name."""
        statement = insert(setting).values(name=name, value=value)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
        )
