"""The table of who may do what at the desk. Whoever may not changes nothing; a stranger to an event learns nothing."""

import json
import re
import sqlite3
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft
from tests.live.test_watching import Screen, say
from tests.support.running import wait_until
from wall.core import clock
from wall.core.drafts import read_draft
from wall.core.exports import Choice, FileKind
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Outcome
from wall.services.events.creating import make_event
from wall.services.exports.jobs import ExportJobs
from wall.services.people.invitations import invite
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.submitting import Submitted
from wall.services.server.load_check import LoadChecks
from wall.store import Store, Transaction
from wall.store.queries import team
from wall.web.kit.context import Parts
from wall.web.kit.desk_guard import needed_for

JSON, HTML = "application/json", "text/html"
DESK = "/desk/e/<event:code>"
UNKNOWN = "QQQQ"
PLEDGE = {"key": "6f1c4f0e-4c4f-4f0a-9a3e-0d6a3b1c2d3e", "text": "Listen well."}


@dataclass(frozen=True)
class Deed:
    """Something to ask of an event's desk; `{pledge}`, `{answered}`, `{card}`, `{member}`, `{invitation}` and `{job}` are those of the test."""

    method: str
    path: str
    form: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path or '/'} {self.form.get('to', '')}".strip()


def get(path: str) -> Deed:
    return Deed("GET", path)


def post(path: str, **form: str) -> Deed:
    return Deed("POST", path, form)


QUEUE = get("")
DEEDS = {
    Role.SCRIBE: [
        get("/enter"),
        post("/enter", **PLEDGE),
        post("/enter/sheet", sheet="Listen well."),
        post("/enter/rows", rows=json.dumps([PLEDGE])),
        get("/enter/{card}"),
        post("/enter/{card}", text="Listen better."),
        post("/enter/{card}/take-back"),
    ],
    Role.MODERATOR: [
        QUEUE,
        get("/pledges"),
        get("/audit"),
        get("/pledges/{pledge}"),
        post("/pledges/{pledge}", text="Listen better."),
        *(post("/pledges/{pledge}/" + decision) for decision in ("show", "hide", "hold", "pin", "unpin")),
        *(post("/pledges/move", to=to, pledge="{pledge}:99") for to in ("show", "hide", "hold")),
        get("/wall"),
        post("/wall/scene", scene="join"),
        post("/wall/spotlight", pledge="{pledge}"),
        get("/look-back"),
        *(post("/pledges/{pledge}/sentence", to=to, seen="{answered}") for to in ("show", "hide")),
        *(post("/wall/switch", to=to) for to in ("freeze", "release", "blank", "unblank")),
    ],
    Role.ORGANISER: [
        get("/before"),
        get("/export"),
        get("/pledges/{pledge}/everything"),
        post("/pledges/{pledge}/erase"),
        *(get(f"/export.{kind}") for kind in FileKind),
        post("/export", format="csv"),
        get("/export/jobs/{job}"),
        get("/export/jobs/{job}/file"),
        get("/poster"),
        get("/settings"),
        get("/team"),
        post("/settings", title="Q spring", question="What will you grow?", moderation="before"),
        post("/settings/all", title="Q spring", question="What will you grow?", look="night"),
        post("/help", themes="Kindness"),
        post("/keeping", keep_until="", contact="ig@example.org"),
        post("/wifi", wifi_name="Guest", wifi_password="spring-2027"),
        post("/address", address=""),
        post("/wall/look", look="night"),
        post("/wall/look", look="night", logo="none"),
        post("/rehearse"),
        *(post(f"/{step}") for step in ("open", "close", "archive", "bring-back", "duplicate")),
        *(post(f"/{step}", typed="Q launch") for step in ("clear", "delete")),
        post("/team/invite", role="organiser"),
        post("/team/invitations/{invitation}/take-back"),
        post("/team/{member}/role", role="organiser"),
        post("/team/{member}/remove"),
    ],
}
TABLE = [(deed, needed) for needed, deeds in DEEDS.items() for deed in deeds]
TEAM = {
    "scribe": Role.SCRIBE,
    "moderator": Role.MODERATOR,
    "organiser": Role.ORGANISER,
    "co_organiser": Role.ORGANISER,
}
MAY = [(who, deed) for deed, needed in TABLE for who, role in TEAM.items() if role.includes(needed)]
RUBBISH: list[dict[str, str]] = [
    {},
    dict.fromkeys(["role", "scene", "to", "look", "language", "pledge", "text", "key", "rows", "sheet"], "?"),
]
"""Forms with something wrong in each."""


class Room:
    """An event on which the whole team works, with a pledge and an open invitation."""

    def __init__(self, app: Flask, cast: Cast, pledge: str, invitation: str, database: str) -> None:
        self.app = app
        self.code = cast.event.code
        self._there = {
            "{pledge}": pledge, "{card}": pledge, "{member}": str(cast.scribe.id), "{invitation}": invitation,
        }  # fmt: skip
        self._database = database

    def have_answered(self, store: Store, token: str) -> None:
        """`{answered}` is when the author of the pledge said how it is going."""
        answer = answer_pledge(store, token, Outcome.KEPT, "We meet on Fridays.").answer
        assert answer
        self._there["{answered}"] = answer.at

    def have_entered(self, store: Store, organiser: Organiser) -> None:
        """`{card}` is what this one entered: nobody else may correct it there."""
        draft = read_draft(a_draft("From a card."))
        (card,) = enter_pledges(store, organiser, self.code, [draft])
        self._there["{card}"] = card.pledge.id

    def have_exported(self, exports: ExportJobs, organiser: Organiser) -> None:
        """`{job}` is a file that was made for this one, for all organisers of the event."""
        job = exports.start(organiser, self.code, FileKind.CSV, Choice())
        wait_until(lambda: job.ready, "the file is ready")
        self._there["{job}"] = job.id

    def ask(
        self, browser: FlaskClient, deed: Deed, *, code: str = "", form: Any = None, accept: str = JSON
    ) -> TestResponse:
        sent = {name: self.named(value) for name, value in deed.form.items()}
        return browser.open(
            self.address(deed, code or self.code),
            method=deed.method,
            data=(sent if form is None else form) if deed.method == "POST" else None,
            headers={"Accept": accept},
        )

    def address(self, deed: Deed, code: str) -> str:
        return f"/desk/e/{code}{self.named(deed.path)}"

    def rule_of(self, method: str, path: str) -> tuple[str, str]:
        rule, _ = self.app.url_map.bind("").match(path, method=method, return_rule=True)
        return method, rule.rule

    def needed(self) -> dict[tuple[str, str], Role]:
        """The table by the addresses of the program."""
        return {self.rule_of(deed.method, self.address(deed, self.code)): needed for deed, needed in TABLE}

    def everything(self) -> list[str]:
        return everything_stored(self._database)

    def named(self, text: str) -> str:
        return re.sub(r"\{\w+\}", lambda found: self._there[found[0]], text)


def everything_stored(database: str) -> list[str]:
    """All that the database holds, but for the server's own heartbeats and who is signed in."""
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    try:
        return [line for line in connection.iterdump() if not re.search('"(?:heartbeats|sessions)"', line)]
    finally:
        connection.close()


@pytest.fixture
def room(
    app: Flask,
    cast: Cast,
    pledge: Submitted,
    store: Store,
    parts: Parts,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Room:
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(LoadChecks, "_run", lambda *_: None)  # no 120 phones
    room = furnish(app, cast, pledge, store, database)
    room.have_exported(parts.exports, cast.organiser)
    return room


def furnish(app: Flask, cast: Cast, written: Submitted, store: Store, database: str) -> Room:
    """With an invitation, and an answer to what was written."""
    invite(store, cast.organiser, cast.event.code, Role.SCRIBE)
    with store.read() as connection:
        (invitation,) = team.open_invitations(connection, cast.event.id, clock.now())
    room = Room(app, cast, written.pledge.id, str(invitation.id), database)
    room.have_answered(store, written.receipt_token)
    return room


def at_another_event(cast: Cast, store: Store) -> Cast:
    """Of the same name, with the same team."""
    event = make_event(store, cast.organiser.id, title=cast.event.title, question="And here?")
    with store.read() as connection:
        members = team.of_event(connection, cast.event.id)

    def gather(transaction: Transaction) -> None:
        for one in members:
            if one.id != cast.organiser.id:
                team.join_event(transaction.connection, one.id, event.id, one.role)

    store.write(gather)
    return replace(cast, event=event)


def person(cast: Cast, who: str) -> Organiser:
    found: Organiser = getattr(cast, who)
    return found


def error_of(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def test_every_view_and_every_form_of_an_event_s_desk_is_in_the_table(room: Room) -> None:
    there = {
        (method, rule.rule)
        for rule in room.app.url_map.iter_rules()
        if rule.rule.startswith(DESK)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(room.needed()) == there


def test_the_door_asks_for_the_role_in_the_table(room: Room) -> None:
    asked = {
        (method, rule.rule): needed_for(room.app.view_functions[rule.endpoint])
        for rule in room.app.url_map.iter_rules()
        if rule.rule.startswith(DESK)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert asked == room.needed() | {("GET", DESK): Role.SCRIBE}  # it leads to where pledges are entered


def test_each_role_may_do_what_the_ones_before_it_may() -> None:
    ladder = (Role.SCRIBE, Role.MODERATOR, Role.ORGANISER)
    covered = [[role.includes(needed) for needed in ladder] for role in ladder]
    assert covered == [[True, False, False], [True, True, False], [True, True, True]]


@pytest.mark.parametrize("who", TEAM)
def test_whoever_has_the_role_may(
    room: Room, cast: Cast, store: Store, parts: Parts, database: str, signed_in: SignIn, who: str
) -> None:
    browser = signed_in(person(cast, who))
    for deed in [deed for whose, deed in MAY if whose == who]:
        here = at_another_event(cast, store)  # some deeds leave nothing for the next
        untouched = furnish(room.app, here, say(store, here.event.code, "Listen more."), store, database)
        untouched.have_entered(store, person(cast, who))
        if "{job}" in deed.path:
            untouched.have_exported(parts.exports, cast.organiser)
        assert untouched.ask(browser, deed).status_code in (200, 201, 303), deed


@pytest.mark.parametrize("who", ["scribe", "moderator"])
def test_whoever_has_too_little_a_role_is_told_so_and_changes_nothing(
    room: Room, cast: Cast, signed_in: SignIn, who: str
) -> None:
    browser, before = signed_in(person(cast, who)), room.everything()
    beyond = [deed for deed, needed in TABLE if not TEAM[who].includes(needed)]
    if who == "scribe":
        beyond.remove(QUEUE)  # it leads to where pledges are entered

    for deed in beyond:
        for form in (None, *RUBBISH):  # what is wrong with a form is never said before
            assert error_of(room.ask(browser, deed, form=form)) == (403, "not_your_role"), deed
        page = room.ask(browser, deed, accept=HTML)
        assert page.status_code == 403, deed
        assert "Your role does not allow this. Ask an organiser. Nothing was changed." in page.text
        assert room.everything() == before, deed


def test_an_organiser_of_another_event_gets_what_an_unknown_event_gets(
    room: Room, cast: Cast, signed_in: SignIn
) -> None:
    browser, before = signed_in(cast.other_organiser), room.everything()

    for deed, _ in TABLE:
        assert error_of(room.ask(browser, deed)) == (404, "event_not_found"), deed
        for accept in (JSON, HTML):
            for form in (None, *RUBBISH):
                answer = room.ask(browser, deed, form=form, accept=accept)
                unknown = room.ask(browser, deed, form=form, accept=accept, code=UNKNOWN)
                assert (answer.status_code, answer.text) == (404, unknown.text), deed
                assert headers_of(answer) == headers_of(unknown), deed
        assert room.everything() == before, deed


def headers_of(answer: TestResponse) -> list[tuple[str, str]]:
    """Without the cookie, which says when it was written."""
    return [(name, value) for name, value in answer.headers if name != "Set-Cookie"]


def test_an_attendee_and_a_guest_are_asked_to_sign_in(room: Room, guest: FlaskClient) -> None:
    attendee = room.app.test_client()
    attendee.get(f"/e/{room.code}", headers={"Accept": HTML})
    before = room.everything()

    for browser, (deed, _), code in product((attendee, guest), TABLE, (room.code, UNKNOWN)):
        assert error_of(room.ask(browser, deed, code=code)) == (401, "not_signed_in"), deed
        page = room.ask(browser, deed, code=code, accept=HTML)
        door = "/desk/sign-in?next=" if deed.method == "GET" else "/desk/sign-in"
        assert (page.status_code, page.location.startswith(door)) == (302, True), deed
    assert room.everything() == before


def test_a_scribe_enters_pledges_but_sees_no_queue(room: Room, cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.scribe)
    answers = [browser.get("/desk"), *(room.ask(browser, QUEUE, accept=accept) for accept in (JSON, HTML))]

    assert [answer.location for answer in answers] == [f"/desk/e/{room.code}/enter"] * 3
    assert not any("Listen more." in answer.text for answer in answers)
    assert "Listen more." not in browser.get(answers[0].location, headers={"Accept": HTML}).text


def test_a_role_at_one_event_counts_for_nothing_at_another(
    room: Room, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    store.write(
        lambda tx: team.join_event(tx.connection, cast.other_organiser.id, cast.event.id, Role.SCRIBE)
    )
    browser = signed_in(cast.other_organiser)

    assert error_of(room.ask(browser, post("/pledges/{pledge}/hide"))) == (403, "not_your_role")
    assert error_of(room.ask(browser, post("/duplicate"))) == (403, "not_your_role")
    assert room.ask(browser, get("/team"), code=cast.other_event.code).status_code == 200


def test_a_pledge_of_another_event_is_out_of_reach(
    room: Room, cast: Cast, pledge: Submitted, store: Store, signed_in: SignIn
) -> None:
    store.write(
        lambda tx: team.join_event(tx.connection, cast.moderator.id, cast.other_event.id, Role.MODERATOR)
    )
    before = room.everything()
    for deed in DEEDS[Role.MODERATOR]:
        if "{pledge}" in deed.path + "".join(deed.form.values()):
            answer = room.ask(signed_in(cast.moderator), deed, code=cast.other_event.code)
            assert answer.status_code == 404 or answer.get_json() == {"pledges": []}
    assert room.everything() == before


@pytest.mark.parametrize("number", ["9" * 30, "9" * 400, "-1", "1.5", "x", "", "٣", "0"])
def test_a_number_of_any_shape_breaks_no_page(room: Room, cast: Cast, signed_in: SignIn, number: str) -> None:
    browser = signed_in(cast.organiser)
    for path in ("?rows=", "/audit?before=", "/enter?entered=", "/enter?rows="):
        assert room.ask(browser, get(path + number), accept=HTML).status_code == 200, path


@pytest.mark.parametrize("who", ["scribe", "moderator", "organiser"])
def test_no_page_leads_to_where_its_reader_may_not_go(
    room: Room, cast: Cast, store: Store, signed_in: SignIn, who: str
) -> None:
    room.have_entered(store, person(cast, who))
    browser, needed = signed_in(person(cast, who)), room.needed()
    pages = [deed for whose, deed in MAY if whose == who and deed.method == "GET"]
    answers = [room.ask(browser, deed, accept=HTML) for deed in pages]
    text = "".join(answer.text for answer in answers if answer.mimetype == HTML)
    links = {
        room.rule_of("GET" if attribute == "href" else "POST", path)
        for attribute, path in re.findall(r'\b(href|action|formaction)="(/desk/e/[^"#?]*)', text)
    }

    assert links
    assert [link for link in links if not TEAM[who].includes(needed[link])] == []


@pytest.mark.parametrize("who", ["scribe", "moderator"])
def test_a_helper_is_offered_no_new_event_and_makes_none(
    room: Room, cast: Cast, signed_in: SignIn, who: str
) -> None:
    browser, before = signed_in(person(cast, who)), room.everything()
    form = {"title": "Mine", "question": "Whose?"}

    assert 'action="/desk/events"' not in browser.get("/desk/events").text
    assert error_of(browser.post("/desk/events", data=form, headers={"Accept": JSON})) == (
        403,
        "not_your_role",
    )
    assert room.everything() == before


MESSAGES = ["watch", "state"]


def tell_desk(app: Flask, browser: FlaskClient, message: str, **sent: Any) -> dict[str, Any]:
    """What the socket of a desk answers."""
    sockets: SocketIO = app.extensions["socketio"]
    client = sockets.test_client(app, namespace="/desk", flask_test_client=browser)
    told: dict[str, Any] = client.emit(message, sent, namespace="/desk", callback=True)
    return told


def test_every_message_of_the_desk_is_in_this_test(app: Flask) -> None:
    taken = app.extensions["socketio"].server.handlers["/desk"]
    assert set(taken) - {"connect", "disconnect"} == set(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("who", ["moderator", "organiser", "co_organiser"])
def test_moderators_and_organisers_watch_the_desk(
    room: Room, cast: Cast, signed_in: SignIn, who: str, message: str
) -> None:
    told = tell_desk(room.app, signed_in(person(cast, who)), message, event=room.code)
    assert told.get("to", told.get("version")) == 2


@pytest.mark.parametrize("message", MESSAGES)
def test_a_scribe_may_not_watch_the_desk(room: Room, cast: Cast, signed_in: SignIn, message: str) -> None:
    told = tell_desk(room.app, signed_in(cast.scribe), message, event=room.code)
    assert (told["error"]["code"], set(told)) == ("not_your_role", {"error"})


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("more", [{}, {"since": 99}, {"since": "?"}, {"as": "nobody"}], ids=str)
def test_to_an_organiser_of_another_event_a_desk_is_silent(
    room: Room, cast: Cast, signed_in: SignIn, message: str, more: dict[str, Any]
) -> None:
    browser = signed_in(cast.other_organiser)
    told = tell_desk(room.app, browser, message, event=room.code, **more)
    assert told == tell_desk(room.app, browser, message, event=UNKNOWN, **more)
    assert set(told) == {"error"}


def test_who_was_refused_is_in_no_room(room: Room, cast: Cast, store: Store, signed_in: SignIn) -> None:
    refused = [Screen(room.app, signed_in(one), "/desk") for one in (cast.scribe, cast.other_organiser)]
    moderator = Screen(room.app, signed_in(cast.moderator), "/desk")
    for screen in (*refused, moderator):
        screen.watch(event=room.code)
    rooms = room.app.extensions["socketio"].server.manager.rooms["/desk"]
    assert len([name for name in rooms if str(name).startswith("desk:")]) == 1

    for version, text in enumerate(
        ("First.", "Second."), start=2
    ):  # the first is told to all before the second
        say(store, room.code, text)
        moderator.next_changes(version)
    assert [screen.heard("changes") for screen in refused] == [[], []]
