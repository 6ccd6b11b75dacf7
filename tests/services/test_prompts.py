"""An organiser helps people to write: starters, themes, words to look at first, and the wall's language."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from wall.services.events.finding import find_event
from wall.store import Store

HELP = {"starters": "Every Friday I will …\r\n\r\n  I will ask  one patient …\r\n", "themes": "Safety\nFlow\nSafety",
        "extra_words": "synerg*", "language": "cy"}  # fmt: skip


def give(desk: FlaskClient, cast: Cast, **form: str) -> Any:
    return desk.post(f"/desk/e/{cast.event.code}/help", data=form, headers={"Accept": "application/json"})


def test_each_line_is_one_and_none_is_there_twice(cast: Cast, store: Store, signed_in: SignIn) -> None:
    assert give(signed_in(cast.organiser), cast, **HELP).status_code == 303
    event = find_event(store, cast.event.code)
    assert event.starters == ("Every Friday I will …", "I will ask one patient …")
    assert event.themes == ("Safety", "Flow")
    assert (event.extra_words, event.language) == (("synerg*",), "cy")


def test_saving_the_same_again_moves_nothing(cast: Cast, store: Store, signed_in: SignIn) -> None:
    give(signed_in(cast.organiser), cast, **HELP)
    before = find_event(store, cast.event.code)
    give(signed_in(cast.co_organiser), cast, **HELP)
    assert find_event(store, cast.event.code) == before


def test_only_its_organisers_help(cast: Cast, store: Store, signed_in: SignIn, guest: FlaskClient) -> None:
    assert give(signed_in(cast.other_organiser), cast, **HELP).status_code == 404
    assert give(guest, cast, **HELP).status_code == 401
    assert find_event(store, cast.event.code) == cast.event


def test_the_extra_words_are_for_organisers_alone(cast: Cast, signed_in: SignIn, guest: FlaskClient) -> None:
    give(signed_in(cast.organiser), cast, **HELP)
    code = cast.event.code
    for path in (f"/e/{code}", f"/e/{code}/wall", f"/e/{code}/pledges", f"/e/{code}/wall/text"):
        assert "synerg" not in guest.get(path).text
    assert "synerg" in signed_in(cast.co_organiser).get(f"/desk/e/{code}/settings").text


@pytest.mark.parametrize(
    ("field", "value"),
    [("themes", "\n".join(map(str, range(13)))), ("themes", "x" * 41), ("starters", "\n".join(map(str, range(9)))),
     ("starters", "\x00"), ("extra_words", "\n".join(map(str, range(201)))), ("language", "tlh")],
)  # fmt: skip
def test_what_does_not_fit_is_refused_whole(
    cast: Cast, store: Store, signed_in: SignIn, field: str, value: str
) -> None:
    told = give(signed_in(cast.organiser), cast, **HELP | {field: value})
    assert (told.status_code, list(told.get_json()["error"]["fields"])) == (422, [field])
    assert find_event(store, cast.event.code) == cast.event


def test_without_javascript_the_guard_asks_once_before_anything_is_stored(
    cast: Cast, guest: FlaskClient, store: Store
) -> None:
    url, sent = f"/e/{cast.event.code}/pledges", a_draft("Visit bed 4.")
    page = guest.post(url, data=sent, headers={"Accept": "text/html"})
    assert "Send without changes" in page.text
    assert sent["key"] in page.text
    assert find_event(store, cast.event.code).last_number == 0

    assert guest.post(url, data=sent | {"anyway": "yes"}, headers={"Accept": "text/html"}).status_code == 303
    assert find_event(store, cast.event.code).last_number == 1
