"""What screens are sent, read as they read it: through the answers that the server caches."""

import json
from typing import Any
from weakref import WeakKeyDictionary

from wall.cli.threads import threading_runtime
from wall.core.audience import Audience
from wall.core.people.organisers import Organiser
from wall.services.server.addresses import Addresses
from wall.services.server.feeds import Feeds
from wall.store import Store

_feeds: WeakKeyDictionary[Store, Feeds] = WeakKeyDictionary()


def feeds_of(store: Store, addresses: Addresses) -> Feeds:
    """The same ones for as long as the store is open, so that what they keep is tried too."""
    return _feeds.setdefault(store, Feeds(store, addresses, threading_runtime().off_loop))


def changes_since(
    store: Store, addresses: Addresses, code: str, since: int, audience: Audience = "public"
) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(feeds_of(store, addresses).changes(code, since, audience).body)
    return told


def desk_changes_since(
    store: Store, addresses: Addresses, organiser: Organiser, code: str, since: int
) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(feeds_of(store, addresses).desk_changes(organiser, code, since).body)
    return told
