"""An organiser helps people to write a good pledge."""

from dataclasses import asdict

from wall.core.events import Event
from wall.core.help import Help
from wall.core.organisers import Organiser
from wall.services.desks import event_of
from wall.store import Store, Transaction


def help_to_write(store: Store, organiser: Organiser, code: str, helped: Help) -> Event:
    """Give an event its themes, starters, extra words and language. Raises EventNotFound."""

    def write(transaction: Transaction) -> Event:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        wanted = asdict(helped)
        if all(getattr(event, name) == value for name, value in wanted.items()):
            return event
        transaction.record("help_to_write", event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, **wanted)

    return store.write(write)
