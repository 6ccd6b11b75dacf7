"""An organiser dresses the wall: paper or night, the event's ink, the room's depth, a logo."""

from dataclasses import replace

from wall.core.errors import PageNotFound
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pictures import name_of, redraw
from wall.core.server.runtime import OffLoop
from wall.core.wall_state import Look, WallState
from wall.services.people.acting import DeskTransaction, at_desk
from wall.store import Store
from wall.store.queries import events, logos


@at_desk(Role.ORGANISER)
def dress_wall(
    desk: DeskTransaction, *, look: Look, accent: str, room_depth: int, margin: int = 0
) -> WallState:
    """Choose paper or night, the event's accent colour, the room's depth in metres, and the margin in hundredths of the picture."""
    wall = replace(desk.event.wall, look=look, accent=accent, room_depth=room_depth, margin=margin)
    return desk.ensure("dress_wall", wall=wall).wall


def hang_logo(store: Store, off_loop: OffLoop, organiser: Organiser, code: str, picture: bytes) -> WallState:
    """Keep a picture as the event's logo, drawn anew; an empty one takes it down. Raises EventNotFound or BadInput."""
    kind, picture = off_loop(redraw, picture) if picture else ("", b"")
    return _hang(store, organiser, code, kind, picture)


@at_desk(Role.ORGANISER)
def _hang(desk: DeskTransaction, kind: str, picture: bytes) -> WallState:
    logos.put(desk.connection, desk.event.id, kind, picture)
    name = name_of(picture) if picture else ""
    return desk.change("hang_logo", wall=replace(desk.event.wall, logo=name)).wall


def find_logo(store: Store, code: str, name: str) -> tuple[str, bytes]:
    """The logo of that name: its media type and the picture. Raises PageNotFound."""
    with store.read() as connection:
        event = events.by_code(connection, code)
        found = logos.of_event(connection, event.id) if event and name and event.wall.logo == name else None
    if found is None:
        raise PageNotFound
    return found
