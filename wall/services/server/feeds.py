"""What changed after a version: made once for everybody who may hear the same, and sent as bytes."""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime

import orjson

from wall.core.audience import Audience, event_for_all, event_for_wall, form_of, pledge_for_public
from wall.core.errors import EventNotFound, VersionUnknown
from wall.core.event_copy import Changed
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.people.sessions import Session
from wall.core.pledges import Status
from wall.core.server.cache import Cache
from wall.core.server.encoded import Encoded
from wall.core.server.runtime import OffLoop
from wall.core.server.single_flight import SingleFlight
from wall.services.people.access import event_of
from wall.services.server.addresses import Addresses
from wall.services.server.event_copies import EventCopies, View, as_json, identity_of
from wall.store import Connection, Snapshot, Store
from wall.store.queries import events, pledges, sessions, team

LATEST_FOR_PHONES = 5
MOST_ANSWERS = 2_000
MOST_BYTES = 64_000_000

Names = dict[int, str]
Render = Callable[[Event, list[bytes]], str]

_PUBLIC = as_json("public")
_VIEWS: dict[Audience, View] = {
    "public": _PUBLIC,
    "wall": _PUBLIC,  # the same pledges: one copy
    "kept": as_json("kept"),
    "desk": as_json("desk"),
}


class Feeds:
    """Each answer is looked up by all that it depends on, read anew each time: so none can be out of date.

    An event is read for every question, its pledges only when they changed.
    """

    def __init__(self, store: Store, addresses: Addresses, off_loop: OffLoop) -> None:
        self._store = store
        self._addresses = addresses
        self._off_loop = off_loop
        self._copies = EventCopies(off_loop)
        self._single_flight: SingleFlight[Hashable, Encoded] = SingleFlight()
        self._answers: Cache[Hashable, Encoded] = Cache(
            most_entries=MOST_ANSWERS, most_bytes=MOST_BYTES, size=lambda answer: len(answer.body)
        )

    def changes(self, code: str, since: int, audience: Audience = "public") -> Encoded:
        """What changed in an event after version `since`, for the public, on the wall, or on the kept wall.

        Raises EventNotFound, or VersionUnknown where the event has not come so far or was emptied since.
        """
        with self._store.read() as connection:
            event = _find(connection, code)
        return self._changes(event, since, audience)

    def desk_changes(self, organiser: Organiser, code: str, since: int) -> Encoded:
        """As changes, with all statuses and who decided, for whoever may see it.

        Raises EventNotFound, NotYourRole or VersionUnknown.
        """
        with self._store.read() as connection:
            event = event_of(connection, organiser, code, Role.MODERATOR)
            names = team.all_names(connection)
        return self._changes(event, since, "desk", names)

    def team_changes(self, code: str, since: int) -> tuple[Encoded, list[Session]]:
        """The desk's answer, and the sessions that may hear it now. Raises EventNotFound or VersionUnknown."""
        with self._store.read() as connection:
            event = _find(connection, code)
            at_desk = sessions.at_desk(connection, event.id)
            names = team.all_names(connection)
        now = datetime.now(UTC)
        listeners = [session for session in at_desk if session.is_valid(now)]
        return self._changes(event, since, "desk", names), listeners

    def page(self, code: str, view: View, words: Hashable, render: Render) -> Encoded:
        """A page with every pledge that `view` encodes, newest first. `words` is whatever else it depends on: the language, say.

        Raises EventNotFound.
        """
        with self._store.read() as connection:
            event = _find(connection, code)
        key = "page", view.name, identity_of(event), event.version, self._head(event), words
        return self._cached(key, lambda: self._make_page(code, view, render))

    def room(self, code: str) -> Encoded:
        """What every phone may hear: the version, how many pledges are shown, and the latest few."""
        with self._store.read() as connection:
            event = _find(connection, code)
        key = "room", identity_of(event), event.version
        return self._cached(key, lambda: self._make_room(code))

    def _changes(self, event: Event, since: int, audience: Audience, names: Names | None = None) -> Encoded:
        _check_known(event, since)
        if audience == "wall" and not event.wifi_name:
            audience = "public"  # the very same answer
        encoded_names = orjson.dumps(names, option=orjson.OPT_NON_STR_KEYS)
        key = audience, identity_of(event), event.version, since, self._head(event, audience), encoded_names
        return self._cached(key, lambda: self._make_changes(event.code, since, audience, names))

    def _cached(self, key: Hashable, make: Callable[[], Encoded]) -> Encoded:
        """What is made may be newer than what was asked for, never older."""
        found = self._answers.get(key)
        if found is None:
            found = self._single_flight(key, make)
            self._answers.put(key, found)
        return found

    def _make_changes(self, code: str, since: int, audience: Audience, names: Names | None) -> Encoded:
        view = _VIEWS[audience]
        with self._copies.lock(view, code), self._store.read() as connection:
            event = _find(connection, code)  # it may have changed, or been emptied, while we waited
            _check_known(event, since)
            copy = self._copies.up_to_date(connection, event, view)
            head = self._head(event, audience)
            return self._off_loop(
                lambda: Encoded.of(_joined(head, since, event.version, copy.since(since), names))
            )

    def _make_page(self, code: str, view: View, render: Render) -> Encoded:
        with self._copies.lock(view, code), self._store.read() as connection:
            event = _find(connection, code)
            copy = self._copies.up_to_date(connection, event, view)
            newest_first = self._off_loop(lambda: copy.since(0).pledges[::-1])
        page = render(event, newest_first)
        return self._off_loop(lambda: Encoded.of(page.encode()))

    def _make_room(self, code: str) -> Encoded:
        with self._store.read() as connection:
            event = _find(connection, code)
            return self._off_loop(lambda: Encoded.of(_room(connection, event)))

    def _head(self, event: Event, audience: Audience = "public") -> bytes:
        """The event as an audience may know it, with the addresses that people type just now."""
        known = event_for_wall(event) if audience == "wall" else event_for_all(event)
        return orjson.dumps(known | self._addresses.of(event.code))


def _find(connection: Snapshot, code: str) -> Event:
    event = events.by_code(connection, code)
    if event is None:
        raise EventNotFound
    return event


def _check_known(event: Event, since: int) -> None:
    if since > event.version or 0 < since < event.emptied:
        raise VersionUnknown


def _joined(head: bytes, since: int, version: int, changed: Changed, names: Names | None) -> bytes:
    """The contract's shape, from parts that are encoded already."""
    encoded = b",".join(changed.pledges)
    removed = orjson.dumps(changed.removed)
    people = b""
    if names is not None:
        acted = {str(who): names[who] for who in sorted(changed.people) if who in names}
        people = b',"people":' + orjson.dumps(acted)
    return b'{"event":%b,"from":%d,"to":%d,"pledges":[%b],"removed":%b%b}' % (
        head,
        since,
        version,
        encoded,
        removed,
        people,
    )


def _room(connection: Connection, event: Event) -> bytes:
    counts = pledges.count_by_status(connection, event.id)
    latest = pledges.latest_shown(connection, event.id, LATEST_FOR_PHONES)
    return orjson.dumps(
        {
            "event": event.code,
            "version": event.version,
            "open": event.open,
            "form": form_of(event),
            "shown": counts[Status.SHOWN],
            "latest": [pledge_for_public(pledge) for pledge in latest],
        }
    )
