"""An organiser settles an event: what it is called and asks, and what helps people to write."""

from dataclasses import asdict

from wall.core.event_settings import EventSettings
from wall.core.events import Event
from wall.core.help import Help
from wall.core.letting_go import Keeping
from wall.core.organisers import Organiser
from wall.core.wifi import Wifi
from wall.services.desks import event_of
from wall.store import Store, Transaction


def edit_event(store: Store, organiser: Organiser, code: str, settings: EventSettings) -> Event:
    """What the event is called and asks; pledges stay as they are. Raises EventNotFound."""
    return _settle(store, organiser, code, "edit_event", settings)


def help_to_write(store: Store, organiser: Organiser, code: str, helped: Help) -> Event:
    """The event's themes, starters, extra words and language. Raises EventNotFound."""
    return _settle(store, organiser, code, "help_to_write", helped)


def choose_keeping(store: Store, organiser: Organiser, code: str, keeping: Keeping) -> Event:
    """Until when names are kept, and whom people can ask. Raises EventNotFound.

    With another day, an event whose names were let go can be opened again.
    """
    return _settle(store, organiser, code, "keep_until", keeping)


def show_wifi(store: Store, organiser: Organiser, code: str, wifi: Wifi) -> Event:
    """The network that the wall and the poster show, with its password. Raises EventNotFound."""
    return _settle(store, organiser, code, "show_wifi", wifi)


def _settle(
    store: Store,
    organiser: Organiser,
    code: str,
    action: str,
    settings: EventSettings | Help | Keeping | Wifi,
) -> Event:
    """Change the fields that `settings` names, where they are not so already, and note who did."""

    def write(transaction: Transaction) -> Event:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        wanted = asdict(settings)
        if all(getattr(event, name) == value for name, value in wanted.items()):
            return event
        if wanted.get("keep_until", event.keep_until) != event.keep_until:
            wanted["let_go_at"] = ""
        transaction.record(action, event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, **wanted)

    return store.write(write)
