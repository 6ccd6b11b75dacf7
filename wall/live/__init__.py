"""The live side: Socket.IO, who is in which room, and the announcer."""

import time
from typing import TYPE_CHECKING

from flask import Flask
from flask_socketio import SocketIO

from wall.core.server.background import Background
from wall.core.server.runtime import Runtime
from wall.limits.allowances import AllowancesInMemory
from wall.live import json_codec
from wall.live.announcer import Announcer
from wall.live.desk import register_desk_watch
from wall.live.presence import Presence
from wall.live.redis_hints import RedisHints
from wall.live.room_index import RoomIndex
from wall.live.socket_limits import SocketLimits, Who
from wall.live.transport import patch_engineio
from wall.live.watch import register_watch
from wall.services.server.feeds import Feeds
from wall.store import EventChange, Store

if TYPE_CHECKING:
    from config import Settings

LARGEST_MESSAGE_BYTES = 16 * 1024


def init_app(
    app: Flask,
    settings: "Settings",
    runtime: Runtime,
    store: Store,
    feeds: Feeds,
    who: Who,
    background: Background,
) -> None:
    """Open the sockets, and announce each commit of the ledger on them."""
    patch_engineio()
    sockets = SocketIO(
        app,
        async_mode=runtime.async_mode,
        client_manager=RoomIndex(),
        manage_session=False,
        json=json_codec,
        max_http_buffer_size=LARGEST_MESSAGE_BYTES,
    )
    announcer = Announcer(sockets, feeds, background)
    hints = (
        RedisHints(settings.redis_url, store.check_other_servers, background) if settings.redis_url else None
    )
    if hints:
        store.hears_other_servers = lambda: "quick" if hints.are_arriving else "slow"

    def on_change(changed: list[EventChange]) -> None:
        announcer.announce(changed)  # our own screens first
        if hints:
            hints.publish()

    store.subscribe(on_change)
    socket_limits = SocketLimits(
        sockets, who, AllowancesInMemory(time.monotonic) if settings.limits else None, background
    )
    app.wsgi_app = socket_limits.in_front_of(app.wsgi_app)  # type: ignore[method-assign, assignment]
    presence = Presence()
    register_watch(sockets, store, feeds, presence, socket_limits)
    register_desk_watch(sockets, store, feeds, presence, socket_limits, background)
