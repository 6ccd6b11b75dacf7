"""The messages of signed-in people, in namespace `/desk`: all statuses, and how the room is."""

from typing import Any

from flask import session
from flask_socketio import SocketIO

from wall.core.errors import NotSignedIn
from wall.core.roles import Role
from wall.live import rooms
from wall.live.answering import Answer, answered
from wall.live.presence import Presence
from wall.live.watch import follow_only, read_watch
from wall.services.addresses import Addresses
from wall.services.desks import desk_changes_since, my_event
from wall.services.health import look_at_server
from wall.services.signing_in import find_signed_in
from wall.store import Store

NAMESPACE = "/desk"


def take_desk_watches(sockets: SocketIO, store: Store, addresses: Addresses, presence: Presence) -> None:
    """Answer `watch` with everything, to moderators and organisers, and `state` with how the room is."""

    @sockets.on("connect", namespace=NAMESPACE)
    def connect(*_sent: Any) -> bool:
        try:
            find_signed_in(store, session.get("organiser"), session.get("number"))
        except NotSignedIn:
            return False
        return True

    @sockets.on("watch", namespace=NAMESPACE)
    @answered
    def watch(*sent: Any) -> Answer:
        organiser = find_signed_in(store, session.get("organiser"), session.get("number"))
        asked = read_watch(sent)
        my_event(store, organiser, asked["event"], Role.MODERATOR)  # may they? only then into the room
        follow_only(rooms.desk(asked["event"], organiser.id, organiser.session_number))
        return desk_changes_since(store, addresses, organiser, asked["event"], asked["since"])

    @sockets.on("state", namespace=NAMESPACE)
    @answered
    def state(*sent: Any) -> Answer:
        """Which screens are connected, what they show, and whether the server is well."""
        organiser = find_signed_in(store, session.get("organiser"), session.get("number"))
        event = my_event(store, organiser, read_watch(sent)["event"], Role.MODERATOR)
        return {"version": event.version, **presence.at(event.code), "server": look_at_server(store)}
