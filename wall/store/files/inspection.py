"""Every row of a database that came as a file is looked at before any of it is used."""

import json
import logging
import sqlite3
from collections.abc import Iterator

from sqlalchemy import Connection

from wall.core.errors import BadInput
from wall.core.pictures import name_of, redraw
from wall.core.row_rules import check_row
from wall.core.value_rules import Unusable
from wall.store.problems import CannotUse
from wall.store.tables import metadata

_AHEAD = """
    SELECT pledges.number FROM pledges JOIN events ON events.id = pledges.event_id
    WHERE pledges.number > events.last_number
       OR max(pledges.version, pledges.state_version, ifnull(first_shown, 0), ifnull(shown_since, 0)) > events.version
"""

log = logging.getLogger(__name__)


def inspect_rows(connection: Connection, name: object) -> None:
    """Hold every row to core.row_rules, and draw logos anew. What can be mended without a loss is.

    Raises CannotUse, which names the first row that is refused.
    """
    opened = connection.connection.driver_connection
    assert isinstance(opened, sqlite3.Connection)  # noqa: S101  for mypy
    mended = sum(_inspect(opened, table, name) for table in metadata.tables)
    if broken := opened.execute("PRAGMA foreign_key_check").fetchone():
        raise CannotUse(f"{name} is incomplete: a row of {broken[0]} refers to one that is missing.")
    if ahead := opened.execute(_AHEAD).fetchone():
        raise CannotUse(f"{name} has been changed: pledge {ahead[0]} has a later version than its event.")
    _redraw_logos(opened)
    if mended:
        log.warning(
            "%s rows of %s held characters that no screen can show; they were taken out", mended, name
        )


def _inspect(opened: sqlite3.Connection, table: str, name: object) -> int:
    """How many rows of a table had to be mended."""
    mended = []
    for number, row in _rows(opened, table, name):
        try:
            checked = check_row(table, row)
        except Unusable as error:
            raise CannotUse(f"{name} cannot be used: {table}, row {number}, {error}.") from None
        changed = {column: value for column, value in checked.items() if value != row[column]}
        if changed:
            mended.append((number, changed))
    for number, changed in mended:
        columns = ", ".join(f'"{column}" = ?' for column in changed)
        opened.execute(
            f"UPDATE {table} SET {columns} WHERE rowid = ?",  # noqa: S608  names of our own tables
            (*changed.values(), number),
        )
    return len(mended)


def _rows(opened: sqlite3.Connection, table: str, name: object) -> Iterator[tuple[int, dict[str, object]]]:
    columns = [column.name for column in metadata.tables[table].c]
    names = ", ".join(f'"{column}"' for column in columns)
    try:
        for number, *values in opened.execute(f"SELECT rowid, {names} FROM {table}"):  # noqa: S608  our own
            yield number, dict(zip(columns, values, strict=True))
    except (sqlite3.OperationalError, sqlite3.DataError) as error:
        why = " ".join(str(error).split()).split(" with text ")[0]  # which goes on with what somebody wrote
        raise CannotUse(f"{name} cannot be used: {table} cannot be read ({why}).") from None


def _redraw_logos(opened: sqlite3.Connection) -> None:
    """A logo that cannot be drawn is left out: an event is more than its logo."""
    for event_id, picture in opened.execute("SELECT event_id, picture FROM logos").fetchall():
        try:
            kind, drawn = redraw(picture)
        except BadInput as error:
            log.warning("a logo was left out: %s", error.fields["logo"])
            opened.execute("DELETE FROM logos WHERE event_id = ?", (event_id,))
            _name_logo(opened, event_id, "")
        else:
            opened.execute(
                "UPDATE logos SET kind = ?, picture = ? WHERE event_id = ?", (kind, drawn, event_id)
            )
            _name_logo(opened, event_id, name_of(drawn))


def _name_logo(opened: sqlite3.Connection, event_id: int, name: str) -> None:
    (wall,) = opened.execute("SELECT wall FROM events WHERE id = ?", (event_id,)).fetchone()
    state = json.dumps(json.loads(wall) | {"logo": name})
    opened.execute("UPDATE events SET wall = ? WHERE id = ?", (state, event_id))
