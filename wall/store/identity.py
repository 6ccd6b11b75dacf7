"""Which database this is: a random name that tells it from every other, also on the same host."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select, update

from wall.store.tables import this_database


def read_identity(connection: Connection) -> str:
    return str(connection.execute(select(this_database.c.identity)).scalar_one())


def take_over_identity(connection: Connection, identity: str) -> None:
    """Be known as a database that is no more was."""
    connection.execute(update(this_database).values(identity=identity))


def identity_in(database: Path) -> str | None:
    """That of a database which is not open; None where there is none to be read."""
    if not database.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (identity,) = connection.execute("SELECT identity FROM this_database").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    return str(identity)
