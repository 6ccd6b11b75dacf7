"""What a new event still needs: ticked by what is true, for organisers, until the first pledge is there."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft, shut
from wall.core.drafts import read_draft
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.wall_state import WallState
from wall.services.events.creating import FIRST_QUESTION, FIRST_TITLE, make_event
from wall.services.events.finding import find_event
from wall.services.events.first_steps import steps_taken
from wall.services.people.invitations import invite, take_invitation_back
from wall.services.people.team import read_team
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store
from wall.store.queries import team
from wall.web.kit.context import Parts

HEADING = "First steps"


@pytest.fixture
def code(cast: Cast, store: Store) -> str:
    """The event that a new server has."""
    return make_event(store, cast.organiser.id, title=FIRST_TITLE, question=FIRST_QUESTION).code


def change(store: Store, code: str, **settings: Any) -> None:
    store.write(lambda transaction: transaction.change_event(code, **settings))


def test_of_a_new_event_nothing_is_done(cast: Cast, store: Store, code: str) -> None:
    assert steps_taken(store, cast.organiser, code) == set()


@pytest.mark.parametrize(
    ("settings", "done"),
    [
        ({"title": "Q spring"}, set()),
        ({"question": "What will you grow?"}, set()),
        ({"title": "Q spring", "question": "What will you grow?"}, {"details"}),
        ({"themes": ("Safety",)}, {"prompts"}),
        ({"starters": ("Every Friday I will …",)}, {"prompts"}),
        ({"wall": WallState(scene="join", blank=True)}, set()),
        ({"wall": WallState(look="night")}, {"look"}),
        ({"wall": WallState(accent="#5b2a86")}, {"look"}),
        ({"wall": WallState(room_depth=12)}, {"look"}),
        ({"wall": WallState(logo="123456789abc")}, {"look"}),
    ],
    ids=str,
)
def test_a_step_is_ticked_by_what_is_true(
    cast: Cast, store: Store, code: str, settings: dict[str, Any], done: set[str]
) -> None:
    change(store, code, **settings)
    assert steps_taken(store, cast.organiser, code) == done


def test_whoever_invited_somebody_or_has_a_team_has_asked_for_help(
    cast: Cast, store: Store, code: str
) -> None:
    invite(store, cast.organiser, code, Role.SCRIBE)
    assert steps_taken(store, cast.organiser, code) == {"team"}
    (invitation,) = read_team(store, cast.organiser, code).invitations
    take_invitation_back(store, cast.organiser, code, invitation.id)
    assert steps_taken(store, cast.organiser, code) == set()
    event = find_event(store, code)
    store.write(lambda tx: team.join_event(tx.connection, cast.scribe.id, event.id, Role.SCRIBE))
    assert steps_taken(store, cast.organiser, code) == {"team"}


def page_of(browser: FlaskClient, code: str) -> str:
    return browser.get(f"/desk/e/{code}", headers={"Accept": "text/html"}, follow_redirects=True).text


def ticked(page: str) -> list[str]:
    return re.findall(r'name="(\w+)" aria-labelledby="step-\1" checked disabled', page)


def test_the_page_ticks_what_is_done_and_a_phone_that_was_here(
    cast: Cast, store: Store, parts: Parts, signed_in: SignIn, code: str
) -> None:
    desk = signed_in(cast.organiser)
    assert HEADING in page_of(desk, code)
    assert ticked(page_of(desk, code)) == []
    parts.reached.note(code, "a phone")
    change(store, code, themes=("Safety",))
    assert ticked(page_of(desk, code)) == ["prompts", "phone"]


def test_it_is_gone_when_the_first_pledge_is_there_and_where_the_event_is_closed(
    cast: Cast, store: Store, signed_in: SignIn, code: str
) -> None:
    desk = signed_in(cast.organiser)
    shut(store, code)
    assert HEADING not in page_of(desk, code)
    change(store, code, open=True)
    assert HEADING in page_of(desk, code)
    submit_pledge(store, code, read_draft(a_draft("Listen more.")))
    assert HEADING not in page_of(desk, code)


@pytest.mark.parametrize("who", ["moderator", "scribe"])
def test_who_prepares_nothing_sees_nothing_of_it(cast: Cast, signed_in: SignIn, who: str) -> None:
    helper: Organiser = getattr(cast, who)
    page = page_of(signed_in(helper), cast.event.code)
    assert HEADING not in page
    assert ("No pledges yet." if who == "moderator" else "Add pledges for other people") in page
    assert HEADING in page_of(signed_in(cast.organiser), cast.event.code)
