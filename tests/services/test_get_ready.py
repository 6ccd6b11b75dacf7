"""Before the day: can phones reach this server, and does it keep up? A load check leaves no trace."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft, close
from tests.live.test_watching import say
from tests.support.running import OwnServer, Server, free_port, wait_until
from tests.web.test_roles import HTML, JSON, error_of, everything_stored
from wall import create_app
from wall.cli.threads import threading_runtime
from wall.core.clock import iso
from wall.core.errors import TryAgain
from wall.core.events import Event
from wall.core.server.load_check import SLOW_SECONDS, LoadCheck
from wall.services.events.creating import add_nobodys_event
from wall.services.server import load_check
from wall.services.server.addresses import Addresses
from wall.services.server.load_check import LONGEST, PHONES, LoadChecks
from wall.services.server.reachability import MOST_COUNTED, Reached, Visitor, reachability_of, who_came
from wall.store import Store
from wall.store.queries import events
from wall.web.kit.context import Parts

A_PHONE, ANOTHER_PHONE = "Mozilla/5.0 (iPhone)", "Mozilla/5.0 (Android)"
THE_SERVER = "192.168.1.20"


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("http://localhost:8000", "localhost"),
        ("http://127.0.0.1:8000", "localhost"),
        ("http://127.8.8.8", "localhost"),
        ("http://[::1]:8000", "localhost"),
        ("http://169.254.20.7:8000", "no_network"),
        ("http://[fe80::1]:8000", "no_network"),
        ("http://192.168.1.20:8000", "fine"),
        ("http://10.0.0.4", "fine"),
        ("https://wall.example.org/live", "fine"),
        ("http://laptop.local:8000", "fine"),
    ],
)
def test_an_address_that_phones_cannot_reach_is_seen(address: str, reach: str) -> None:
    assert reachability_of(Addresses(address, 8000)) == reach


def state_at(desk: FlaskClient, event: Event) -> dict[str, Any]:
    state: dict[str, Any] = desk.get(f"/desk/e/{event.code}/before", headers={"Accept": JSON}).get_json()
    return state


def come(phone: FlaskClient, event: Event, kind: str, address: str) -> int:
    """A phone opens the page that says: you are here."""
    environ = {"REMOTE_ADDR": address}
    return phone.get(f"/e/{event.code}/reach", headers={"User-Agent": kind}, environ_base=environ).status_code


def test_each_phone_that_reaches_the_server_counts_once_for_its_event_alone(
    cast: Cast, guest: FlaskClient, signed_in: SignIn, database: str
) -> None:
    desk, stored = signed_in(cast.organiser), everything_stored(database)
    assert state_at(desk, cast.event) == {"reached": 0, "latest": None, "rehearsal": None}
    for kind, address in (
        (A_PHONE, "10.0.0.7"),
        (A_PHONE, "10.0.0.7"),
        (ANOTHER_PHONE, "10.0.0.7"),
        (A_PHONE, "10.0.0.8"),
    ):
        assert come(guest, cast.event, kind, address) == 200

    state = state_at(desk, cast.event)
    assert state["reached"] == 3
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", state["latest"])
    assert state_at(signed_in(cast.other_organiser), cast.other_event)["reached"] == 0
    assert everything_stored(database) == stored


def test_the_page_tells_how_many_phones_were_here(cast: Cast, guest: FlaskClient, signed_in: SignIn) -> None:
    come(guest, cast.event, A_PHONE, "10.0.0.7")
    page = signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}/before", headers={"Accept": HTML}).text
    assert f"http://wall.test/e/{cast.event.code}/reach" in page
    assert "<b data-reached>1</b>" in page


@pytest.mark.parametrize(
    ("address", "signed_in", "visitor"),
    [
        ("192.168.1.21", False, "phone"),
        ("2001:db8::7", False, "phone"),
        ("::ffff:192.168.1.21", False, "phone"),
        ("192.168.1.2", False, "phone"),
        ("unknown", False, "phone"),
        ("192.168.1.21", True, "desk"),
        (THE_SERVER, False, "server"),
        ("10.8.0.2", False, "server"),
        (f"::ffff:{THE_SERVER}", False, "server"),
        ("127.0.0.1", False, "server"),
        ("127.8.8.8", False, "server"),
        ("::1", False, "server"),
        ("::ffff:127.0.0.1", False, "server"),
        ("127.0.0.1", True, "server"),
    ],
)
def test_only_a_phone_shows_that_phones_reach_the_server(
    address: str, signed_in: bool, visitor: Visitor
) -> None:
    assert who_came(address, {THE_SERVER, "10.8.0.2"}, signed_in=signed_in) == visitor


def test_neither_the_server_nor_an_organiser_turns_the_check_green(
    cast: Cast, guest: FlaskClient, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Addresses, "own", frozenset({THE_SERVER}))
    desk = signed_in(cast.organiser)
    for browser, address, told in (
        (
            guest,
            "127.0.0.1",
            "This is the computer that runs the wall, so it proves nothing about phones. Scan the code with a phone.",
        ),
        (
            guest,
            THE_SERVER,
            "This is the computer that runs the wall, so it proves nothing about phones. Scan the code with a phone.",
        ),
        (
            desk,
            "10.0.0.7",
            "You are signed in as an organiser on this phone, so it does not count. Use another phone, or open this address in a private window.",
        ),
        (
            signed_in(cast.other_organiser),
            "10.0.0.8",
            "You are signed in as an organiser on this phone, so it does not count. Use another phone, or open this address in a private window.",
        ),
    ):
        page = browser.get(f"/e/{cast.event.code}/reach", environ_base={"REMOTE_ADDR": address}).text
        assert ("This device does not count" in page, told in page) == (True, True)
        assert state_at(desk, cast.event)["reached"] == 0
    come(guest, cast.event, A_PHONE, "10.0.0.7")
    assert state_at(desk, cast.event)["reached"] == 1


def test_nobody_reaches_an_event_that_is_not_there(guest: FlaskClient, cast: Cast) -> None:
    assert guest.get("/e/QQQQ/reach").status_code == 404


def test_only_so_many_phones_are_remembered_the_latest_ones() -> None:
    seconds = iter(range(2 * MOST_COUNTED))
    reached = Reached(clock=lambda: next(seconds))
    reached.note("AAAA", "the first phone")
    for number in range(MOST_COUNTED):
        reached.note("BBBB", f"phone {number}")
    assert reached.at("AAAA") == (0, None)
    assert reached.at("BBBB") == (MOST_COUNTED, MOST_COUNTED)


def a_load_check(**told: Any) -> LoadCheck:
    """One in which all went well, but for what is told."""
    well: dict[str, Any] = {"opened": 3, "stored": 3, "found": 3, "done": True, "times": [0.01, 0.02, 0.03]}
    return LoadCheck(**{"phones": 3} | well | told)


def test_a_load_check_in_which_all_went_well_is_green() -> None:
    report = a_load_check().report()
    assert (report["verdict"], report["typical_ms"], report["slow_ms"]) == ("green", 20, 30)


def test_a_load_check_in_which_some_wait_too_long_is_amber() -> None:
    assert a_load_check(times=[0.01, 0.02, SLOW_SECONDS + 0.1]).verdict == "amber"


@pytest.mark.parametrize(
    "told",
    [{"failed": 1}, {"stored": 2}, {"found": 2}, {"found": 4}, {"found": None}, {"stored": 0, "times": []}],
    ids=str,
)
def test_a_load_check_in_which_anything_is_missing_is_red(told: dict[str, Any]) -> None:
    assert a_load_check(**told).verdict == "red"


def test_a_load_check_that_runs_has_no_verdict_yet() -> None:
    assert LoadCheck(phones=3).report()["verdict"] is None
    assert a_load_check(done=False).verdict is None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few phones, all at once."""
    monkeypatch.setattr(load_check, "PHONES", 5)
    monkeypatch.setattr(load_check, "WITHIN_SECONDS", 0)


@pytest.mark.usefixtures("quick")
def test_a_load_check_at_an_address_where_nobody_answers_is_red_and_leaves_nothing(
    cast: Cast, store: Store, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    stored = everything_stored(database)
    checks = LoadChecks(store, Addresses(f"http://127.0.0.1:{free_port()}", 8000))
    running = checks.start(cast.organiser, cast.event.code)
    wait_until(lambda: running.done, "the load check ends")
    assert (running.verdict, running.failed, running.stored) == ("red", 5, 0)
    assert checks.of(cast.event.code) is running
    assert everything_stored(database) == stored
    assert caplog.text == "", "the page says it; the terminal has no traceback of it"


@pytest.mark.usefixtures("quick")
def test_a_load_check_at_an_address_where_the_venue_s_wi_fi_answers_is_red(
    cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    welcome = SimpleNamespace(headers={}, body=b"<h1>Welcome to our Wi-Fi</h1>")
    monkeypatch.setattr(load_check, "_ask", lambda *_: welcome)
    running = LoadChecks(store, Addresses("http://wall.test", 80)).start(cast.organiser, cast.event.code)
    wait_until(lambda: running.done, "the load check ends")
    assert (running.verdict, running.failed, running.found) == ("red", 0, None)
    assert caplog.text == ""


@pytest.mark.usefixtures("quick")
def test_one_load_check_runs_at_a_time_and_its_event_s_organisers_watch_it(
    cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_check, "WITHIN_SECONDS", 0.5)
    checks = LoadChecks(store, Addresses(f"http://127.0.0.1:{free_port()}", 8000))
    running = checks.start(cast.organiser, cast.event.code)
    assert checks.start(cast.co_organiser, cast.event.code) is running
    with pytest.raises(TryAgain):
        checks.start(cast.other_organiser, cast.other_event.code)
    wait_until(lambda: running.done, "the load check ends")
    following = checks.start(cast.other_organiser, cast.other_event.code)
    assert following is not running
    wait_until(lambda: following.done, "the next one ends")
    assert checks.of(cast.event.code) is running


def test_an_organiser_of_another_event_learns_only_that_a_load_check_runs(
    cast: Cast, parts: Parts, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LoadChecks, "_run", lambda *_: None)  # it runs on and on
    desk, other_desk = signed_in(cast.organiser), signed_in(cast.other_organiser)
    parts.load_checks.start(cast.organiser, cast.event.code)
    assert state_at(desk, cast.event)["rehearsal"]["phones"] == PHONES
    assert state_at(other_desk, cast.other_event)["rehearsal"] is None

    refused = other_desk.post(f"/desk/e/{cast.other_event.code}/rehearse", headers={"Accept": JSON})
    assert error_of(refused) == (503, "try_again")
    assert refused.get_json()["error"] == {
        "code": "try_again",
        "message": "Another load check is running. Try again in a few seconds.",
        "retry_after": 1,
    }
    assert state_at(other_desk, cast.other_event)["rehearsal"] is None


@pytest.mark.usefixtures("quick")
def test_a_load_check_that_cannot_clean_up_ends_all_the_same(
    cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_check, "delete_all_of", broken)
    checks = LoadChecks(store, Addresses(f"http://127.0.0.1:{free_port()}", 8000))
    running = checks.start(cast.organiser, cast.event.code)
    wait_until(lambda: running.done, "the load check ends")
    assert running.verdict == "red"


def broken(*_: Any) -> None:
    raise OSError("No space left on device")


def an_event_of_a_load_check(store: Store, *, age: timedelta) -> Event:
    """With a pledge of a simulated phone."""
    made = iso(datetime.now(UTC) - age)
    event = store.write(
        lambda tx: add_nobodys_event(tx, title="Load check", question="?", rehearsal=True, created_at=made)
    )
    say(store, event.code, "A simulated phone pledges.")
    return event


def start_another_server(parts: Parts) -> None:
    """On the same database."""
    close(create_app(parts.settings, threading_runtime()))


def test_what_a_broken_off_load_check_left_is_swept_when_the_server_starts(
    parts: Parts, store: Store, cast: Cast, database: str
) -> None:
    stored = everything_stored(database)
    an_event_of_a_load_check(store, age=LONGEST)
    assert everything_stored(database) != stored
    start_another_server(parts)
    assert everything_stored(database) == stored


def test_a_second_server_that_starts_leaves_a_running_load_check_alone(
    parts: Parts, store: Store, cast: Cast, database: str
) -> None:
    an_event_of_a_load_check(store, age=LONGEST / 2)
    stored = everything_stored(database)
    start_another_server(parts)
    assert everything_stored(database) == stored


@pytest.mark.usefixtures("quick")
def test_a_load_check_that_ends_leaves_the_one_of_a_second_server_alone(
    cast: Cast, store: Store, database: str
) -> None:
    an_event_of_a_load_check(store, age=timedelta(0))
    stored = everything_stored(database)
    running = LoadChecks(store, Addresses(f"http://127.0.0.1:{free_port()}", 8000)).start(
        cast.organiser, cast.event.code
    )
    wait_until(lambda: running.done, "the load check ends")
    assert everything_stored(database) == stored


def test_a_load_check_s_event_is_in_nobody_s_list_and_not_at_the_front_door(
    store: Store, cast: Cast, signed_in: SignIn
) -> None:
    left = store.write(lambda tx: add_nobodys_event(tx, title="Load check", question="?", rehearsal=True))
    with store.read() as connection:
        assert left.code not in [event.code for event in events.open_events(connection)]
    for person in (cast.organiser, cast.other_organiser):
        assert left.code not in signed_in(person).get("/desk/events", headers={"Accept": HTML}).text


class Browser:
    """A browser with cookies, at a server of its own process."""

    def __init__(self, server: Server) -> None:
        self._url = server.url
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, accept: str = HTML) -> str:
        return self._ask(Request(f"{self._url}{path}", headers={"Accept": accept}))  # noqa: S310

    def post(self, path: str, token: str, accept: str = HTML) -> str:
        sent = urlencode({"csrf_token": token}).encode()
        return self._ask(Request(f"{self._url}{path}", sent, {"Accept": accept}))  # noqa: S310

    def _ask(self, request: Request) -> str:
        with self._opener.open(request) as answer:
            return str(answer.read().decode())


class OrganiserAtServer:
    """The organiser of a real server, on the page before the day."""

    def __init__(self, server: Server) -> None:
        self._browser = Browser(server)
        self._browser.post(server.desk_link, token_in(self._browser.get(server.desk_link)))
        self._path = f"/desk/e/{server.code}"

    def check_load(self) -> None:
        token = token_in(self._browser.get(f"{self._path}/before"))
        self._browser.post(f"{self._path}/rehearse", token, JSON)

    def load_check(self) -> dict[str, Any]:
        """How it stands."""
        state = json.loads(self._browser.get(f"{self._path}/before", JSON))
        report: dict[str, Any] = state["rehearsal"]
        return report


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page has a form"
    return found[1]


def test_a_load_check_on_the_real_server_is_green_and_leaves_no_trace(
    own_server: OwnServer, tmp_path: Path
) -> None:
    organiser = OrganiserAtServer(own_server)
    own_server.send(a_draft("Listen more."))
    stored = everything_stored(f"sqlite:///{tmp_path / 'wall.db'}")
    public = own_server.get(f"/e/{own_server.code}/pledges")

    organiser.check_load()
    wait_until(lambda: organiser.load_check()["stored"], "the first simulated phone is done")
    assert simulated(tmp_path), "its event is there while it runs"
    assert f'data-event="{own_server.code}"' in own_server.get("/")[1]
    assert own_server.get(f"/e/{own_server.code}/pledges") == public

    wait_until(lambda: organiser.load_check()["done"], "the load check ends")
    told = organiser.load_check()
    assert (told["opened"], told["stored"], told["failed"], told["found"]) == (PHONES, PHONES, 0, PHONES)
    assert told["verdict"] in ("green", "amber")  # amber is the machine's fault
    assert everything_stored(f"sqlite:///{tmp_path / 'wall.db'}") == stored
    assert own_server.get(f"/e/{own_server.code}/pledges") == public


def simulated(folder: Path) -> int:
    """How many events of load checks the database has."""
    with closing(sqlite3.connect(folder / "wall.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM events WHERE rehearsal").fetchone()
    return int(count)
