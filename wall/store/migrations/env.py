"""Run by Alembic for `migrate` (with its connection) and for `alembic` on the command line."""

from alembic import context
from sqlalchemy import Connection

from wall.store.engine import open_writer
from wall.store.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with open_writer(context.get_x_argument(as_dictionary=True)["url"]).begin() as opened:
        _run(opened)
