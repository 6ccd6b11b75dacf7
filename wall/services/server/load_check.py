"""The load check: simulated phones at the real server, on an event of their own that leaves no trace."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Lock, Thread
from urllib.parse import urlsplit

from wall.core.clock import iso
from wall.core.errors import TryAgain
from wall.core.people.organisers import Organiser
from wall.core.server.load_check import LoadCheck
from wall.core.words import N_
from wall.services.events.creating import add_nobodys_event
from wall.services.events.deleting import delete_all_of
from wall.services.people.access import my_event
from wall.services.server.addresses import Addresses
from wall.store import Store
from wall.store.queries import events

PHONES = 120
WITHIN_SECONDS = 4.0
"""People stand up one after the other, but not slowly."""
TIMEOUT_SECONDS = 15
LONGEST = timedelta(minutes=10)
"""No load check takes that long, however slow the server is."""
TEXT = "Load check: a simulated phone pledges to listen more."

log = logging.getLogger(__name__)


class LoadChecks:
    """The latest load check of each event; one runs at a time on this server."""

    def __init__(self, store: Store, addresses: Addresses) -> None:
        self._store = store
        self._addresses = addresses
        self._lock = Lock()
        self._latest: dict[str, LoadCheck] = {}

    def start(self, organiser: Organiser, code: str) -> LoadCheck:
        """Begin a load check, or join the one that runs for this event.

        Raises EventNotFound, NotYourRole, or TryAgain while one runs for another event.
        """
        my_event(self._store, organiser, code)
        with self._lock:
            latest = self._latest.get(code)
            if latest and not latest.done:
                return latest
            if not all(one.done for one in self._latest.values()):
                raise TryAgain(N_("Another load check is running. Try again in a few seconds."))
            begun = self._latest[code] = LoadCheck(PHONES)
        Thread(target=self._run, args=(begun,), name="load-check", daemon=True).start()
        return begun

    def of(self, code: str) -> LoadCheck | None:
        """The latest load check of an event; the caller has checked who asks."""
        return self._latest.get(code)

    def _run(self, check: LoadCheck) -> None:
        try:
            self._check(check)
        except Exception:
            log.exception("the load check broke off")
        finally:
            check.done = True

    def _check(self, check: LoadCheck) -> None:
        event = self._store.write(
            lambda tx: add_nobodys_event(tx, title="Load check", question="?", rehearsal=True)
        )
        try:
            base, pause = self._addresses.base, WITHIN_SECONDS / check.phones
            phones = [
                Thread(target=_visit, args=(base, event.code, check, number * pause), daemon=True)
                for number in range(check.phones)
            ]
            for phone in phones:
                phone.start()
            for phone in phones:
                phone.join()
            check.found = _count_on_wall(self._addresses.base, event.code)
        finally:
            self._store.write(lambda transaction: delete_all_of(transaction, event))


def clean_up(store: Store) -> None:
    """Take away the events that a power cut left of load checks, but none that another server runs just now."""
    ended = iso(datetime.now(UTC) - LONGEST)
    with store.read() as connection:
        left = [event for event in events.of_load_checks(connection) if event.created_at < ended]
    for event in left:
        store.write(lambda transaction, event=event: delete_all_of(transaction, event))  # type: ignore[misc]


def _visit(base: str, code: str, check: LoadCheck, after: float) -> None:
    """One phone: some seconds `after` the start it opens the page, sends a pledge, and sends it again as over a bad line."""
    time.sleep(after)
    try:
        page = _ask(base, "GET", f"/e/{code}")
        cookie = (page.headers.get("Set-Cookie") or "").split(";")[0]
        check.opened += 1
        pledge = json.dumps({"key": str(uuid.uuid4()), "text": TEXT})
        began = time.perf_counter()
        _ask(base, "POST", f"/e/{code}/pledges", pledge, cookie)
        check.times.append(time.perf_counter() - began)
        _ask(base, "POST", f"/e/{code}/pledges", pledge, cookie)
        check.stored += 1
    except (OSError, HTTPException):
        check.failed += 1


def _count_on_wall(base: str, code: str) -> int | None:
    """None where nobody answers, or somebody else does: the page of a venue's Wi-Fi, say."""
    try:
        return len(json.loads(_ask(base, "GET", f"/e/{code}/pledges").body)["pledges"])
    except (OSError, HTTPException, ValueError):
        return None


class _Answer:
    def __init__(self, answer: HTTPResponse) -> None:
        self.headers = answer.headers
        self.body = answer.read()


def _ask(base: str, method: str, path: str, body: str | None = None, cookie: str = "") -> _Answer:
    """One request, as a phone makes it. Raises OSError or HTTPException, also where the server refused."""
    parts = urlsplit(base)
    connect: Callable[..., HTTPConnection] = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.netloc, timeout=TIMEOUT_SECONDS)
    headers = {"Content-Type": "application/json", "Accept": "application/json"} if body else {}
    if cookie:
        headers["Cookie"] = cookie
    try:
        connection.request(method, f"{parts.path}{path}", body, headers)
        answer = connection.getresponse()
        if answer.status >= 400:
            raise HTTPException(f"answered {answer.status}")
        return _Answer(answer)
    finally:
        connection.close()
