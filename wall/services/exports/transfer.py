"""An event is transferred from one server to another, as one file."""

from pathlib import Path

from wall.core.errors import EventNotFound
from wall.core.events import Event
from wall.core.people.roles import Role
from wall.services.events.creating import free_code
from wall.store import CannotUse, Store, Transaction
from wall.store.files.transfer import code_here, code_in, insert_event, opened_event_file, write_event_file
from wall.store.queries import erasing, events, organisers, team


def export_event(store: Store, code: str, target: Path) -> Event:
    """Write an event with all that is in it, of one moment, to a file. Raises EventNotFound or CannotBackUp."""
    with store.read() as connection:
        event = events.by_code(connection, code)
        if event is None:
            raise EventNotFound
        write_event_file(connection, event, target)
    return event


def import_event(store: Store, file: Path) -> tuple[Event, str]:
    """The event of a file, which the first organiser of this server runs now, and the code that it had before.

    It has the same code where that is free. Raises CannotUse where the file is damaged or its event is here already.
    """
    with opened_event_file(file) as imported:
        before = code_in(imported)

        def write(transaction: Transaction) -> Event:
            connection = transaction.connection
            here = code_here(connection, imported)
            if here is not None:
                raise CannotUse(f"The event of {file} is here already, as {here}.")
            code = free_code(transaction) if events.has_code(connection, before) else before
            event_id = insert_event(connection, imported, code, transaction.now)
            erasing.repeat_erasures(connection, erasing.erasures_of(connection, event_id))
            owner = organisers.first(connection)
            team.join_event(connection, owner, event_id, Role.ORGANISER)
            transaction.record("import_event", event_id=event_id, organiser_id=owner)
            return transaction.event(code)

        return store.erase(write), before
