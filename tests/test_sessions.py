"""Sessions at the desk: begun afresh, ended everywhere, stolen from nobody, and guessed by nobody."""

import io
import re
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event as Signal
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft
from tests.running import wait_until
from tests.test_directing import PNG
from tests.test_roles import HTML, JSON, error_of, everything_stored, tell_desk
from tests.test_watching import Screen, say
from wall.core.drafts import read_draft
from wall.core.errors import SignInRefused
from wall.core.organisers import Organiser
from wall.core.pacing import FREE_TRIES, LONGEST_WAIT_SECONDS, Pace
from wall.core.roles import Role
from wall.services.entering import enter_pledges
from wall.services.signing_in import make_desk_link, set_password, sign_out_everywhere
from wall.services.teaming import change_role, invite, remove_member
from wall.store import Store, organisers
from wall.web import signing_in
from wall.web.context import House

RIGHT = "correct horse"
SIGN_OUT = "/desk/sign-out-everywhere"


def test_signing_out_everywhere_ends_the_other_sessions_and_here_one_stays(
    cast: Cast, signed_in: SignIn
) -> None:
    phone, laptop, somebody_else = (
        signed_in(cast.organiser), signed_in(cast.organiser), signed_in(cast.co_organiser),
    )  # fmt: skip
    answer = laptop.post(SIGN_OUT)

    assert (answer.status_code, answer.location) == (303, "/desk/password?ended=yes")
    assert "You are signed out everywhere else." in laptop.get(answer.location).text
    assert error_of(phone.get("/desk/events")) == (401, "not_signed_in")
    assert error_of(phone.post(SIGN_OUT)) == (401, "not_signed_in")
    assert laptop.get("/desk/events").status_code == 200
    assert somebody_else.get("/desk/events").status_code == 200


def test_signing_out_here_leaves_the_other_sessions_alone(cast: Cast, signed_in: SignIn) -> None:
    phone, laptop = signed_in(cast.organiser), signed_in(cast.organiser)
    laptop.post("/desk/sign-out")

    assert laptop.get("/desk/events").status_code == 401
    assert phone.get("/desk/events").status_code == 200


class Hall:
    """Two desks that follow an event: one that will be shut out, and one that goes on hearing."""

    def __init__(self, app: Flask, cast: Cast, store: Store, sign_in: SignIn, who: Organiser) -> None:
        self.code = cast.event.code
        self._store = store
        self.browser = sign_in(who)
        self.shut_out = Screen(app, self.browser, "/desk")
        self._hears = Screen(app, sign_in(cast.co_organiser), "/desk")
        self.shut_out.watch(event=self.code)
        self.version: int = self._hears.watch(event=self.code)["to"]

    def let_pledges_come(self) -> None:
        """Each is told to everybody before the next one is, so after two the first was told to all."""
        for text in ("First.", "Second."):
            say(self._store, self.code, text)
            self.version = self._hears.next_changes(self.version)["to"]


@pytest.fixture
def hall(app: Flask, cast: Cast, store: Store, signed_in: SignIn) -> Hall:
    return Hall(app, cast, store, signed_in, cast.moderator)


def test_a_moderator_s_open_desk_hears_every_change(hall: Hall) -> None:
    hall.let_pledges_come()
    assert [changes["to"] for changes in hall.shut_out.heard("changes")][:1] == [1]


def test_a_removed_moderator_s_open_desk_hears_nothing_more(hall: Hall, cast: Cast, store: Store) -> None:
    remove_member(store, cast.organiser, hall.code, cast.moderator.id)
    hall.let_pledges_come()

    assert hall.shut_out.heard("changes") == []
    assert hall.shut_out.watch(event=hall.code)["error"]["code"] == "event_not_found"


def test_a_demoted_moderator_s_open_desk_hears_nothing_more(hall: Hall, cast: Cast, store: Store) -> None:
    change_role(store, cast.organiser, hall.code, cast.moderator.id, Role.SCRIBE)
    hall.let_pledges_come()

    assert hall.shut_out.heard("changes") == []
    assert hall.shut_out.watch(event=hall.code)["error"]["code"] == "not_your_role"


def test_a_session_that_was_ended_everywhere_hears_nothing_more(
    hall: Hall, app: Flask, cast: Cast, store: Store
) -> None:
    sign_out_everywhere(store, cast.moderator)
    hall.let_pledges_come()

    assert hall.shut_out.heard("changes") == []
    assert hall.shut_out.watch(event=hall.code)["error"]["code"] == "not_signed_in"
    assert not Screen(app, hall.browser, "/desk").connected


def test_the_session_that_stays_goes_on_hearing(hall: Hall, app: Flask) -> None:
    hall.browser.post(SIGN_OUT)
    stays = Screen(app, hall.browser, "/desk")
    version = stays.watch(event=hall.code)["to"]
    hall.let_pledges_come()
    assert stays.next_changes(version)["to"] == version + 1


def test_the_state_of_the_room_is_told_to_no_ended_session(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    browser = signed_in(cast.moderator)
    assert "phones" in tell_desk(app, browser, "state", event=cast.event.code)
    remove_member(store, cast.organiser, cast.event.code, cast.moderator.id)
    told = tell_desk(app, browser, "state", event=cast.event.code)
    assert told["error"]["code"] == "event_not_found"


@pytest.fixture
def with_password(app: Flask, parts: House, cast: Cast) -> Cast:
    app.config["WTF_CSRF_ENABLED"] = False
    set_password(parts.store, parts.runtime.off_loop, cast.organiser, "Ann", RIGHT)
    return cast


def try_password(
    browser: FlaskClient, password: str = RIGHT, name: str = "Ann", **query: str
) -> TestResponse:
    return browser.post("/desk/sign-in", data={"name": name, "password": password}, query_string=query)


def enter(way: str, browser: FlaskClient, cast: Cast, store: Store) -> TestResponse:
    if way == "password":
        return try_password(browser)
    if way == "link":
        return browser.post(f"/desk/link/{make_desk_link(store)}")
    token = invite(store, cast.organiser, cast.event.code, Role.MODERATOR)
    return browser.post(f"/desk/invitation/{token}", data={"name": "Ffion"})


def cookie_of(browser: FlaskClient) -> str:
    found = browser.get_cookie("desk")
    assert found
    return found.value


@pytest.mark.parametrize("way", ["password", "link", "invitation"])
@pytest.mark.parametrize("before", ["a visitor", "somebody else"])
def test_coming_in_begins_a_session_of_its_own(
    app: Flask, with_password: Cast, store: Store, way: str, before: str
) -> None:
    browser, thief = app.test_client(), app.test_client()
    browser.get("/desk/sign-in", headers={"Accept": HTML})  # a visitor has a session for the form's token
    with browser.session_transaction() as session:
        session["planted"] = "by somebody else"
        if before == "somebody else":
            session.update(organiser=with_password.other_organiser.id, number=1)
        old_token = session["csrf_token"]
    old = cookie_of(browser)
    assert enter(way, browser, with_password, store).status_code == 303

    thief.set_cookie("desk", old)
    assert cookie_of(browser) != old
    assert thief.get(f"/desk/e/{with_password.event.code}").status_code == (
        401 if before == "a visitor" else 404
    )
    with browser.session_transaction() as session:
        assert set(session) - {"_permanent", "by_link"} == {"organiser", "number"}
        assert session["organiser"] != with_password.other_organiser.id
    browser.get("/desk/events", headers={"Accept": HTML})
    with browser.session_transaction() as session:
        assert session.get("csrf_token") != old_token


def test_an_invitation_for_an_account_of_somebody_else_signs_nobody_in(
    app: Flask, with_password: Cast, store: Store
) -> None:
    token = invite(store, with_password.organiser, with_password.event.code, Role.MODERATOR)
    browser = app.test_client()
    refused = browser.post(f"/desk/invitation/{token}", data={"name": "Ann"}, headers={"Accept": JSON})
    assert refused.status_code == 422
    assert browser.get("/desk/events").status_code == 401


@pytest.mark.parametrize(
    "claimed",
    [{}, {"organiser": 2}, {"organiser": 2, "number": 99}, {"organiser": 2, "number": None},
     {"organiser": "2", "number": 1}, {"organiser": None, "number": 1}, {"organiser": 10_000, "number": 1},
     {"organiser": [2], "number": 1}],
    ids=str,
)  # fmt: skip
def test_a_session_that_is_nobody_s_opens_nothing(app: Flask, cast: Cast, claimed: dict[str, Any]) -> None:
    browser = app.test_client()
    with browser.session_transaction() as session:
        session.update(claimed)
    assert error_of(browser.get("/desk/events")) == (401, "not_signed_in")


def test_a_cookie_that_this_server_did_not_sign_opens_nothing(
    app: Flask, cast: Cast, signed_in: SignIn
) -> None:
    real = cookie_of(signed_in(cast.organiser))
    for forged in (real[:-1] + ("A" if real[-1] != "A" else "B"), real.split(".")[0], "x", "", real * 2):
        browser = app.test_client()
        browser.set_cookie("desk", forged)
        assert error_of(browser.get("/desk/events")) == (401, "not_signed_in")


def addresses(app: Flask, cast: Cast, store: Store) -> list[tuple[str, str]]:
    """Every method and address of the desk, each with what is there to be changed."""
    invite(store, cast.organiser, cast.event.code, Role.SCRIBE)
    draft = read_draft(a_draft("Listen more."))
    (card,) = enter_pledges(store, cast.organiser, cast.event.code, [draft])
    named = {
        "code": cast.event.code,
        "pledge_id": card.pledge.id,
        "decision": "hide",
        "step": "close",
        "member_id": cast.scribe.id,
        "invitation_id": 1,
        "token": "token",
        "kind": "csv",
        "job_id": "nobody-s",
    }
    return [
        (method, re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: str(named[found[1]]), rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/desk")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]


@pytest.mark.parametrize("sent", ["nothing", "made up", "of another session"])
def test_no_form_of_the_desk_is_taken_without_its_token(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn, database: str, sent: str
) -> None:
    changing = [there for there in addresses(app, cast, store) if there[0] != "GET"]
    browser = signed_in(cast.organiser)
    app.config["WTF_CSRF_ENABLED"] = True
    browser.get("/desk/events", headers={"Accept": HTML})
    other_page = signed_in(cast.co_organiser).get("/desk/events", headers={"Accept": HTML})
    form = {
        "nothing": {},
        "made up": {"csrf_token": "x"},
        "of another session": {"csrf_token": token_on(other_page)},
    }[sent]
    before = everything_stored(database)
    told = {
        path: error_of(browser.open(path, method=method, data=form, headers={"Accept": JSON}))
        for method, path in changing
    }

    assert len(told) > 25
    assert told == dict.fromkeys(told, (403, "form_expired"))
    assert everything_stored(database) == before
    assert browser.get("/desk/events").status_code == 200


def token_on(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_looking_at_any_page_of_the_desk_changes_nothing(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn, database: str
) -> None:
    looking = [path for method, path in addresses(app, cast, store) if method == "GET"]
    browser, before = signed_in(cast.organiser), everything_stored(database)
    for path in looking:
        assert browser.get(path, headers={"Accept": HTML}).status_code in (200, 302, 403, 404), path
    assert everything_stored(database) == before


@pytest.mark.parametrize("what", ["logo", "sheet"])
def test_a_large_form_is_taken_with_its_token(app: Flask, cast: Cast, signed_in: SignIn, what: str) -> None:
    browser, desk = signed_in(cast.organiser), f"/desk/e/{cast.event.code}"
    app.config["WTF_CSRF_ENABLED"] = True
    token = token_on(browser.get(f"{desk}/settings", headers={"Accept": HTML}))
    if what == "logo":
        picture = io.BytesIO(PNG + b"x" * 250_000)
        path, form = "/wall/look", {"look": "night", "logo": (picture, "logo.png")}
    else:
        path, form = "/enter/sheet", {"sheet": f"{'Listen well. ' * 20}\tFfion\n" * 400}
    answer = browser.post(desk + path, data=form | {"csrf_token": token}, headers={"Accept": HTML})
    assert answer.status_code in (200, 303)


ELSEWHERE = [
    "https://evil.example/desk", "http:evil.example", "//evil.example", "///evil.example/desk", "//desk",
    "\\\\evil.example", "/\\evil.example", "/desk\\@evil.example", "/desk/\\..\\evil", "javascript:alert(1)",
    "JavaScript://desk/%0aalert(1)", "data:text/html,x", "/desk/../..//evil.example", "/desk/..",
    "/desk/%2e%2e/%2e%2e//evil.example", "/desk/.%2E//evil.example", "/desk/..%2f..%2fevil", " //evil.example",
    "\t//evil.example", "/\t/evil.example", "/desk\r\nSet-Cookie: desk=mine", "/desk\n", "//[", "http://[desk",
    "/deskevil", "/desk@evil.example", "/elsewhere", "desk", "evil.example/desk", "/desk/\u202e", "/\x00/desk",
]  # fmt: skip


@pytest.fixture
def open_door(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any password is right."""
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(signing_in, "sign_in", lambda *_: cast.organiser)


@pytest.mark.usefixtures("open_door")
def test_signing_in_leads_to_no_other_site(app: Flask) -> None:
    for wanted in ELSEWHERE:
        once = quote(wanted, safe="")
        for encoded in (wanted, once, quote(once, safe="")):
            reached = try_password(app.test_client(), next=encoded)
            assert (reached.status_code, reached.location) == (303, "/desk"), ascii(encoded)


@pytest.mark.usefixtures("open_door")
@pytest.mark.parametrize(
    "wanted",
    ["/desk", "/desk/events", "/desk/e/Q7K4?rows=260", "/desk?next=//evil.example", "/desk/e/Q7K4#wall"],
)
def test_signing_in_leads_back_to_a_page_of_the_desk(app: Flask, wanted: str) -> None:
    assert try_password(app.test_client(), next=wanted).location == wanted


def test_whoever_was_sent_to_sign_in_comes_back_to_where_they_wanted(
    app: Flask, with_password: Cast, guest: FlaskClient
) -> None:
    page = f"/desk/e/{with_password.event.code}/audit?before=9"
    door = guest.get(page, headers={"Accept": HTML}).location
    assert guest.post(door, data={"name": "Ann", "password": RIGHT}).location == page


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(signing_in, "_pace", Pace(clock))
    return clock


def guess(app: Flask, times: int, name: str = "Ann") -> None:
    for _ in range(times):
        assert try_password(app.test_client(), "wrong horse", name).status_code == 403


def test_guessing_is_paced_by_the_name_however_it_is_typed(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    guess(app, FREE_TRIES)
    slowed = [try_password(app.test_client(), name=name) for name in ("Ann", " ANN ", "ann")]

    assert [answer.status_code for answer in slowed] == [429] * 3
    assert all("Too many tries." in answer.text for answer in slowed)
    guess(app, 1, name="Bela")


def test_each_wrong_try_makes_the_next_wait_longer_but_none_for_good(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    guess(app, FREE_TRIES)
    waits = []
    for _ in range(8):
        waits.append(int(try_password(app.test_client(), "wrong horse").headers["Retry-After"]))
        clock.now += waits[-1]
        guess(app, 1)

    assert waits == sorted(waits)
    assert waits[0] < 5
    assert waits[-1] in range(LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS + 2)


def test_after_the_wait_the_right_password_opens_the_desk(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    guess(app, FREE_TRIES)
    clock.now += int(try_password(app.test_client()).headers["Retry-After"])

    assert try_password(app.test_client()).status_code == 303
    guess(app, FREE_TRIES)


def give_the_owner_a_password(store: Store, parts: House) -> None:
    """Whoever runs the server, and is let in by its link."""
    with store.read() as connection:
        owner = organisers.by_id(connection, organisers.first(connection))
    assert owner
    set_password(store, parts.runtime.off_loop, owner, "Owner", RIGHT)


def test_while_somebody_guesses_the_organiser_comes_in_by_a_link(
    app: Flask, guest: FlaskClient, store: Store, parts: House, clock: Clock
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    give_the_owner_a_password(store, parts)
    guess(app, FREE_TRIES, name="Owner")
    assert try_password(guest, name="Owner").status_code == 429

    assert guest.post(f"/desk/link/{make_desk_link(store)}").location == "/desk"
    assert "Owner" in guest.get("/desk/password").text


NEW = "battery staple"


def choose(browser: FlaskClient, password: str = NEW, **form: str) -> TestResponse:
    return browser.post("/desk/password", data={"name": "Ann", "password": password} | form)


def at_the_desk(app: Flask) -> FlaskClient:
    browser = app.test_client()
    assert try_password(browser).status_code == 303
    return browser


def test_a_new_password_needs_the_one_that_it_is_now(
    app: Flask, with_password: Cast, clock: Clock, database: str
) -> None:
    browser = at_the_desk(app)
    assert 'name="current"' in browser.get("/desk/password").text
    before = everything_stored(database)
    for wrong in ({}, {"current": ""}, {"current": "wrong horse"}):
        refused = choose(browser, **wrong)
        assert refused.status_code == 403
        assert 'id="current-problem">This is not your password now.' in refused.text
    assert everything_stored(database) == before

    assert choose(browser, current=RIGHT).status_code == 303
    assert try_password(app.test_client()).status_code == 403
    assert try_password(app.test_client(), NEW).status_code == 303


def test_at_a_desk_that_was_left_alone_guessing_is_paced_too(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    browser = at_the_desk(app)
    for _ in range(FREE_TRIES):
        assert choose(browser, current="wrong horse").status_code == 403
    slowed = choose(browser, current=RIGHT)
    assert slowed.status_code == 429
    assert 'id="current-problem">Too many tries.' in slowed.text

    clock.now += int(slowed.headers["Retry-After"])
    assert choose(browser, current=RIGHT).status_code == 303


def test_what_is_wrong_with_the_new_password_costs_no_try(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    browser = at_the_desk(app)
    for _ in range(FREE_TRIES + 1):
        assert choose(browser, "short", current=RIGHT).status_code == 422
    assert choose(browser, current=RIGHT).status_code == 303


def test_a_first_password_needs_none_before(app: Flask, cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.moderator)
    assert 'name="current"' not in browser.get("/desk/password").text
    assert choose(browser, name="Dewi").status_code == 303


def test_whoever_forgot_the_password_chooses_another_by_the_server_s_link(
    app: Flask, store: Store, parts: House, cast: Cast, clock: Clock
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    give_the_owner_a_password(store, parts)
    browser = app.test_client()
    browser.post(f"/desk/link/{make_desk_link(store)}")

    assert 'name="current"' not in browser.get("/desk/password").text
    assert choose(browser, name="Owner").status_code == 303
    assert 'name="current"' in browser.get("/desk/password").text
    assert choose(browser, RIGHT, name="Owner").status_code == 403


def test_guesses_that_are_sent_at_once_are_paced_too(
    app: Flask, with_password: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at, all_sent = [], Signal()

    def look_slowly(*_: Any) -> Organiser:
        looked_at.append(1)
        all_sent.wait()
        raise SignInRefused

    monkeypatch.setattr(signing_in, "sign_in", look_slowly)
    answers: list[Future[TestResponse]] = []
    with ThreadPoolExecutor(FREE_TRIES + 5) as guessers:
        for number in range(1, FREE_TRIES + 6):
            answers.append(guessers.submit(try_password, app.test_client(), "wrong horse"))
            wait_until(
                lambda sent=number: len(looked_at) + sum(one.done() for one in answers) == sent,
                "it is under way",
            )
        all_sent.set()
    assert sorted(one.result().status_code for one in answers) == [403] * FREE_TRIES + [429] * 5
