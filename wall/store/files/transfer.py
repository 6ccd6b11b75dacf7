"""One event with everything in it as one file: a small database of the same tables, without the people of its desk."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, or_, select
from sqlalchemy.exc import DBAPIError

from wall.core.events import Event
from wall.core.names import EARLIER_TEAM
from wall.store.engine import open_writer
from wall.store.files.atomic_files import UNPACKED, atomic_write
from wall.store.files.seal import Kind, check, seal
from wall.store.files.working_copy import working_copy
from wall.store.migrate import migrate
from wall.store.problems import CannotBackUp, CannotUse
from wall.store.queries import organisers
from wall.store.tables import answers, audit, events, logos, me_toos, pledges, revisions

TRANSFERRED = (events, pledges, revisions, answers, me_toos, logos, audit)
"""In an order in which each row finds what it hangs on."""
NOT_TRANSFERRED = (
    "organisers", "event_organisers", "invitations", "desk_links", "sessions", "heartbeats", "erasures",
    "this_database", "forms",
)  # fmt: skip

_NUMBERED_HERE = (events, revisions, answers, audit)
_PEOPLE = ("decided_by", "entered_by", "organiser_id")
_AT_ONCE = 500


def write_event_file(connection: Connection, event: Event, target: Path) -> None:
    """Write one event to a sealed file. Raises CannotBackUp; then there is no file."""
    try:
        with atomic_write(target) as half:
            _fill(half, connection, event)
            seal(half, Kind.EVENT)
            check(half, Kind.EVENT)
    except (OSError, DBAPIError, sqlite3.Error, CannotUse) as error:
        raise CannotBackUp(f"{target} was not written: {getattr(error, 'orig', error)}.") from error


@contextmanager
def opened_event_file(file: Path) -> Iterator[Connection]:
    """What an event's file holds, to be read. Raises CannotUse."""
    with (
        TemporaryDirectory(prefix=UNPACKED) as folder,
        working_copy(file, Path(folder) / "event.db", Kind.EVENT) as engine,
        engine.begin() as imported,
    ):
        if imported.execute(select(events.c.rehearsal)).scalars().all() != [False]:
            raise CannotUse(f"{file} does not hold one event.")
        yield imported


def code_in(imported: Connection) -> str:
    """The code that the event had where it comes from."""
    return str(imported.execute(select(events.c.code)).scalar_one())


def code_here(connection: Connection, imported: Connection) -> str | None:
    """The code of the event that a file holds, where it is in this database already, or a pledge of it."""
    event = imported.execute(select(events)).one()
    itself = (events.c.created_at == event.created_at) & (events.c.title == event.title)
    found = connection.execute(select(events.c.code).where(itself)).scalar()
    theirs = select(events.c.code).join(pledges).limit(1)
    for some in imported.execute(select(pledges.c.id, pledges.c.receipt_token)).partitions(_AT_ONCE):
        ids, tokens = zip(*some, strict=True)
        same = or_(pledges.c.id.in_(ids), pledges.c.receipt_token.in_(tokens))
        found = found or connection.execute(theirs.where(same)).scalar()
    return found


def insert_event(connection: Connection, imported: Connection, code: str, at: str) -> int:
    """Insert everything that a file holds, as the event of this code. Returns the event's id."""
    somebody = _earlier_team(connection, at)
    event = {**imported.execute(select(events)).mappings().one(), "code": code}
    there = event.pop("id")
    here = int(connection.execute(insert(events).values(event).returning(events.c.id)).scalar_one())
    for table in TRANSFERRED[1:]:
        for rows in _rows(imported, table, there):
            values = [_by(somebody, row) for row in rows]
            for one in values:
                if "event_id" in one:
                    one["event_id"] = here
                if table in _NUMBERED_HERE:
                    del one["id"]
            connection.execute(insert(table), values)
    return here


def _fill(file: Path, connection: Connection, event: Event) -> None:
    engine = open_writer(f"sqlite:///{file}")
    try:
        migrate(engine)
        with engine.begin() as written:
            somebody = _earlier_team(written, event.created_at)
            for table in TRANSFERRED:
                for rows in _rows(connection, table, event.id):
                    written.execute(insert(table), [_by(somebody, row) for row in rows])
    finally:
        engine.dispose()


def _rows(connection: Connection, table: Table, event_id: int) -> Iterator[Sequence[RowMapping]]:
    """What a table holds of an event, in the order of its keys, some rows at a time."""
    if table is events:
        mine = events.c.id == event_id
    elif "event_id" in table.c:
        mine = table.c.event_id == event_id
    else:
        mine = table.c.pledge_id.in_(select(pledges.c.id).where(pledges.c.event_id == event_id))
    query = select(table).where(mine).order_by(*table.primary_key)
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(query).mappings().partitions()


def _by(somebody: int, row: RowMapping) -> dict[str, Any]:
    """A row in which everybody of the desk is somebody: their ids mean others elsewhere."""
    return {name: somebody if name in _PEOPLE and value else value for name, value in row.items()}


def _earlier_team(connection: Connection, at: str) -> int:
    """The id of who stands for everybody who worked on an event where it comes from."""
    found = organisers.placeholder(connection)
    return found or organisers.add(connection, EARLIER_TEAM, at, makes_events=False, placeholder=True)
