"""Named queries on who says *me too*: devices, which are nobody's names."""

from sqlalchemy import Connection, delete, update
from sqlalchemy.dialects.sqlite import insert

from wall.core.pledges import Pledge
from wall.store.tables import me_toos, pledges


def add(connection: Connection, pledge_id: str, device: str) -> bool:
    """Note that a device says *me too*; False where it did before."""
    query = insert(me_toos).values(pledge_id=pledge_id, device=device).on_conflict_do_nothing()
    return connection.execute(query).rowcount == 1


def remove(connection: Connection, pledge_id: str, device: str) -> bool:
    """Forget that a device says *me too*; False where it did not."""
    query = delete(me_toos).where(me_toos.c.pledge_id == pledge_id, me_toos.c.device == device)
    return connection.execute(query).rowcount == 1


def count(connection: Connection, pledge: Pledge) -> None:
    """Store a pledge's count and the version at which it changed."""
    connection.execute(
        update(pledges).where(pledges.c.id == pledge.id).values(me_too=pledge.me_too, version=pledge.version)
    )
