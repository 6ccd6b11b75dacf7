"""Links into the desk, for the terminal."""

from typing import TYPE_CHECKING

from wall.core.server.runtime import Runtime
from wall.services.events.creating import make_first_event
from wall.services.people.links import make_desk_link
from wall.services.server.addresses import Addresses
from wall.services.server.choosing_address import addresses_of
from wall.store import Store, open_store

if TYPE_CHECKING:
    from config import Settings


def add_desk_link(store: Store, addresses: Addresses, *, without_password: bool = False) -> str:
    """Make a new one-time link; returns its whole address."""
    return f"{addresses.base}/desk/link/{make_desk_link(store, without_password=without_password)}"


def new_desk_link(settings: "Settings", runtime: Runtime, *, without_password: bool) -> str:
    """As add_desk_link, beside a server that may be running."""
    store = open_store(settings.database_url, runtime.off_loop)
    try:
        make_first_event(store)
        addresses = addresses_of(settings, store)
        return add_desk_link(store, addresses, without_password=without_password)
    finally:
        store.close()
