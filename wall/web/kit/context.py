"""What the edges need of the running program, found through the running application."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app

from wall.core.audience import event_for_all
from wall.core.events import Event
from wall.core.server.background import Background
from wall.core.server.runtime import Runtime
from wall.services.exports.jobs import ExportJobs
from wall.services.people.sign_in_tries import SignInTries
from wall.services.server.addresses import Addresses
from wall.services.server.feeds import Feeds
from wall.services.server.load_check import LoadChecks
from wall.services.server.reachability import Reached
from wall.store import Store
from wall.web.kit.cookies import Cookies
from wall.web.kit.devices import Devices
from wall.web.kit.fair_use import FairUse
from wall.web.kit.gate import Gate
from wall.web.kit.known_devices import KnownDevices

if TYPE_CHECKING:
    from config import Settings
    from wall.web.kit.compression import Compression

_KEY = "scribe_wall"


@dataclass(frozen=True, slots=True)
class Parts:
    """One running program's parts."""

    settings: "Settings"
    runtime: Runtime
    store: Store
    addresses: Addresses
    cookies: Cookies
    devices: Devices
    known_devices: KnownDevices
    tries: SignInTries
    fair_use: FairUse
    reached: Reached
    load_checks: LoadChecks
    exports: ExportJobs
    feeds: Feeds
    compression: "Compression"
    gate: Gate
    background: Background

    def close(self) -> None:
        """Finish what was accepted, release the database, and end what runs beside."""
        self.gate.close()
        self.store.close()
        self.background.end()


def attach(app: Flask, parts: Parts) -> None:
    app.extensions[_KEY] = parts


def current_parts() -> Parts:
    """The parts of the program that answers the current request."""
    found: Parts = current_app.extensions[_KEY]
    return found


def event_on_page(event: Event) -> dict[str, Any]:
    """An event as templates and answers know it, with the addresses that people type."""
    return event_for_all(event) | current_parts().addresses.of(event.code)
