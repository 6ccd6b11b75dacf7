"""Bring a database to today's tables, and see that it has them."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from wall.store.problems import FromNewer, OtherTables
from wall.store.schema_check import differences

MOST_LISTED = 3
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Run the migrations that this database has not seen. Raises FromNewer or OtherTables."""
    with engine.begin() as connection:
        if _revision(connection) != _latest():
            _upgrade(connection)
        opened = connection.connection.driver_connection
        assert isinstance(opened, sqlite3.Connection)  # noqa: S101  for mypy
        if problems := differences(opened):
            more = f" and {len(problems) - MOST_LISTED} more" if len(problems) > MOST_LISTED else ""
            raise OtherTables(", ".join(problems[:MOST_LISTED]) + more)


def _latest() -> str:
    return max(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str | None:
    """Where Alembic has noted that a database is; None for one that it never saw."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # takes longer to load than all else that a start needs of the store
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise FromNewer(str(error)) from error
