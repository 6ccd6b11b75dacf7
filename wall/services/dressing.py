"""An organiser dresses the wall: paper or night, the event's ink, the room's depth, a logo."""

import hashlib
from dataclasses import replace

from wall.core.errors import BadInput, PageNotFound
from wall.core.organisers import Organiser
from wall.core.wall_state import Look, WallState
from wall.core.words import N_
from wall.services.desks import event_of
from wall.store import Store, Transaction, events, logos

LARGEST_LOGO_BYTES = 300_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


def dress_wall(
    store: Store, organiser: Organiser, code: str, *, look: Look, accent: str, room_depth: int
) -> WallState:
    """Raises EventNotFound."""

    def write(transaction: Transaction) -> WallState:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        wall = replace(event.wall, look=look, accent=accent, room_depth=room_depth)
        if wall == event.wall:
            return wall
        transaction.record("dress_wall", event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, wall=wall).wall

    return store.write(write)


def hang_logo(store: Store, organiser: Organiser, code: str, picture: bytes) -> WallState:
    """Keep a picture as the event's logo; an empty one takes it down. Raises EventNotFound or BadInput."""
    kind = _kind_of(picture) if picture else ""

    def write(transaction: Transaction) -> WallState:
        event_of(transaction.connection, organiser, code)
        event = transaction.event(code)
        logos.put(transaction.connection, event.id, kind, picture)
        transaction.record("hang_logo", event_id=event.id, organiser_id=organiser.id)
        name = hashlib.sha256(picture).hexdigest()[:12] if picture else ""
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


def _kind_of(picture: bytes) -> str:
    if len(picture) > LARGEST_LOGO_BYTES:
        raise BadInput(
            fields={"logo": N_("Please choose a picture below {most} kB.", most=LARGEST_LOGO_BYTES // 1000)}
        )
    for beginning, kind in _KINDS.items():
        if picture.startswith(beginning) and (kind != "image/webp" or picture[8:12] == b"WEBP"):
            return kind
    raise BadInput(fields={"logo": N_("Please choose a PNG, JPEG or WebP picture.")})
