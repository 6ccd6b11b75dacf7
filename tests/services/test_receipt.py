"""The author's private page: whoever has its address may change the pledge, and nobody else."""

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from sqlalchemy import update

from tests.conftest import Cast, SignIn, a_draft, shut
from tests.support.asking import changes_since
from tests.support.running import OwnServer
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.errors import PledgeWithdrawn
from wall.core.event_settings import EventSettings
from wall.core.pledges import Status
from wall.core.prompts import Prompts
from wall.services.events.settings import change_prompts, edit_event
from wall.services.pledges.moderation import hide_pledge, hold_pledge, show_pledge
from wall.services.pledges.receipts import find_receipt, withdraw_pledge
from wall.services.pledges.revising import edit_pledge, take_name_off
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.store.tables import pledges
from wall.web.kit.context import Parts


@pytest.fixture
def url(pledge: Submitted) -> str:
    return f"/receipt/{pledge.receipt_token}"


def test_an_author_edits_and_the_wall_hears_of_it(
    parts: Parts, cast: Cast, guest: FlaskClient, pledge: Submitted, url: str
) -> None:
    before = changes_since(parts.store, parts.addresses, cast.event.code, 0)
    told = guest.post(f"{url}/edit", json={"text": "Listen twice.", "name": "Maria", "theme": "Safety"})
    changes = changes_since(parts.store, parts.addresses, cast.event.code, before["to"])

    assert told.json
    assert (told.json["pledge"]["text"], told.json["pledge"]["status"]) == (
        "Listen twice.",
        "shown",
    )
    assert [(one["text"], one["theme"]) for one in changes["pledges"]] == [("Listen twice.", "Safety")]


def test_what_it_said_before_is_kept(database: str, guest: FlaskClient, url: str) -> None:
    guest.post(f"{url}/edit", json={"text": "Listen twice.", "name": "Maria"})
    assert in_database(database, "SELECT text, name FROM revisions") == [("Listen more.", "Maria")]


def test_an_edit_that_would_have_to_wait_leaves_the_wall_and_comes_back_when_it_is_mended(
    store: Store, pledge: Submitted
) -> None:
    token = pledge.receipt_token
    assert edit_pledge(store, token, Content("Visit bed 4.")).status is Status.WAITING
    assert edit_pledge(store, token, Content("Visit a patient.")).status is Status.SHOWN


def test_an_edit_does_not_put_up_what_an_organiser_hid(store: Store, cast: Cast, pledge: Submitted) -> None:
    hide_pledge(store, cast.organiser, cast.event.code, pledge.pledge.id)
    assert edit_pledge(store, pledge.receipt_token, Content("Please?")).status is Status.HIDDEN


def test_what_a_moderator_put_back_waits_however_often_its_author_writes_it_anew(
    store: Store, cast: Cast, pledge: Submitted
) -> None:
    hold_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id)
    for text in ("Please?", "Pretty please?"):
        assert edit_pledge(store, pledge.receipt_token, Content(text)).status is Status.WAITING
    shown = show_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id)
    assert edit_pledge(store, pledge.receipt_token, Content("Thank you.")).status is shown.status


def test_an_edit_where_organisers_look_first_waits_again(store: Store, cast: Cast, database: str) -> None:
    in_database(database, "UPDATE events SET moderation = 'before'")
    sent = submit_pledge(store, cast.event.code, read_draft(a_draft("Listen more.")))
    show_pledge(store, cast.organiser, cast.event.code, sent.pledge.id)
    assert edit_pledge(store, sent.receipt_token, Content("Something else.")).status is Status.WAITING


def test_an_edit_keeps_what_the_event_does_not_ask_any_more_and_adds_none_of_it(
    store: Store, cast: Cast
) -> None:
    code = cast.event.code
    sent = submit_pledge(
        store, code, read_draft(a_draft("Listen more.", name="Maria", organisation="Ward 4", theme="Safety"))
    )
    edit_event(store, cast.organiser, code, EventSettings("Q", "?", asks=("organisation",)))
    change_prompts(store, cast.organiser, code, Prompts((), (), (), "en"))

    edited = edit_pledge(store, sent.receipt_token, Content("Listen twice.", organisation="Ward 5"))
    assert edited.content == Content("Listen twice.", "Maria", "Ward 5", "Safety")
    edited = edit_pledge(store, sent.receipt_token, Content("Listen.", "Somebody else", "", "Cake"))
    assert edited.content == Content("Listen.", "Maria", "", "Safety")


def test_the_form_offers_a_pledge_s_own_theme_when_the_event_has_it_no_more(
    store: Store, cast: Cast, guest: FlaskClient
) -> None:
    draft = read_draft(a_draft("Listen more.", theme="Safety"))
    url = f"/receipt/{submit_pledge(store, cast.event.code, draft).receipt_token}"
    change_prompts(store, cast.organiser, cast.event.code, Prompts(("Kindness",), (), (), "en"))

    form = guest.get(url, headers={"Accept": "text/html"}).text
    assert re.findall(r'name="theme" value="(\w+)"( checked)?', form) == [
        ("Kindness", ""),
        ("Safety", " checked"),
    ]
    told = guest.post(f"{url}/edit", json={"text": "Listen twice.", "theme": "Safety"})
    assert told.json
    assert told.json["pledge"]["theme"] == "Safety"
    guest.post(f"{url}/edit", json={"text": "Listen twice.", "theme": "Kindness"})
    assert guest.post(f"{url}/edit", json={"text": "Listen.", "theme": "Safety"}).status_code == 422


def test_saving_the_same_changes_nothing(store: Store, pledge: Submitted) -> None:
    assert edit_pledge(store, pledge.receipt_token, pledge.pledge.content).version == pledge.version


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"text": " "}, "text"), ({"text": "x" * 281}, "text"), ({"text": "ok", "theme": "No such"}, "theme"), ({"text": "ok", "name": "x" * 61}, "name")],
)  # fmt: skip
def test_a_wrong_edit_is_refused_beside_its_field(
    store: Store, guest: FlaskClient, pledge: Submitted, url: str, sent: dict[str, Any], field: str
) -> None:
    told = guest.post(f"{url}/edit", json=sent)
    assert told.status_code == 422
    assert told.json
    assert list(told.json["error"]["fields"]) == [field]
    assert find_receipt(store, pledge.receipt_token)[0] == pledge.pledge

    page = guest.post(f"{url}/edit", data=sent, headers={"Accept": "text/html"})
    assert page.status_code == 422
    assert f'id="{field}-problem" >' in page.text


@pytest.mark.parametrize("body", [b"[]", b"null", b"{", b"\xff", b'{"text": 5}', b'{"name": "Maria"}'])
def test_an_edit_that_is_no_pledge_is_refused(guest: FlaskClient, url: str, body: bytes) -> None:
    assert guest.post(f"{url}/edit", data=body, content_type="application/json").status_code == 422


def test_a_closed_event_takes_no_edits_but_lets_names_go(
    store: Store, cast: Cast, guest: FlaskClient, url: str
) -> None:
    shut(store, cast.event.code)
    assert guest.post(f"{url}/edit", json={"text": "Too late"}).status_code == 403
    told = guest.post(f"{url}/take-name-off")
    assert told.json
    assert told.json["pledge"]["name"] == ""


def test_a_name_that_is_taken_off_is_nowhere_any_more(store: Store, database: str, pledge: Submitted) -> None:
    edit_pledge(store, pledge.receipt_token, Content("Listen twice.", name="Maria"))
    take_name_off(store, pledge.receipt_token)
    kept = in_database(database, "SELECT name FROM pledges UNION ALL SELECT name FROM revisions")
    assert {name for (name,) in kept} == {""}


def test_the_first_sending_repeated_after_a_change_writes_nothing_twice(store: Store, cast: Cast) -> None:
    draft = read_draft(a_draft("Listen more.", name="Maria"))
    first = submit_pledge(store, cast.event.code, draft)
    edit_pledge(store, first.receipt_token, Content("Listen twice.", name="Maria"))
    take_name_off(store, first.receipt_token)
    again = submit_pledge(store, cast.event.code, draft)
    assert (again.new, again.receipt_token) == (False, first.receipt_token)


def test_what_was_taken_back_cannot_be_changed(
    store: Store, guest: FlaskClient, pledge: Submitted, url: str
) -> None:
    withdraw_pledge(store, pledge.receipt_token)
    with pytest.raises(PledgeWithdrawn):
        take_name_off(store, pledge.receipt_token)
    assert guest.post(f"{url}/edit", json={"text": "Again"}).status_code == 409


@pytest.mark.parametrize("path", ["", "/edit", "/take-name-off", "/withdraw", "/qr.svg", "/remind-7.ics"])
def test_a_guessed_address_opens_nothing(guest: FlaskClient, path: str, pledge: Submitted) -> None:
    wrong = f"/receipt/{pledge.receipt_token[:-1]}_{path}"
    method = "POST" if path in ("/edit", "/take-name-off", "/withdraw") else "GET"
    sent = {"json": {"text": "Mine now"}} if path == "/edit" else {}
    assert guest.open(wrong, method=method, **sent).status_code == 404  # type: ignore[arg-type]


def test_an_organiser_does_not_learn_the_receipt(signed_in: SignIn, cast: Cast, pledge: Submitted) -> None:
    desk = signed_in(cast.organiser)
    for path in ("", "/pledges", "/export.csv"):
        assert pledge.receipt_token not in desk.get(f"/desk/e/{cast.event.code}{path}").text


def test_the_page_is_kept_by_nobody_and_names_itself_to_nobody(guest: FlaskClient, url: str) -> None:
    page = guest.get(url, headers={"Accept": "text/html"})
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_its_address_is_in_no_log(own_server: OwnServer) -> None:
    token = own_server.send(a_draft("Listen more."))[1]["receipt"].rsplit("/", 1)[1]
    for path in ("", "/remind-7.ics", "/nothing"):
        own_server.get(f"/receipt/{token}{path}")
    own_server.post(f"/receipt/{token}/edit", {"text": ["no text"]})
    own_server.stop()
    assert token not in "".join(own_server.printed)


@pytest.mark.parametrize("days", [7, 30, 90])
def test_a_reminder_is_a_day_in_the_phone_s_own_calendar(
    guest: FlaskClient, pledge: Submitted, url: str, days: int
) -> None:
    written = date.fromisoformat(pledge.pledge.created_at[:10])
    answer = guest.get(f"{url}/remind-{days}.ics?written={written}")
    [entry] = [part for part in Calendar.from_ical(answer.data).walk() if isinstance(part, Event)]

    assert answer.mimetype == "text/calendar"
    assert entry.decoded("dtstart") == written + timedelta(days=days)
    assert "Listen more." in str(entry["description"])
    assert str(entry["url"]) == f"http://wall.test{url}#going"


def test_there_are_no_other_reminders(guest: FlaskClient, url: str) -> None:
    assert guest.get(f"{url}/remind-8.ics").status_code == 404


def test_without_javascript_the_guard_asks_once(
    guest: FlaskClient, store: Store, pledge: Submitted, url: str
) -> None:
    page = guest.post(f"{url}/edit", data={"text": "Visit bed 4."}, headers={"Accept": "text/html"})
    assert re.search(r'class="guard" role="alert" tabindex="-1" >', page.text)
    assert find_receipt(store, pledge.receipt_token)[0] == pledge.pledge

    sent = {"text": "Visit bed 4.", "anyway": "yes"}
    assert guest.post(f"{url}/edit", data=sent, headers={"Accept": "text/html"}).status_code == 303
    assert find_receipt(store, pledge.receipt_token)[0].status is Status.WAITING


def in_database(url: str, query: str) -> list[Any]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("created_at", "told", "first_day"),
    [
        ("2027-06-20T22:30:00.000Z", "2027-06-20", date(2027, 6, 27)),  # 23:30 in London's summer
        ("2027-06-20T23:30:00.000Z", "2027-06-21", date(2027, 6, 28)),  # half past midnight there
        (
            "2027-03-27T23:59:00.000Z",
            "2027-03-27",
            date(2027, 4, 3),
        ),  # the night before the clocks go forward
        ("2027-12-31T13:00:00.000Z", "2028-01-01", date(2028, 1, 8)),  # Auckland is a year ahead
        ("2027-06-21T02:00:00.000Z", "2027-06-20", date(2027, 6, 27)),  # an evening in New York
    ],
)
def test_a_reminder_counts_from_the_author_s_day(
    guest: FlaskClient, store: Store, url: str, created_at: str, told: str, first_day: date
) -> None:
    store.write(lambda one: one.connection.execute(update(pledges).values(created_at=created_at)))
    answer = guest.get(f"{url}/remind-7.ics?written={told}")
    [entry] = [part for part in Calendar.from_ical(answer.data).walk() if isinstance(part, Event)]
    assert entry["dtstart"].params["VALUE"] == "DATE"
    assert entry.decoded("dtstart") == first_day
    assert entry.decoded("dtend") == first_day + timedelta(days=1)


@pytest.mark.parametrize("told", ["", "tomorrow", "2027-06-18", "2027-06-23", "20270620", "9999-12-31"])
def test_a_day_on_which_it_cannot_have_been_written_is_not_believed(
    guest: FlaskClient, store: Store, url: str, told: str
) -> None:
    at = "2027-06-20T12:00:00.000Z"
    store.write(lambda one: one.connection.execute(update(pledges).values(created_at=at)))
    answer = guest.get(f"{url}/remind-7.ics", query_string={"written": told})
    [entry] = [part for part in Calendar.from_ical(answer.data).walk() if isinstance(part, Event)]
    assert abs(entry.decoded("dtstart") - date(2027, 6, 27)) <= timedelta(days=1)
