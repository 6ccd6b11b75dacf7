"""An organiser dresses the wall: paper or night, the event's ink, the room's depth, a logo."""

from dataclasses import replace

from wall.core.errors import PageNotFound
from wall.core.organisers import Organiser
from wall.core.pictures import name_of, redraw
from wall.core.runtime import OffLoop
from wall.core.wall_state import Look, WallState
from wall.services.desks import event_of
from wall.store import Store, Transaction, events, logos


def dress_wall(
    store: Store,
    organiser: Organiser,
    code: str,
    *,
    look: Look,
    accent: str,
    room_depth: int,
    margin: int = 0,
) -> WallState:
    """Raises EventNotFound."""

    def write(transaction: Transaction) -> WallState:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        wall = replace(event.wall, look=look, accent=accent, room_depth=room_depth, margin=margin)
        if wall == event.wall:
            return wall
        transaction.record("dress_wall", event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, wall=wall).wall

    return store.write(write)


def hang_logo(store: Store, off_loop: OffLoop, organiser: Organiser, code: str, picture: bytes) -> WallState:
    """Keep a picture as the event's logo, drawn anew; an empty one takes it down. Raises EventNotFound or BadInput."""
    kind, picture = off_loop(redraw, picture) if picture else ("", b"")

    def write(transaction: Transaction) -> WallState:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        logos.put(transaction.connection, event.id, kind, picture)
        transaction.record("hang_logo", event_id=event.id, organiser_id=organiser.id)
        name = name_of(picture) if picture else ""
        return transaction.change_event(code, wall=replace(event.wall, logo=name)).wall

    return store.write(write)


def find_logo(store: Store, code: str, name: str) -> tuple[str, bytes]:
    """The logo of that name: its media type and the picture. Raises PageNotFound."""
    with store.read() as connection:
        event = events.by_code(connection, code)
        found = logos.of_event(connection, event.id) if event and name and event.wall.logo == name else None
    if found is None:
        raise PageNotFound
    return found
