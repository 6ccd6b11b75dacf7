"""What is taken out for good: everything of an event, all that one pledge said, the names of an event's people."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from wall.core.clock import now
from wall.core.pledges import Pledge, Status
from wall.store.tables import answers, events, me_toos, pledges, revisions

_SECRET = func.lower(func.hex(func.randomblob(16)))
"""A new one for each row, that nobody knows."""
_NAMELESS = {"name": "", "organisation": ""}
_NOTHING = {
    **_NAMELESS,
    "text": "",
    "theme": "",
    "status": Status.WITHDRAWN.value,
    "pinned": False,
    "held_for": "",
    "me_too": 0,
    "decided_by": None,
    "entered_by": None,
    "receipt_token": _SECRET,
}
"""What is left of an erased pledge says nothing. It keeps its number, so that lists add up, and the phone's key, so that
a phone which sends it once more does not bring it back."""


def remove_all(connection: Connection, event_id: int) -> None:
    """Take every pledge of an event out, with what hangs on it."""
    _remove_hanging(connection, select(pledges.c.id).where(pledges.c.event_id == event_id))
    connection.execute(delete(pledges).where(pledges.c.event_id == event_id))


def erase(connection: Connection, pledge: Pledge, *, version: int, at: str) -> None:
    """Take out all that a pledge says, and all that was said of it."""
    this = pledges.c.id == pledge.id
    _remove_hanging(connection, select(pledges.c.id).where(this))
    moved = {"version": version, "state_version": version, "updated_at": at, "erased_at": at}
    connection.execute(update(pledges).where(this).values(_NOTHING | moved))


def let_go(connection: Connection, event_id: int, *, version: int, at: str) -> None:
    """Take names and organisations out of every pledge of an event, and what they said before; end its receipts."""
    theirs = pledges.c.event_id == event_id
    ids = select(pledges.c.id).where(theirs)
    for table in (revisions, me_toos):
        connection.execute(delete(table).where(table.c.pledge_id.in_(ids)))
    named = or_(pledges.c.name != "", pledges.c.organisation != "")
    moved = {"version": version, "state_version": version, "updated_at": at}
    connection.execute(update(pledges).where(theirs, named).values(_NAMELESS | moved))
    connection.execute(update(pledges).where(theirs).values(receipt_token=_SECRET, key=_SECRET))


def erase_again(restored: Connection, database: Path) -> bool:
    """What was erased or let go in `database` is so in what is restored from an earlier copy of it.

    False where `database` cannot be read.
    """
    at = now()
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as present:
            if not present.execute(
                "SELECT 1 FROM pragma_table_info('pledges') WHERE name = 'erased_at'"
            ).fetchone():
                return True  # from before anything could be erased
            erased = present.execute("SELECT id FROM pledges WHERE erased_at != ''").fetchall()
            over = present.execute(
                "SELECT code, created_at, keep_until FROM events WHERE let_go_at != ''"
            ).fetchall()
    except sqlite3.Error:
        return False
    for (pledge_id,) in erased:
        _remove_hanging(restored, select(pledges.c.id).where(pledges.c.id == pledge_id))
        restored.execute(
            update(pledges).where(pledges.c.id == pledge_id).values(_NOTHING | {"erased_at": at})
        )
    for code, created_at, keep_until in over:
        this = events.c.code == code, events.c.created_at == created_at
        for event_id, version in restored.execute(select(events.c.id, events.c.version).where(*this)).all():
            let_go(restored, event_id, version=version, at=at)
            restored.execute(
                update(events)
                .where(events.c.id == event_id)
                .values(keep_until=keep_until, let_go_at=at, open=False)
            )
    return True


def _remove_hanging(connection: Connection, ids: Select[tuple[str]]) -> None:
    for table in (revisions, answers, me_toos):
        connection.execute(delete(table).where(table.c.pledge_id.in_(ids)))
