"""The rooms, named once. Who is in one hears what is said in it."""

from zlib import crc32

from wall.core.audience import Audience

PHONE_GROUPS = 50


def walls(code: str) -> str:
    """Whoever follows an event whole and is no projector, such as the companion wall, in namespace `/`."""
    return f"wall:{code}"


def projected_walls(code: str) -> str:
    """Walls in front of a room, which show it the Wi-Fi too, in namespace `/`."""
    return f"projected:{code}"


def kept_walls(code: str) -> str:
    """Walls that show what became of the pledges, in namespace `/`."""
    return f"kept:{code}"


def of_audience(audience: Audience, code: str) -> str:
    """The room of all who follow an event whole as this audience; desks have their own."""
    if audience == "kept":
        return kept_walls(code)
    return projected_walls(code) if audience == "wall" else walls(code)


def phones(code: str) -> list[str]:
    """Phones, which hear little and seldom, in namespace `/`, in groups.

    A message to a hall of a thousand takes the event loop a tenth of a second; between two groups others have their turn.
    """
    return [f"phone:{code}:{group}" for group in range(PHONE_GROUPS)]


def phone(code: str, socket_id: str) -> str:
    """The group of one phone."""
    return phones(code)[crc32(socket_id.encode()) % PHONE_GROUPS]


def desk(code: str, session_id: int) -> str:
    """The open desks of one session, in namespace `/desk`.

    Only the rooms of those who may see the event just now hear of it, so a session that was ended hears nothing.
    """
    return f"desk:{code}:{session_id}"
