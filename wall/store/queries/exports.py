"""Named queries for what is taken home from an event."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, func, select

from wall.core.exports import Choice
from wall.core.pledges import Pledge
from wall.store.queries.pledges import ALL, as_pledge
from wall.store.tables import pledges


def chosen(connection: Connection, event_id: int, choice: Choice) -> Iterator[Pledge]:
    """The pledges of an event that a choice takes along, by number, streamed."""
    query = ALL.where(*_goes_along(event_id, choice)).order_by(pledges.c.number)
    for row in connection.execution_options(yield_per=500).execute(query):
        yield as_pledge(row)


def count_chosen(connection: Connection, event_id: int, choice: Choice) -> int:
    """How many pledges `chosen` has."""
    query = select(func.count()).select_from(pledges).where(*_goes_along(event_id, choice))
    return int(connection.execute(query).scalar_one())


def themes_in(connection: Connection, event_id: int) -> list[str]:
    """Every theme that a pledge of an event has; "" where one has none."""
    query = select(pledges.c.theme).where(pledges.c.event_id == event_id).distinct().order_by(pledges.c.theme)
    return list(connection.execute(query).scalars())


def _goes_along(event_id: int, choice: Choice) -> list[ColumnElement[bool]]:
    asked = [pledges.c.event_id == event_id, pledges.c.status.in_(choice.statuses)]
    if choice.themes:
        asked.append(pledges.c.theme.in_(choice.themes))
    return asked if choice.erased else [*asked, pledges.c.erased_at == ""]
