"""Alembic's entry: runs the revisions on the connection and in the transaction that ``migrate`` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
