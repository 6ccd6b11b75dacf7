"""The messages of signed-in people, in namespace `/desk`: all statuses, and how the room is."""

from typing import Any

from flask import session
from flask_socketio import SocketIO

from wall.core.errors import EventNotFound, NotSignedIn, NotYourRole, TryAgain
from wall.core.events import Event
from wall.core.people.roles import Role
from wall.core.people.sessions import IN_COOKIE, SignedIn
from wall.core.server.background import Background
from wall.limits import policies
from wall.live import rooms
from wall.live.answering import Answer, answered
from wall.live.json_codec import fragment
from wall.live.open_desks import OpenDesks
from wall.live.presence import Presence
from wall.live.socket_limits import SocketLimits
from wall.live.watch import follow_only, read_watch, this_socket
from wall.services.people.access import my_event
from wall.services.people.security_log import Fact, note
from wall.services.people.sessions import find_session
from wall.services.server.feeds import Feeds
from wall.services.server.health import server_state
from wall.store import Store

NAMESPACE = "/desk"


def register_desk_watch(
    sockets: SocketIO,
    store: Store,
    feeds: Feeds,
    presence: Presence,
    socket_limits: SocketLimits,
    background: Background,
) -> None:
    """Answer `watch` with everything, to moderators and organisers, and `state` with how the room is."""
    desks = OpenDesks(sockets, store, NAMESPACE, background)

    def signed_in() -> SignedIn:
        return find_session(store, session.get(IN_COOKIE))

    def may_follow(here: SignedIn, code: str) -> Event:
        try:
            return my_event(store, here.organiser, code, Role.MODERATOR)
        except (EventNotFound, NotYourRole) as refused:
            fact = Fact.ROLE_MISSING if isinstance(refused, NotYourRole) else Fact.NOT_THEIR_EVENT
            note(fact, person=here.organiser.id, at="live.desk")
            raise

    @sockets.on("connect", namespace=NAMESPACE)
    def connect(*_sent: Any) -> bool:
        try:
            desks.add(this_socket(), signed_in().session.id)
        except NotSignedIn:
            return False
        return True

    @sockets.on("disconnect", namespace=NAMESPACE)
    def disconnect(*_reason: Any) -> None:
        desks.leave(this_socket())
        presence.leave(this_socket())

    @sockets.on("watch", namespace=NAMESPACE)
    @answered
    def watch(*sent: Any) -> Answer:
        socket_limits.allow(policies.WATCHES_BY_SOCKET, this_socket())
        here, asked = signed_in(), read_watch(sent)
        may_follow(here, asked["event"])  # only then into the room
        desks.add(this_socket(), here.session.id, asked["event"])
        socket_limits.note_watch(this_socket(), NAMESPACE)
        follow_only(presence, rooms.desk(asked["event"], here.session.id))
        return fragment(feeds.desk_changes(here.organiser, asked["event"], asked["since"]))

    @sockets.on("state", namespace=NAMESPACE)
    @answered
    def state(*sent: Any) -> Answer:
        """Which screens are connected, what they show, and whether the server is well."""
        socket_limits.allow(policies.ASKING_BY_SOCKET, this_socket())
        try:
            event = may_follow(signed_in(), read_watch(sent)["event"])
        except TryAgain as error:
            raise TryAgain(store.trouble.words if store.trouble else None) from error
        return {"version": event.version, **presence.at(event.code), "server": server_state(store)}
