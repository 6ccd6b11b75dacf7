"""An organiser makes events and settles what they are called, what they ask, and who looks first."""

from dataclasses import fields, replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from wall.core.drafts import read_draft
from wall.core.events import Event
from wall.core.pledges import Status
from wall.services.events.finding import find_event
from wall.services.people.access import my_desks
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store

SETTINGS = {
    "title": "Q spring",
    "question": "What will you grow?",
    "text_limit": "140",
    "moderation": "before",
    "asks_name": "no",
    "asks_organisation": "yes",
    "closing_message": "Diolch! See you in spring.",
}
HTML = "text/html"


def settle(desk: FlaskClient, cast: Cast, form: dict[str, str], accept: str = "application/json") -> Any:
    return desk.post(f"/desk/e/{cast.event.code}/settings", data=form, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("path", "form", "panel"),
    [
        ("settings", SETTINGS, "#asked"),
        ("help", {"themes": "Kindness", "language": "en"}, "#help"),
        ("wall/look", {"look": "night"}, "#look"),
        ("settings/all", SETTINGS | {"look": "night"}, ""),
    ],
)
def test_whoever_saves_comes_back_to_the_settings_and_reads_so(
    cast: Cast, signed_in: SignIn, path: str, form: dict[str, str], panel: str
) -> None:
    desk, headers = signed_in(cast.organiser), {"Accept": HTML}
    answer = desk.post(f"/desk/e/{cast.event.code}/{path}", data=form, headers=headers)
    assert answer.location == f"/desk/e/{cast.event.code}/settings?saved={panel[1:] or 'all'}{panel}"
    page = desk.get(answer.location, headers=headers).text
    assert page.count("Saved.") == 1
    assert f'id="{panel[1:]}"' in page or not panel
    assert "Saved." not in desk.get(f"/desk/e/{cast.event.code}/settings", headers=headers).text


def test_settings_are_kept_and_every_screen_hears(
    cast: Cast, store: Store, signed_in: SignIn, guest: FlaskClient
) -> None:
    assert settle(signed_in(cast.organiser), cast, SETTINGS).status_code == 303
    event = find_event(store, cast.event.code)
    assert (event.title, event.question, event.text_limit, event.moderation) == (
        "Q spring", "What will you grow?", 140, "before",
    )  # fmt: skip
    assert (event.asks, event.closing_message) == (("organisation",), "Diolch! See you in spring.")
    told = guest.get(f"/e/{cast.event.code}/pledges").get_json()["event"]
    assert (told["question"], told["asks"]) == ("What will you grow?", ["organisation"])
    assert told["closing_message"] == "Diolch! See you in spring."


def test_whatever_may_change_of_an_event_is_stored(cast: Cast, store: Store) -> None:
    """A new setting too: nobody has to think of it."""
    fixed = {"id", "code", "created_at", "rehearsal", "version", "last_number", "wall"}
    before = find_event(store, cast.event.code)
    changed = {
        one.name: another(getattr(before, one.name)) for one in fields(Event) if one.name not in fixed
    } | {"wall": replace(before.wall, blank=True)}
    store.write(lambda transaction: transaction.change_event(cast.event.code, **changed))
    assert find_event(store, cast.event.code) == replace(before, version=before.version + 1, **changed)


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (*value, "another")
    return value + (1 if isinstance(value, int) else "another")


def test_pledges_then_wait_for_an_organiser_and_those_before_stay(
    cast: Cast, store: Store, signed_in: SignIn, pledge: Submitted, guest: FlaskClient
) -> None:
    settle(signed_in(cast.organiser), cast, SETTINGS)
    waiting = submit_pledge(store, cast.event.code, read_draft(a_draft("May I?"))).pledge
    assert waiting.status is Status.WAITING
    shown = guest.get(f"/e/{cast.event.code}/pledges").get_json()["pledges"]
    assert [one["id"] for one in shown] == [pledge.pledge.id]


def test_the_same_settings_again_move_nothing(cast: Cast, store: Store, signed_in: SignIn) -> None:
    settle(signed_in(cast.organiser), cast, SETTINGS)
    before = find_event(store, cast.event.code)
    settle(signed_in(cast.co_organiser), cast, SETTINGS)
    assert find_event(store, cast.event.code) == before


def test_the_form_says_how_it_is_settled(cast: Cast, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser)
    settle(desk, cast, SETTINGS)
    page = desk.get(f"/desk/e/{cast.event.code}/settings").text
    assert 'name="asks_name" value="yes">' in page
    assert 'name="asks_organisation" value="yes" checked>' in page
    assert ">Diolch! See you in spring.</textarea>" in page


def test_what_a_program_leaves_out_is_as_usual(cast: Cast, store: Store, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser)
    settle(desk, cast, SETTINGS)
    settle(desk, cast, {"title": "Q spring", "question": "What will you grow?"})
    event = find_event(store, cast.event.code)
    assert (event.asks, event.closing_message, event.moderation) == (("name", "organisation"), "", "after")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_its_organisers_settle_an_event(
    cast: Cast, store: Store, signed_in: SignIn, guest: FlaskClient, method: str
) -> None:
    url = f"/desk/e/{cast.event.code}/settings"
    wrong = SETTINGS | {"title": ""}
    for form in (SETTINGS, wrong):
        other = signed_in(cast.other_organiser).open(url, method=method, data=form)
        unknown = signed_in(cast.other_organiser).open("/desk/e/QQQQ/settings", method=method, data=form)
        assert (other.status_code, other.text) == (404, unknown.text)
        assert (
            guest.open(url, method=method, data=form, headers={"Accept": "application/json"}).status_code
            == 401
        )
    assert find_event(store, cast.event.code) == cast.event


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "  "), ("title", "x" * 81), ("question", "x" * 141), ("question", "a\x00b"),
     ("question", "\u202ereversed"), ("text_limit", "39"), ("text_limit", "1001"), ("text_limit", "-1"),
     ("text_limit", "٢٠٠"), ("text_limit", "9" * 400), ("moderation", "never"),
     ("closing_message", "x" * 501), ("closing_message", "a\x00b")],
)  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field_and_stays_typed(
    cast: Cast, store: Store, signed_in: SignIn, field: str, value: str
) -> None:
    form = SETTINGS | {field: value}
    told = settle(signed_in(cast.organiser), cast, form)
    assert (told.status_code, list(told.get_json()["error"]["fields"])) == (422, [field])
    page = settle(signed_in(cast.organiser), cast, form, HTML)
    assert page.status_code == 422
    assert 'class="problem"' in page.text
    assert 'name="asks_name" value="yes">' in page.text
    stays = "title" if field == "question" else "question"
    assert f'value="{SETTINGS[stays]}"' in page.text
    assert find_event(store, cast.event.code) == cast.event


def test_a_new_event_is_its_maker_s_alone_and_open(
    cast: Cast, store: Store, signed_in: SignIn, guest: FlaskClient
) -> None:
    made = signed_in(cast.organiser).post("/desk/events", data=SETTINGS)
    code = made.location.rsplit("/", 1)[1]
    event = find_event(store, code)
    assert (event.open, event.title, event.moderation) == (True, "Q spring", "before")
    assert code in [one.event.code for one in my_desks(store, cast.organiser)]
    assert signed_in(cast.co_organiser).get(f"/desk/e/{code}").status_code == 404
    assert guest.get(f"/e/{code}").status_code == 200


def test_a_wrong_new_event_makes_none(cast: Cast, store: Store, signed_in: SignIn) -> None:
    before = my_desks(store, cast.organiser)
    page = signed_in(cast.organiser).post(
        "/desk/events", data=SETTINGS | {"title": ""}, headers={"Accept": HTML}
    )
    assert page.status_code == 422
    assert 'value="What will you grow?"' in page.text
    assert my_desks(store, cast.organiser) == before


def test_a_guest_makes_no_event(guest: FlaskClient) -> None:
    assert guest.get("/desk/events", headers={"Accept": HTML}).location.startswith("/desk/sign-in")
    told = guest.post("/desk/events", data=SETTINGS, headers={"Accept": "application/json"})
    assert told.get_json()["error"]["code"] == "not_signed_in"


@pytest.mark.parametrize("path", ["/desk/events", "/desk/e/{code}/settings"])
def test_every_form_needs_its_token(app: Any, cast: Cast, signed_in: SignIn, path: str) -> None:
    desk = signed_in(cast.organiser)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = desk.post(
        path.format(code=cast.event.code), data=SETTINGS, headers={"Accept": "application/json"}
    )
    assert answer.get_json()["error"]["code"] == "form_expired"
