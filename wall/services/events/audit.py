"""An organiser reads who did what, and when."""

from wall.core.audit import Entry
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.services.people.access import event_of
from wall.store import Store
from wall.store.queries import audit

MOST_ON_A_PAGE = 100


def read_audit(store: Store, organiser: Organiser, code: str, before: int | None = None) -> list[Entry]:
    """Up to a page of it, newest first, from the entry with id `before` on. Raises EventNotFound or NotYourRole."""
    with store.read() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR)
        return audit.of_event(connection, event.id, before=before, most=MOST_ON_A_PAGE)
