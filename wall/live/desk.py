"""`watch` for signed-in organisers, in namespace `/desk`: all statuses."""

from typing import Any

from flask import session
from flask_socketio import SocketIO

from wall.core.errors import NotSignedIn
from wall.live import rooms
from wall.live.answering import Answer, answered
from wall.live.watch import follow_only, read_watch
from wall.services.addresses import Addresses
from wall.services.desks import desk_changes_since, my_event
from wall.services.signing_in import find_signed_in
from wall.store import Store

NAMESPACE = "/desk"


def take_desk_watches(sockets: SocketIO, store: Store, addresses: Addresses) -> None:
    """Answer `watch` with everything, to whoever works on the event."""

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
        my_event(store, organiser, asked["event"])  # may they? only then into the room
        follow_only(rooms.desks(asked["event"]))
        return desk_changes_since(store, addresses, organiser, asked["event"], asked["since"])
