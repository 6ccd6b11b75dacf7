"""`watch`: a screen asks for the changes of an event."""

from typing import Any

from flask import request
from flask_socketio import SocketIO, join_room, leave_room

from wall.core.audience import Audience
from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.words import N_
from wall.limits import policies
from wall.live import rooms
from wall.live.answering import Answer, answered
from wall.live.json_codec import fragment
from wall.live.presence import Presence, Screen
from wall.live.socket_limits import SocketLimits
from wall.services.events.finding import find_event, read_since
from wall.services.server.feeds import Feeds
from wall.store import Store


def register_watch(
    sockets: SocketIO, store: Store, feeds: Feeds, presence: Presence, socket_limits: SocketLimits
) -> None:
    """Answer `watch` in namespace `/`: `{"event": CODE, "since": N, "as": "wall" | "kept" | "phone"}`.

    A wall gets the changes since N now and `changes` from then on, a kept wall with what became of the pledges; a
    phone gets `room`, now and then. A wall that is a projector says so (`"screen": "projector"`), hears which Wi-Fi
    the event shows, and sends `showing` `{"version": N}`: what its people see.
    """

    @sockets.on("watch")
    @answered
    def watch(*sent: Any) -> Answer:
        asked = read_watch(sent)
        socket_limits.allow(
            policies.WATCHES_BY_SOCKET, this_socket(), (policies.WATCHES_BY_EVENT, asked["event"])
        )
        code = find_event(store, asked["event"]).code
        role = asked["as"]
        socket_limits.note_watch(this_socket(), "/")
        follow_only(presence, _room_for(asked, code))
        presence.join(this_socket(), code, asked["screen"])
        if role == "phone":
            return fragment(feeds.room(code))
        return fragment(feeds.changes(code, asked["since"], _audience_of(asked)))

    @sockets.on("showing")
    @answered
    def showing(*sent: Any) -> Answer:
        socket_limits.allow(policies.ASKING_BY_SOCKET, this_socket())
        message = sent[0] if sent and isinstance(sent[0], dict) else {}
        version = message.get("version")
        presence.note_showing(
            this_socket(), read_since("" if version is None else version)
        )  # unsaid is not 0
        return {}

    @sockets.on("disconnect")
    def disconnect(*_reason: Any) -> None:
        presence.leave(this_socket())


def read_watch(sent: tuple[Any, ...]) -> dict[str, Any]:
    """What a `watch` asks for. Raises BadInput where it cannot be read."""
    asked = sent[0] if sent and isinstance(sent[0], dict) else {}
    code, role = asked.get("event"), asked.get("as", "wall")
    wrong = {}
    if not isinstance(code, str):
        wrong["event"] = N_("This must be an event’s code.")
    if role not in ("wall", "kept", "phone"):
        wrong["as"] = N_("This must be “wall”, “kept” or “phone”.")
    if wrong:
        raise BadInput(fields=wrong)
    screen: Screen = (
        "phone" if role == "phone" else "projector" if asked.get("screen") == "projector" else "other"
    )
    return {
        "event": typed_event_code(str(code)),
        "as": role,
        "since": read_since(asked.get("since")),
        "screen": screen,
    }


def _room_for(asked: dict[str, Any], code: str) -> str:
    if asked["as"] == "phone":
        return rooms.phone(code, this_socket())
    return rooms.of_audience(_audience_of(asked), code)


def _audience_of(asked: dict[str, Any]) -> Audience:
    """Only a wall that is projected hears what is for the room in front of it alone."""
    if asked["as"] == "kept":
        return "kept"
    return "wall" if asked["screen"] == "projector" else "public"


def this_socket() -> str:
    """The id of the socket whose message is answered."""
    return str(request.sid)  # type: ignore[attr-defined]


def follow_only(presence: Presence, room: str) -> None:
    """One socket follows one event: leave what it followed before, then join."""
    before = presence.follow(this_socket(), room)
    if before and before != room:
        leave_room(before)
    join_room(room)
