"""An organiser chooses how the wall looks: paper or night, the event's ink, the room's depth, a logo."""

from dataclasses import asdict, replace

from wall.core.errors import PageNotFound
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pictures import Logo, name_of, redraw
from wall.core.server.runtime import OffLoop
from wall.core.wall_state import Design, WallState
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.store import Store
from wall.store.queries import events, logos


@at_desk(Role.ORGANISER)
def set_look(desk: DeskTransaction, design: Design) -> WallState:
    """Paper or night, the event's own ink, how deep the room is, and what the projector cuts off."""
    wall = replace(desk.event.wall, **asdict(design))
    return desk.ensure("dress_wall", wall=wall).wall


def set_logo(store: Store, off_loop: OffLoop, organiser: Organiser, code: str, picture: bytes) -> WallState:
    """Store a picture as the event's logo, drawn anew; an empty one takes it down. Raises EventNotFound or BadInput."""
    return _set_logo(store, organiser, code, draw_logo(off_loop, picture))


def draw_logo(off_loop: OffLoop, picture: bytes) -> Logo:
    """A picture as it is stored; none for an empty one. Raises BadInput."""
    return Logo(*off_loop(redraw, picture)) if picture else Logo()


def put_logo(desk: DeskTransaction, logo: Logo) -> WallState:
    """Store a logo that is drawn already, or take it down."""
    logos.put(desk.connection, desk.event.id, logo.kind, logo.picture)
    name = name_of(logo.picture) if logo.picture else ""
    return desk.change("hang_logo", wall=replace(desk.event.wall, logo=name)).wall


_set_logo = at_desk(Role.ORGANISER)(put_logo)


def find_logo(store: Store, code: str, name: str) -> tuple[str, bytes]:
    """The logo of that name: its media type and the picture. Raises PageNotFound."""
    with store.read() as connection:
        event = events.by_code(connection, code)
        found = logos.of_event(connection, event.id) if event and name and event.wall.logo == name else None
    if found is None:
        raise PageNotFound
    return found
