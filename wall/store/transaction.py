"""What an action of the ledger works with: the connection, and the events' counters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, update

from wall.core.clock import now
from wall.core.errors import EventNotFound
from wall.core.events import Event
from wall.store.queries import events
from wall.store.queries.snapshot import Snapshot
from wall.store.tables import audit
from wall.store.tables import events as events_table


@dataclass(frozen=True, slots=True)
class EventChange:
    """An event that a commit took from one version to another."""

    code: str
    before: int
    after: int


class TransactionLost(Exception):
    """The database gave up the whole transaction; nothing of its actions is stored."""


class Transaction:
    """One transaction of the ledger, which carries many actions.

    Events are read once and their counters held here; `finish` writes them, so that a burst costs one
    update of its event.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.now = now()
        self._before: dict[str, int] = {}
        self._events: dict[str, Event] = {}
        self._dropped: tuple[EventChange, ...] = ()

    def event(self, code: str) -> Event:
        """The event as it stands after the actions so far. Raises EventNotFound."""
        event = self._events.get(code)
        if event is None:
            event = events.by_code(Snapshot(self.connection), code)  # nothing of it is in memory yet
            if event is None:
                raise EventNotFound
            self._events[code] = event
            self._before.setdefault(code, event.version)
        return event

    def event_by_id(self, event_id: int) -> Event:
        """As `event`, by the event's id."""
        return self.event(events.by_id(Snapshot(self.connection), event_id).code)

    def next_version(self, code: str) -> int:
        """Raise the event's version for a change of this action, and return it."""
        event = self.event(code)
        self._events[code] = replace(event, version=event.version + 1)
        return event.version + 1

    def count_pledge(self, event: Event) -> None:
        """Note that the event got its next pledge: both its counters go up by one."""
        self._events[event.code] = replace(
            event, version=event.version + 1, last_number=event.last_number + 1
        )

    def change_event(self, code: str, **changed: Any) -> Event:
        """Change an event's own fields (`open`, `wall`), and raise its version."""
        self.next_version(code)
        event = replace(self.event(code), **changed)
        self._events[code] = event
        events.change(self.connection, event)
        return event

    def drop_event(self, event: Event) -> None:
        """Know an event no more: it was taken out of the database. Its screens hear that it changed."""
        self._events.pop(event.code, None)
        before = self._before.pop(event.code, event.version)
        self._dropped = (*self._dropped, EventChange(event.code, before, before + 1))

    def record(
        self,
        action: str,
        *,
        event_id: int | None = None,
        organiser_id: int | None = None,
        pledge_id: str | None = None,
    ) -> None:
        """Note in the audit who did what. It holds ids only, never what somebody wrote."""
        self.connection.execute(
            insert(audit).values(
                at=self.now,
                event_id=event_id,
                organiser_id=organiser_id,
                action=action,
                pledge_id=pledge_id,
            )
        )

    @contextmanager
    def one_action(self) -> Iterator[None]:
        """All of an action or nothing: a savepoint in the database, and the counters with it."""
        before = dict(self._events), dict(self._before), self._dropped
        self._savepoint("SAVEPOINT action")
        try:
            yield
        except BaseException as error:
            self._events, self._before, self._dropped = before
            try:
                self._savepoint("ROLLBACK TO SAVEPOINT action")
                self._savepoint("RELEASE SAVEPOINT action")
            except TransactionLost as lost:
                why = getattr(
                    error, "orig", lost
                )  # a full disk, say, and not that nothing is left to roll back
                raise TransactionLost(str(why)) from error
            raise
        self._savepoint("RELEASE SAVEPOINT action")

    def _savepoint(self, sql: str) -> None:
        """Plain SQL on the driver's cursor: SQLAlchemy's nested transaction costs a fifth of a pledge."""
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute(sql)
        except Exception as error:  # a full disk, say, has ended the transaction already
            raise TransactionLost(str(error)) from error
        finally:
            cursor.close()

    def finish(self) -> list[EventChange]:
        """Write the counters of the events that changed, and say which did."""
        changed = [
            EventChange(code, self._before[code], event.version)
            for code, event in self._events.items()
            if event.version != self._before[code]
        ]
        for one in changed:
            event = self._events[one.code]
            self.connection.execute(
                update(events_table)
                .where(events_table.c.id == event.id)
                .values(version=event.version, last_number=event.last_number)
            )
        return [*changed, *self._dropped]
