"""A form that is sent twice, by a double click or a browser that tries again, is carried out once."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn
from tests.web.test_roles import HTML
from wall.core.people.roles import Role
from wall.services.people.access import my_desks
from wall.services.people.team import read_team
from wall.services.pledges.submitting import Submitted
from wall.store import Store

EVENT = {"title": "Q spring", "question": "What will you grow?"}


def key_on(browser: FlaskClient, path: str, action: str) -> str:
    """The key of a form on a page."""
    page = browser.get(path, headers={"Accept": HTML}).text
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    found = re.search(r'name="form" value="([\w-]{22})"', form)
    assert found, f"the form of {action} has a key"
    return found[1]


def send_twice(browser: FlaskClient, path: str, form: dict[str, str]) -> list[TestResponse]:
    """At once, as a double click does."""
    browsers = [browser.application.test_client() for _ in range(2)]
    for one in browsers:
        for cookie in (browser._cookies or {}).values():
            one.set_cookie(cookie.key, cookie.value)
    with ThreadPoolExecutor() as both:
        return list(both.map(lambda one: one.post(path, data=form, headers={"Accept": HTML}), browsers))


def titles(store: Store, cast: Cast) -> list[str]:
    return sorted(desk.event.title for desk in my_desks(store, cast.organiser))


def test_a_double_click_makes_one_event(cast: Cast, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(cast.organiser)
    key = key_on(browser, "/desk/events", "/desk/events")
    answers = send_twice(browser, "/desk/events", EVENT | {"form": key})

    assert titles(store, cast) == ["Q launch", "Q spring"]
    assert len({(answer.status_code, answer.location) for answer in answers}) == 1


def test_a_double_click_makes_one_copy(cast: Cast, store: Store, signed_in: SignIn) -> None:
    browser, desk = signed_in(cast.organiser), f"/desk/e/{cast.event.code}"
    key = key_on(browser, f"{desk}/settings", f"{desk}/duplicate")
    answers = send_twice(browser, f"{desk}/duplicate", {"form": key})

    assert titles(store, cast) == ["Q launch", "Q launch 2"]
    assert len({answer.location for answer in answers}) == 1


def test_a_double_click_makes_one_invitation_and_both_answers_show_it(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    browser, team = signed_in(cast.organiser), f"/desk/e/{cast.event.code}/team"
    key = key_on(browser, team, f"{team}/invite")
    answers = send_twice(browser, f"{team}/invite", {"form": key, "role": "scribe"})

    assert len(read_team(store, cast.organiser, cast.event.code).invitations) == 1
    links = {re.findall(r"/desk/invitation/[\w-]{22}", answer.text)[0] for answer in answers}
    assert len(links) == 1
    assert browser.get(links.pop()).status_code == 200


def test_a_double_click_clears_once_and_leaves_one_backup(
    cast: Cast, signed_in: SignIn, pledge: Submitted, tmp_path: Path
) -> None:
    browser, desk = signed_in(cast.organiser), f"/desk/e/{cast.event.code}"
    key = key_on(browser, f"{desk}/settings", f"{desk}/clear")
    answers = send_twice(browser, f"{desk}/clear", {"form": key, "typed": "Q launch"})

    assert len({answer.location for answer in answers}) == 1
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_a_double_click_on_delete_is_no_error(cast: Cast, store: Store, signed_in: SignIn) -> None:
    browser, desk = signed_in(cast.organiser), f"/desk/e/{cast.event.code}"
    key = key_on(browser, f"{desk}/settings", f"{desk}/delete")
    answers = send_twice(browser, f"{desk}/delete", {"form": key, "typed": "Q launch"})
    answers.append(
        browser.post(f"{desk}/delete", data={"form": key, "typed": "Q launch"})
    )  # when all is over
    assert [answer.location for answer in answers] == ["/desk/events"] * 3
    assert titles(store, cast) == []


@pytest.mark.parametrize(
    "changed", [{"title": "Q autumn"}, {"form": "another-key-of-22-char"}, {"text_limit": "200"}]
)
def test_another_form_makes_another_event(
    cast: Cast, store: Store, signed_in: SignIn, changed: dict[str, str]
) -> None:
    browser, form = signed_in(cast.organiser), EVENT | {"form": "the-key-of-22-letters!"}
    for sent in (form, form | changed, form):
        browser.post("/desk/events", data=sent)
    assert len(titles(store, cast)) == 3


def test_two_people_s_forms_are_two_though_their_keys_are_one(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    made = {
        signed_in(somebody).post("/desk/events", data=EVENT | {"form": "the-key-of-22-letters!"}).location
        for somebody in (cast.organiser, cast.other_organiser)
    }
    assert len(made) == 2


def test_a_program_without_a_key_makes_one_thing_each_time(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    browser = signed_in(cast.organiser)
    for form in (EVENT, EVENT, EVENT | {"form": "short"}, EVENT | {"form": "short"}):
        browser.post("/desk/events", data=form)
    assert titles(store, cast).count("Q spring") == 4


def test_whoever_may_make_nothing_gets_nothing_by_another_s_form(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    form = EVENT | {"form": "the-key-of-22-letters!"}
    signed_in(cast.organiser).post("/desk/events", data=form)
    assert signed_in(cast.scribe).post("/desk/events", data=form).status_code == 403
    assert read_team(store, cast.organiser, cast.event.code).members[-1].role is Role.SCRIBE
