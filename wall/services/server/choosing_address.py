"""An organiser chooses at which of this machine's addresses the phones are to reach it."""

from typing import TYPE_CHECKING

from wall.core.errors import BadInput
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.words import N_
from wall.services.people.access import check_makes_events
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.services.server.addresses import Addresses
from wall.store import Store
from wall.store.queries import events, server_address

if TYPE_CHECKING:
    from config import Settings


def addresses_of(settings: "Settings", store: Store) -> Addresses:
    """Where phones reach the server that has these settings and this database."""
    return Addresses(settings.public_url, settings.port, settings.host, lambda: chosen_address(store))


def chosen_address(store: Store) -> str:
    """What was chosen, whether this machine has it now or not; empty for the best that is found."""
    with store.read() as connection:
        return server_address.chosen_address(connection)


def choose_address(store: Store, addresses: Addresses, organiser: Organiser, code: str, address: str) -> None:
    """Choose the address for the whole server; every open event's screens hear of it at once. Empty for the best that is found.

    Raises EventNotFound, NotYourRole for those who may not create events, and BadInput where this machine does not have that address.
    """
    check_makes_events(organiser)
    here = {one.address for one in addresses.look().interfaces} if addresses.can_be_chosen else set()
    refused = bool(address) and address not in here
    _choose(store, organiser, code, address, refused=refused)
    addresses.look_again()


@at_desk(Role.ORGANISER)
def _choose(desk: DeskTransaction, address: str, *, refused: bool) -> None:
    if refused:
        raise BadInput(fields={"address": N_("This computer no longer has that address. Choose another.")})
    if server_address.chosen_address(desk.connection) == address:
        return
    server_address.choose_address(desk.connection, address)
    desk.record("choose_address")
    for screen in {desk.event.code} | events.open_codes(desk.connection):
        desk.transaction.next_version(screen)  # its address goes along with the next changes
