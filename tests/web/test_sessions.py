"""Sessions at the desk: begun afresh, ended at once, and stolen from nobody."""

import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.conftest import RIGHT, Cast, SignIn, a_draft
from tests.live.test_watching import Screen, say
from tests.support.pictures import PNG
from tests.support.running import wait_until
from tests.web.test_roles import HTML, JSON, error_of, everything_stored, tell_desk
from wall.core.drafts import read_draft
from wall.core.people.browsers import UNKNOWN
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.people.sessions import IN_COOKIE, CameBy
from wall.live import open_desks
from wall.services.people.invitations import invite
from wall.services.people.links import make_desk_link
from wall.services.people.sessions import Entered, begin_session, end_session, my_sessions
from wall.services.people.team import change_role, remove_member
from wall.services.pledges.adding import enter_pledges
from wall.store import Store
from wall.store.queries import sessions
from wall.store.tables import sessions as sessions_table
from wall.web.desk import signing_in

SIGN_OUT = "/desk/sign-out-everywhere"


def test_signing_out_everywhere_ends_the_other_sessions_and_here_one_stays(
    cast: Cast, signed_in: SignIn
) -> None:
    phone, laptop, somebody_else = (
        signed_in(cast.organiser), signed_in(cast.organiser), signed_in(cast.co_organiser),
    )  # fmt: skip
    answer = laptop.post(SIGN_OUT)

    assert (answer.status_code, answer.location) == (303, "/desk/sessions?ended=yes")
    assert "You are signed out on all other devices." in laptop.get(answer.location).text
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
    """Two desks that follow an event: one that will be shut out, and one that goes on hearing.

    `browser` and `another` are two of the same person, whose desk will be shut out.
    """

    def __init__(self, app: Flask, cast: Cast, store: Store, sign_in: SignIn, who: Organiser) -> None:
        self.code = cast.event.code
        self._store = store
        self.browser, self.another = sign_in(who), sign_in(who)
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


def be_removed(hall: Hall, cast: Cast, store: Store) -> None:
    remove_member(store, cast.organiser, hall.code, cast.moderator.id)


def be_demoted(hall: Hall, cast: Cast, store: Store) -> None:
    change_role(store, cast.organiser, hall.code, cast.moderator.id, Role.SCRIBE)


def sign_out(hall: Hall, cast: Cast, store: Store) -> None:
    hall.browser.post("/desk/sign-out")


def be_signed_out_from_the_list(hall: Hall, cast: Cast, store: Store) -> None:
    session = my_sessions(store, cast.moderator)[-1]
    end_session(store, cast.moderator, session.id)


def sign_out_everywhere_else(hall: Hall, cast: Cast, store: Store) -> None:
    hall.another.post(SIGN_OUT)


def choose_a_password(hall: Hall, cast: Cast, store: Store) -> None:
    hall.another.post("/desk/password", data={"name": "Dewi", "password": "correct horse"})


Leave = Callable[[Hall, Cast, Store], None]
LEAVES: dict[Leave, str] = {
    be_removed: "event_not_found",
    be_demoted: "not_your_role",
    sign_out: "not_signed_in",
    be_signed_out_from_the_list: "not_signed_in",
    sign_out_everywhere_else: "not_signed_in",
    choose_a_password: "not_signed_in",
}


@pytest.fixture
def seldom_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open desks are looked at when a right has changed, and not by the clock. To be asked for before the app."""
    monkeypatch.setattr(open_desks, "LOOK_EVERY_SECONDS", 3_600)


@pytest.mark.usefixtures("seldom_looked_at")
@pytest.mark.parametrize("leave", LEAVES, ids=lambda leave: leave.__name__)
def test_an_open_desk_is_closed_at_once_when_its_session_or_its_right_ends(
    hall: Hall, cast: Cast, store: Store, leave: Leave
) -> None:
    leave(hall, cast, store)
    wait_until(lambda: not hall.shut_out.connected, "the open desk is closed")
    hall.let_pledges_come()  # to the others


@pytest.mark.parametrize("leave", LEAVES, ids=lambda leave: leave.__name__)
def test_a_desk_that_is_still_open_hears_nothing_either(
    hall: Hall, cast: Cast, store: Store, leave: Leave
) -> None:
    store.rights_changed = lambda: None  # as of what another server did
    leave(hall, cast, store)
    hall.let_pledges_come()

    assert hall.shut_out.heard("changes") == []
    assert hall.shut_out.watch(event=hall.code)["error"]["code"] == LEAVES[leave]


@pytest.mark.usefixtures("seldom_looked_at")
def test_a_desk_whose_session_s_time_has_come_hears_nothing(hall: Hall, cast: Cast, store: Store) -> None:
    over = update(sessions_table).where(sessions_table.c.organiser_id == cast.moderator.id)
    store.write(lambda tx: tx.connection.execute(over.values(ends_at="2020-01-01T00:00:00.000Z")))
    hall.let_pledges_come()
    assert hall.shut_out.connected  # nobody has looked yet
    assert hall.shut_out.heard("changes") == []


def test_what_another_server_ended_is_closed_soon(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_desks, "LOOK_EVERY_SECONDS", 0.05)
    store.rights_changed()  # the next look is soon
    desk = Screen(app, signed_in(cast.moderator), "/desk")
    desk.watch(event=cast.event.code)
    store.write(lambda tx: sessions.end_all(tx.connection, cast.moderator.id))
    wait_until(lambda: not desk.connected, "the open desk is closed")


def test_an_ended_session_opens_no_socket(hall: Hall, app: Flask, cast: Cast, store: Store) -> None:
    be_signed_out_from_the_list(hall, cast, store)
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


def sign_in_as(store: Store, organiser: Organiser, came_by: CameBy = CameBy.PASSWORD) -> str:
    """The token of a new session."""
    return store.write(lambda tx: begin_session(tx, organiser.id, came_by, UNKNOWN)).token


def cookie_of(browser: FlaskClient, store: Store) -> str:
    found = browser.get_cookie(f"desk_{store.identity}")
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
            session[IN_COOKIE] = sign_in_as(store, with_password.other_organiser)
        old_token = session["csrf_token"]
    old = cookie_of(browser, store)
    assert enter(way, browser, with_password, store).status_code == 303

    thief.set_cookie(f"desk_{store.identity}", old)
    assert cookie_of(browser, store) != old
    assert thief.get("/desk/events").status_code == 401
    with browser.session_transaction() as session:
        assert set(session) == {IN_COOKIE}
    assert "Cerys" not in browser.get("/desk/password").text
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
    [{}, {"organiser": 2, "number": 1}, {IN_COOKIE: ""}, {IN_COOKIE: "x" * 22}, {IN_COOKIE: 1}, {IN_COOKIE: None},
     {IN_COOKIE: ["x"]}, {IN_COOKIE: {}}],
    ids=ascii,
)  # fmt: skip
def test_a_session_that_is_nobody_s_opens_nothing(app: Flask, cast: Cast, claimed: dict[str, Any]) -> None:
    browser = app.test_client()
    with browser.session_transaction() as session:
        session.update(claimed)
    assert error_of(browser.get("/desk/events")) == (401, "not_signed_in")


def test_a_cookie_that_this_server_did_not_sign_opens_nothing(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    real = cookie_of(signed_in(cast.organiser), store)
    signed, signature = real.rsplit(".", 1)
    other = ("A" if signature[0] != "A" else "B") + signature[1:]  # the last letter has bits that say nothing
    for forged in (f"{signed}.{other}", real.split(".")[0], "x", "", real * 2):
        browser = app.test_client()
        browser.set_cookie(f"desk_{store.identity}", forged)
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
        "session_id": 1,
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
def open_door(app: Flask, cast: Cast, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any password is right."""
    app.config["WTF_CSRF_ENABLED"] = False
    token = sign_in_as(store, cast.organiser)
    monkeypatch.setattr(signing_in, "sign_in", lambda *_: Entered(cast.organiser, token))


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
