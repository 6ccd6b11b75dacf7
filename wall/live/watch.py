"""`watch`: a screen asks to be kept up to date with an event."""

from typing import Any

from flask import request
from flask_socketio import SocketIO, join_room, leave_room
from flask_socketio import rooms as rooms_of_socket

from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.words import N_
from wall.live import rooms
from wall.live.answering import Answer, answered
from wall.services.addresses import Addresses
from wall.services.watching import changes_since, find_event, read_since, room_now
from wall.store import Store


def take_watches(sockets: SocketIO, store: Store, addresses: Addresses) -> None:
    """Answer `watch` in namespace `/`: `{"event": CODE, "since": N, "as": "wall" | "phone"}`.

    A wall gets the changes since N now and `changes` from then on; a phone gets `room`, now and then.
    """

    @sockets.on("watch")
    @answered
    def watch(*sent: Any) -> Answer:
        asked = read_watch(sent)
        code = find_event(store, asked["event"]).code
        if asked["as"] == "phone":
            follow_only(rooms.phone(code, request.sid))  # type: ignore[attr-defined]
            return room_now(store, code)
        follow_only(rooms.walls(code))
        return changes_since(store, addresses, "public", code, asked["since"])


def read_watch(sent: tuple[Any, ...]) -> dict[str, Any]:
    """What a `watch` asks for. Raises BadInput where it cannot be read."""
    asked = sent[0] if sent and isinstance(sent[0], dict) else {}
    code, role = asked.get("event"), asked.get("as", "wall")
    wrong = {}
    if not isinstance(code, str):
        wrong["event"] = N_("This must be an event’s code.")
    if role not in ("wall", "phone"):
        wrong["as"] = N_("This must be “wall” or “phone”.")
    if wrong:
        raise BadInput(fields=wrong)
    return {"event": typed_event_code(str(code)), "as": role, "since": read_since(asked.get("since"))}


def follow_only(room: str) -> None:
    """One socket follows one event: leave what it followed before, then join."""
    for joined in rooms_of_socket():
        if ":" in joined and joined != room:
            leave_room(joined)
    join_room(room)
