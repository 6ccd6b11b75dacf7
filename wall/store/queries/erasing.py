"""What is taken out for good, and remembered by ids alone, so that nothing brings it back."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from wall.core.content import FIELDS, NAMELESS
from wall.core.events import Event
from wall.core.pledges import Pledge, Status
from wall.store.queries import revisions as earlier
from wall.store.tables import answers, erasures, events, me_toos, pledges, revisions


class Kind(StrEnum):
    """What was taken out of what."""

    PLEDGE = "pledge"
    """All that a pledge said; the target is its id."""
    NAME = "name"
    """The name of a pledge; the target is its id."""
    NAMES = "names"
    """Names and organisations of an event; the target is when it was made, which stays the same wherever it goes."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One thing that was taken out, and when."""

    at: str
    kind: Kind
    target: str


_SECRET = func.lower(func.hex(func.randomblob(16)))
"""A new one for each row, that nobody knows."""
_NOTHING = {
    **dict.fromkeys(FIELDS, ""),
    "status": Status.WITHDRAWN.value,
    "pinned": False,
    "held_for": "",
    "me_too": 0,
    "decided_by": None,
    "entered_by": None,
    "receipt_token": _SECRET,
}
"""What is left of an erased pledge says nothing. Its number stays, so that lists add up, and so does the phone's key, so that
a phone which sends it once more does not bring it back."""


def remove_all(connection: Connection, event_id: int) -> None:
    """Take every pledge of an event out, with what hangs on it."""
    _remove_hanging(connection, select(pledges.c.id).where(pledges.c.event_id == event_id))
    connection.execute(delete(pledges).where(pledges.c.event_id == event_id))


def erase(connection: Connection, pledge: Pledge, *, version: int, at: str) -> None:
    """Take out all that a pledge says, and all that was said of it."""
    _empty(connection, pledge.id, at)
    changed = {"version": version, "state_version": version, "updated_at": at}
    connection.execute(update(pledges).where(pledges.c.id == pledge.id).values(changed))
    _remember(connection, [Erasure(at, Kind.PLEDGE, pledge.id)])


def forget_name(connection: Connection, pledge_id: str, *, at: str) -> None:
    """Take the name out of a pledge and of everything that it said before."""
    _take_name(connection, pledge_id)
    _remember(connection, [Erasure(at, Kind.NAME, pledge_id)])


def remove_names(connection: Connection, event: Event, *, at: str) -> None:
    """Take names and organisations out of every pledge of an event, and what they said before; end its receipts.

    `event` has the version of this change.
    """
    theirs = pledges.c.event_id == event.id
    named = or_(*(pledges.c[field] != "" for field in NAMELESS))
    changed = {"version": event.version, "state_version": event.version, "updated_at": at}
    connection.execute(update(pledges).where(theirs, named).values(changed))
    _take_names(connection, select(pledges.c.id).where(theirs))
    _remember(connection, [Erasure(at, Kind.NAMES, event.created_at)])


def all_erasures(connection: Connection) -> list[Erasure]:
    """All that was ever taken out, the oldest first."""
    rows = connection.execute(select(erasures).order_by(erasures.c.id))
    return [Erasure(row.at, Kind(row.kind), row.target) for row in rows]


def erasures_of(connection: Connection, event_id: int) -> list[Erasure]:
    """What was taken out of this event, or of its pledges, wherever they were then."""
    ids = set(connection.execute(select(pledges.c.id).where(pledges.c.event_id == event_id)).scalars())
    made = connection.execute(select(events.c.created_at).where(events.c.id == event_id)).scalar_one()
    return [one for one in all_erasures(connection) if one.target in ids or one.target == made]


def erasures_in(database: Path) -> list[Erasure] | None:
    """As remembered, of a database that nobody has open; None where it cannot be known."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if "pledges" in tables and "erasures" not in tables:
                return []  # from before anything could be erased
            rows = connection.execute("SELECT at, kind, target FROM erasures ORDER BY id").fetchall()
    except sqlite3.Error:
        return None
    return [Erasure(at, Kind(kind), target) for at, kind, target in rows]


def devices_are_gone(connection: Connection, event: Event, pledge: Pledge) -> bool:
    """Whether it is not known any more which devices say *me too* to a pledge: they went with the names."""
    went = erasures.c.kind == Kind.NAMES.value, erasures.c.target == event.created_at
    query = select(erasures.c.id).where(*went, erasures.c.at >= pledge.created_at)
    return connection.execute(query.limit(1)).first() is not None


def count(connection: Connection) -> int:
    """How much was ever taken out."""
    return int(connection.execute(select(func.count()).select_from(erasures)).scalar_one())


def repeat_erasures(connection: Connection, taken_out: Iterable[Erasure]) -> None:
    """Do to what has just been brought in what was done before, and remember it here too."""
    taken_out = list(taken_out)
    for one in taken_out:
        if one.kind is Kind.PLEDGE:
            _empty(connection, one.target, one.at)
        elif one.kind is Kind.NAME:
            _take_name(connection, one.target)
        else:
            then = pledges.c.created_at <= one.at, events.c.created_at == one.target
            _take_names(connection, select(pledges.c.id).join(events).where(*then))
    _remember(connection, taken_out)


def _remember(connection: Connection, taken_out: Iterable[Erasure]) -> None:
    known = set(all_erasures(connection))
    fresh = [
        {"at": one.at, "kind": one.kind.value, "target": one.target} for one in taken_out if one not in known
    ]
    if fresh:
        connection.execute(insert(erasures), fresh)


def _empty(connection: Connection, pledge_id: str, at: str) -> None:
    this = pledges.c.id == pledge_id
    _remove_hanging(connection, select(pledges.c.id).where(this))
    connection.execute(update(pledges).where(this).values(_NOTHING | {"erased_at": at}))


def _take_name(connection: Connection, pledge_id: str) -> None:
    connection.execute(update(pledges).where(pledges.c.id == pledge_id).values(name=""))
    earlier.forget_names(connection, pledge_id)


def _take_names(connection: Connection, ids: Select[tuple[str]]) -> None:
    for table in (revisions, me_toos):
        connection.execute(delete(table).where(table.c.pledge_id.in_(ids)))
    secrets = {"receipt_token": _SECRET, "key": _SECRET}
    connection.execute(update(pledges).where(pledges.c.id.in_(ids)).values(NAMELESS | secrets))


def _remove_hanging(connection: Connection, ids: Select[tuple[str]]) -> None:
    for table in (revisions, answers, me_toos):
        connection.execute(delete(table).where(table.c.pledge_id.in_(ids)))
