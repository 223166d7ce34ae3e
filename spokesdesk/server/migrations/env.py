"""Runs the portal's migrations on the connection that ``database.migrate`` holds open."""

from alembic import context

from spokesdesk.server.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=False,
)
context.run_migrations()
