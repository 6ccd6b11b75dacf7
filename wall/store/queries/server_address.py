"""Which of this machine's addresses an organiser chose: one for the server, whatever the event."""

from sqlalchemy import Connection, select, update

from wall.store.tables import this_database


def chosen_address(connection: Connection) -> str:
    """Empty where it is chosen automatically."""
    return str(connection.execute(select(this_database.c.address)).scalar_one())


def choose_address(connection: Connection, address: str) -> None:
    connection.execute(update(this_database).values(address=address))
