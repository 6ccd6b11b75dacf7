"""What becomes of an event: put away and brought back, copied, asking less, closed with a last word; many side by side."""

import io
import re
from dataclasses import fields
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft, shut
from tests.live.test_watching import Screen, say
from tests.support.asking import desk_changes_since
from tests.support.pictures import PNG
from tests.web.test_roles import HTML, error_of, everything_stored
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.event_settings import TITLE_LIMIT, EventSettings
from wall.core.events import Event
from wall.core.people.roles import Role
from wall.core.prompts import Prompts
from wall.core.wall_state import WallState
from wall.core.wifi import Wifi
from wall.services.events.audit import read_audit
from wall.services.events.creating import duplicate_event, make_event
from wall.services.events.finding import find_event
from wall.services.events.lifecycle import archive_event, close_event
from wall.services.events.remote import choose_scene, freeze_wall
from wall.services.events.settings import change_prompts, edit_event, show_wifi
from wall.services.people.team import read_team
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.revising import edit_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.web.kit.context import Parts

USUAL_WORDS = "This event is closed."


def step(desk: FlaskClient, event: Event, name: str) -> Any:
    return desk.post(f"/desk/e/{event.code}/{name}", headers={"Accept": HTML})


def page(browser: FlaskClient, path: str) -> str:
    return browser.get(path, headers={"Accept": HTML}, follow_redirects=True).text


def last_deed(store: Store, cast: Cast) -> str:
    return read_audit(store, cast.organiser, cast.event.code)[0].action


ADDING = ["All pledges", "Add"]
AFTER = ["Results", "Activity"]


@pytest.mark.parametrize(
    ("role", "tabs", "path", "current", "pages"),
    [
        (Role.SCRIBE, ["Add"], "enter", "Add", []),
        (Role.MODERATOR, ["Pledges", "Wall", "After"], "enter", "Pledges", ADDING),
        (Role.MODERATOR, ["Pledges", "Wall", "After"], "look-back", "After", AFTER),
        (Role.ORGANISER, ["Pledges", "Wall", "Set up", "After"], "wall", "Wall", []),
        (
            Role.ORGANISER,
            ["Pledges", "Wall", "Set up", "After"],
            "before",
            "Set up",
            ["Settings", "Get ready", "Team"],
        ),
        (Role.ORGANISER, ["Pledges", "Wall", "Set up", "After"], "audit", "After", ["Export", *AFTER]),
    ],
)
def test_the_head_of_a_page_leads_each_role_to_its_own_pages(
    cast: Cast, signed_in: SignIn, role: Role, tabs: list[str], path: str, current: str, pages: list[str]
) -> None:
    person = {Role.SCRIBE: cast.scribe, Role.MODERATOR: cast.moderator, Role.ORGANISER: cast.organiser}[role]
    here = f"/desk/e/{cast.event.code}/{path}"
    head = page(signed_in(person), here).split('<header class="event-head">')[1].split("</header>")[0]
    rows = [re.findall(r"<a ([^>]*)>([^<]+)</a>", row) for row in head.split("<nav")[1:]]
    assert [[name for _, name in row] for row in rows] == [tabs, pages] if pages else [tabs]
    assert [name for link, name in rows[0] if "aria-current" in link] == [current]
    assert f'href="{here}" aria-current="page"' in head
    assert f'aria-label="{current}"' in head or not pages


def test_an_archived_event_is_closed_and_out_of_the_way_but_not_gone(
    cast: Cast, store: Store, pledge: Submitted, signed_in: SignIn, guest: FlaskClient
) -> None:
    second = make_event(store, cast.organiser.id, title="Second day", question="?")
    shut(store, cast.other_event.code)
    desk = signed_in(cast.organiser)
    assert step(desk, cast.event, "archive").location == "/desk/events"

    event = find_event(store, cast.event.code)
    assert (event.open, event.archived, last_deed(store, cast)) == (False, True, "archive_event")
    assert error_of(guest.post(f"/e/{event.code}/pledges", json=a_draft("Late."))) == (403, "event_closed")
    assert desk.get("/desk").location == f"/desk/e/{second.code}"
    assert "Listen more." in guest.get(f"/e/{event.code}/pledges").text
    assert "Listen more." in page(desk, f"/desk/e/{event.code}")
    assert USUAL_WORDS in page(guest, f"/e/{event.code}")
    current, archive = page(desk, "/desk/events").split("Archive (1)")
    assert (event.title in current, event.title in archive) == (False, True)


def test_the_front_door_leads_past_archived_events(cast: Cast, store: Store, guest: FlaskClient) -> None:
    close_first_event(store, cast)
    assert cast.event.question not in page(guest, "/")
    archive_event(store, cast.other_organiser, cast.other_event.code)
    assert cast.event.question in page(guest, "/")


def test_an_event_is_brought_back_closed(cast: Cast, store: Store, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser)
    step(desk, cast.event, "archive")
    assert step(desk, cast.event, "bring-back").location == f"/desk/e/{cast.event.code}/settings"
    event = find_event(store, cast.event.code)
    assert (event.open, event.archived, last_deed(store, cast)) == (False, False, "bring_back_event")


def test_opening_an_archived_event_brings_it_back(
    cast: Cast, store: Store, signed_in: SignIn, guest: FlaskClient
) -> None:
    desk = signed_in(cast.organiser)
    step(desk, cast.event, "archive")
    step(desk, cast.event, "open")
    event = find_event(store, cast.event.code)
    assert (event.open, event.archived) == (True, False)
    assert guest.post(f"/e/{event.code}/pledges", json=a_draft("In time.")).status_code == 201


@pytest.mark.parametrize("name", ["open", "close", "archive", "bring-back"])
def test_a_step_that_was_taken_before_changes_nothing(
    cast: Cast, database: str, signed_in: SignIn, name: str
) -> None:
    desk = signed_in(cast.organiser)
    step(desk, cast.event, name)
    stored = everything_stored(database)
    assert step(desk, cast.event, name).status_code == 303
    assert everything_stored(database) == stored


def test_a_copy_has_the_settings_and_the_look_and_nothing_of_the_evening(
    cast: Cast, store: Store, pledge: Submitted, signed_in: SignIn, guest: FlaskClient
) -> None:
    code, desk = cast.event.code, signed_in(cast.organiser)
    settings = EventSettings("Q launch", "What now?", 140, "before", ("organisation",), "Thank you all.")
    edit_event(store, cast.organiser, code, settings)
    change_prompts(
        store, cast.organiser, code, Prompts(("Safety", "Flow"), ("I will …",), ("synerg*",), "cy")
    )
    show_wifi(store, cast.organiser, code, Wifi("Hall", "12345678"))
    look = {"look": "night", "accent": "#300030", "room_depth": "20"}
    desk.post(f"/desk/e/{code}/wall/look", data=look | {"logo": (io.BytesIO(PNG), "logo.png")})
    choose_scene(store, cast.moderator, code, "join")
    freeze_wall(store, cast.moderator, code)
    close_event(store, cast.organiser, code)

    address = step(desk, cast.event, "duplicate").location
    copy, original = find_event(store, address.split("/")[3]), find_event(store, code)
    assert copy.code != code
    assert (copy.title, copy.open, copy.archived, copy.last_number) == ("Q launch 2", True, False, 0)
    all_settings = {field.name for form in (EventSettings, Prompts, Wifi) for field in fields(form)}
    for kept in all_settings - {"title"}:
        assert getattr(copy, kept) == getattr(original, kept) != getattr(cast.event, kept), kept
    assert copy.wall == WallState(look="night", accent="#300030", room_depth=20, logo=original.wall.logo)
    assert guest.get(f"/e/{copy.code}/logo/{copy.wall.logo}").data == PNG

    assert guest.get(f"/e/{copy.code}/pledges").get_json()["pledges"] == []
    assert [member.name for member in read_team(store, cast.organiser, copy.code).members] == ["Ann"]
    assert [entry.action for entry in read_audit(store, cast.organiser, copy.code)] == ["make_event"]
    assert page(desk, address).count("Q launch 2")


def test_a_copy_goes_its_own_way(cast: Cast, store: Store, guest: FlaskClient) -> None:
    copy = duplicate_event(store, cast.organiser, cast.event.code)
    edit_event(store, cast.organiser, copy.code, EventSettings("Renamed", "What else?"))
    say(store, copy.code, "There.")
    assert find_event(store, cast.event.code) == cast.event


@pytest.mark.parametrize(
    ("title", "next_title"),
    [
        ("Q launch", "Q launch 2"),
        ("Q launch 2", "Q launch 3"),
        ("Q launch 9", "Q launch 10"),
        ("Team 2024", "Team 2024 2"),
        ("7", "7 2"),
        ("Żółć", "Żółć 2"),
    ],
)
def test_copies_are_numbered(cast: Cast, store: Store, title: str, next_title: str) -> None:
    event = make_event(store, cast.organiser.id, title=title, question="?")
    assert duplicate_event(store, cast.organiser, event.code).title == next_title


@pytest.mark.parametrize(
    "title", ["x" * TITLE_LIMIT, "x" * (TITLE_LIMIT - 4) + " 999", "x " * (TITLE_LIMIT // 2)]
)
def test_a_long_title_stays_one_that_can_be_saved(
    cast: Cast, store: Store, signed_in: SignIn, title: str
) -> None:
    event = make_event(store, cast.organiser.id, title=title.strip(), question="?")
    copy = duplicate_event(store, cast.organiser, event.code)
    form = {"title": copy.title, "question": "?"}
    saved = signed_in(cast.organiser).post(f"/desk/e/{copy.code}/settings", data=form)
    assert (saved.status_code, find_event(store, copy.code).title) == (303, copy.title)


def test_a_helper_copies_no_event(cast: Cast, signed_in: SignIn, database: str) -> None:
    stored = everything_stored(database)
    for person in (cast.moderator, cast.scribe):
        assert step(signed_in(person), cast.event, "duplicate").status_code == 403
    assert everything_stored(database) == stored


def ask_for(store: Store, cast: Cast, *asks: str) -> None:
    """From now on the event asks for these alone, besides the pledge."""
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", asks=asks))


GIVEN = {"name": "Maria", "organisation": "Ward 4"}
EVERY_WAY_TO_ASK: list[tuple[str, ...]] = [(), ("name",), ("organisation",), ("name", "organisation")]


@pytest.mark.parametrize("asks", EVERY_WAY_TO_ASK)
def test_what_an_event_does_not_ask_is_not_stored(
    cast: Cast, store: Store, guest: FlaskClient, database: str, asks: tuple[str, ...]
) -> None:
    ask_for(store, cast, *asks)
    form = page(guest, f"/e/{cast.event.code}")
    sent = guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Listen more.", **GIVEN))
    told = sent.get_json()["pledge"]
    stored = "\n".join(everything_stored(database))
    for field, value in GIVEN.items():
        asked = field in asks
        assert (f'name="{field}"' in form, told[field] == value, value in stored) == (asked, asked, asked)


@pytest.mark.parametrize("later", EVERY_WAY_TO_ASK)
@pytest.mark.parametrize("first", EVERY_WAY_TO_ASK)
def test_a_retry_gets_the_first_answer_also_when_the_event_asks_otherwise_now(
    cast: Cast, store: Store, guest: FlaskClient, first: tuple[str, ...], later: tuple[str, ...]
) -> None:
    ask_for(store, cast, *first)
    url, sent = f"/e/{cast.event.code}/pledges", a_draft("Listen more.", **GIVEN)
    before = guest.post(url, json=sent).get_json()
    ask_for(store, cast, *later)
    again = guest.post(url, json=sent)
    assert (again.status_code, again.get_json()["pledge"]) == (200, before["pledge"])
    assert again.get_json()["receipt"] == before["receipt"]
    assert error_of(guest.post(url, json=sent | {"text": "Listen less."})) == (409, "key_reused")


def test_an_author_who_edits_gives_no_more_than_is_asked(cast: Cast, store: Store, database: str) -> None:
    ask_for(store, cast)
    receipt = say(store, cast.event.code, "Listen more.").receipt_token
    stored = everything_stored(database)
    edit_pledge(store, receipt, Content("Listen more.", "Maria"))
    assert everything_stored(database) == stored
    assert edit_pledge(store, receipt, Content("Listen well.", "Maria")).content == Content("Listen well.")


def close_with(store: Store, cast: Cast, words: str) -> None:
    settings = EventSettings("Q launch", "?", closing_message=words)
    edit_event(store, cast.organiser, cast.event.code, settings)
    close_event(store, cast.organiser, cast.event.code)


def test_a_closed_event_says_its_last_word(cast: Cast, store: Store, guest: FlaskClient) -> None:
    close_with(store, cast, "Diolch! See <b>you</b> in spring & summer.")
    told = page(guest, f"/e/{cast.event.code}")
    assert "Diolch! See &lt;b&gt;you&lt;/b&gt; in spring &amp; summer." in told
    assert USUAL_WORDS not in told
    assert "<textarea" not in told


def test_without_a_last_word_the_usual_words_are_said(cast: Cast, store: Store, guest: FlaskClient) -> None:
    close_with(store, cast, "")
    assert USUAL_WORDS in page(guest, f"/e/{cast.event.code}")


def test_the_last_word_waits_until_the_event_is_closed(cast: Cast, store: Store, guest: FlaskClient) -> None:
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", closing_message="Diolch!"))
    told = page(guest, f"/e/{cast.event.code}")
    assert ("Diolch!" in told, "<textarea" in told) == (False, True)


def test_events_side_by_side_never_mix(
    cast: Cast, store: Store, parts: Parts, guest: FlaskClient, signed_in: SignIn, app: Flask
) -> None:
    here, there = cast.event, cast.other_event
    organisers = {here.code: cast.organiser, there.code: cast.other_organiser}
    screens = {code: Screen(app, app.test_client()) for code in organisers}
    versions = {code: screen.watch(event=code)["to"] for code, screen in screens.items()}
    said: dict[str, list[Submitted]] = {here.code: [], there.code: []}
    draft = read_draft(a_draft("The same key in both."))
    for code, pledges in said.items():
        pledges.append(submit_pledge(store, code, draft))
        pledges.extend(say(store, code, f"Pledge {number}.") for number in range(3))
        hide_pledge(store, organisers[code], code, pledges[-1].pledge.id)

    for code, organiser in organisers.items():
        ids = [one.pledge.id for one in said[code]]
        public = guest.get(f"/e/{code}/pledges").get_json()
        desk = desk_changes_since(store, parts.addresses, organiser, code, 0)
        assert [one["number"] for one in desk["pledges"]] == [1, 2, 3, 4]
        assert [one["id"] for one in desk["pledges"]] == ids
        assert [one["id"] for one in public["pledges"]] == ids[:-1]
        noted = [entry.pledge_id for entry in read_audit(store, organiser, code)]
        assert [one for one in noted if one] == ids[-1:]
        assert screens[code].next_changes(versions[code])["event"]["code"] == code
        assert {changes["event"]["code"] for changes in screens[code].heard("changes")} == {code}


def close_first_event(store: Store, cast: Cast) -> None:
    """The one that is there from the start; nobody of the cast works on it."""
    with store.read() as connection:
        codes = [code for (code,) in connection.exec_driver_sql("SELECT code FROM events ORDER BY id")]
    (first,) = (code for code in codes if code not in (cast.event.code, cast.other_event.code))
    shut(store, first)
