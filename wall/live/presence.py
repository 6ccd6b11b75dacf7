"""Which screens are connected to this server just now, and what the projectors show."""

from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

Screen = Literal["phone", "projector", "other"]


@dataclass(slots=True)
class _Connected:
    code: str
    screen: Screen
    version: int | None = None


class Presence:
    """The connected screens, by socket id. Several servers that share a queue each know their own."""

    def __init__(self) -> None:
        self._sockets: dict[str, _Connected] = {}
        self._rooms: dict[str, str] = {}
        self._lock = Lock()

    def follow(self, socket_id: str, room: str) -> str | None:
        """A socket is in this room from now on; the one in which it was before, if any.

        Socket.IO would look through all rooms to find it.
        """
        with self._lock:
            before = self._rooms.get(socket_id)
            self._rooms[socket_id] = room
        return before

    def join(self, socket_id: str, code: str, screen: Screen) -> None:
        """A screen follows an event, and no other one any more."""
        with self._lock:
            self._sockets[socket_id] = _Connected(code, screen)

    def note_showing(self, socket_id: str, version: int) -> None:
        """A projector says which version its people see."""
        with self._lock:
            if socket_id in self._sockets:
                self._sockets[socket_id].version = version

    def leave(self, socket_id: str) -> None:
        with self._lock:
            self._sockets.pop(socket_id, None)
            self._rooms.pop(socket_id, None)

    def at(self, code: str) -> dict[str, Any]:
        """`{"phones": how many, "projectors": [the version of each, or None before its first word]}`."""
        with self._lock:
            here = [one for one in self._sockets.values() if one.code == code]
        return {
            "phones": sum(one.screen == "phone" for one in here),
            "projectors": [one.version for one in here if one.screen == "projector"],
        }
