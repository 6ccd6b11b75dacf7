"""Where somebody is signed in: a list of their own, each with its way out, and an end by time that no clock brings early."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.conftest import Cast, SignIn
from tests.web.test_roles import HTML, error_of
from tests.web.test_sessions import SIGN_OUT, sign_in_as
from wall.cli.threads import threading_runtime
from wall.core.clock import iso
from wall.core.errors import NotSignedIn
from wall.core.people.browsers import Browser, read_browser
from wall.core.people.organisers import Organiser
from wall.core.people.sessions import (
    IDLE_ENDS,
    IN_COOKIE,
    LIVES,
    MOST_SESSIONS,
    NOTED_EVERY,
    TOLERANCE,
    CameBy,
    Session,
)
from wall.services.events.creating import make_first_event
from wall.services.people.links import make_desk_link, use_desk_link
from wall.services.people.sessions import end_session, find_session, my_sessions
from wall.store import Store, open_store
from wall.store.files.restore import restore_database
from wall.store.tables import sessions

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME_ON_ANDROID = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)
SAFARI_ON_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.mark.parametrize(
    ("said", "called"),
    [(FIREFOX, Browser("Firefox", "Windows")), (CHROME_ON_ANDROID, Browser("Chrome", "Android")),
     (SAFARI_ON_IPHONE, Browser("Safari", "iPhone")), (EDGE, Browser("Edge", "Mac")),
     ("", Browser()), ("curl/8.0", Browser()), ("<script>\x1b[31m", Browser())],
)  # fmt: skip
def test_a_browser_is_called_by_one_of_a_few_names(said: str, called: Browser) -> None:
    assert read_browser(said) == called


def come_in(app: Flask, store: Store, who: Organiser, came_by: CameBy = CameBy.PASSWORD) -> FlaskClient:
    """A browser with a session of its own."""
    browser = app.test_client()
    token = sign_in_as(store, who, came_by)
    with browser.session_transaction() as session:
        session[IN_COOKIE] = token
    return browser


def page_of(browser: FlaskClient) -> str:
    return browser.get("/desk/sessions", headers={"Accept": HTML}).text


def test_the_list_says_which_browsers_and_which_is_this_one(
    guest: FlaskClient, app: Flask, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    laptop = signed_in(cast.moderator)
    invitation = signed_in(cast.organiser).post(
        f"/desk/e/{cast.event.code}/team/invite", data={"role": "scribe"}, headers={"Accept": "application/json"}
    ).get_json()["invitation"].removeprefix("http://wall.test")  # fmt: skip
    guest.post(invitation, data={"name": "Ffion"}, headers={"User-Agent": FIREFOX})
    page = page_of(guest)

    assert "Firefox on Windows" in page
    assert page.count("(this browser)") == 1
    assert "with an invitation" in page
    assert "Unknown browser" in page_of(laptop)
    assert "Firefox" not in page_of(laptop)


def test_a_session_is_ended_from_another_one(cast: Cast, signed_in: SignIn) -> None:
    phone, laptop = signed_in(cast.organiser), signed_in(cast.organiser)
    ways_out = re.findall(r'action="(/desk/sessions/\d+/end)"', page_of(laptop))
    assert len(ways_out) == 2
    laptop.post(min(ways_out))

    assert error_of(phone.get("/desk/events")) == (401, "not_signed_in")
    assert laptop.get("/desk/events").status_code == 200
    laptop.post(max(ways_out))
    assert error_of(laptop.get("/desk/events")) == (401, "not_signed_in")


def test_nobody_ends_somebody_else_s_session(cast: Cast, store: Store, signed_in: SignIn) -> None:
    theirs, mine = signed_in(cast.co_organiser), signed_in(cast.organiser)
    (session,) = my_sessions(store, cast.co_organiser)
    mine.post(f"/desk/sessions/{session.id}/end")
    mine.post(SIGN_OUT)

    assert theirs.get("/desk/events").status_code == 200
    assert f"/desk/sessions/{session.id}/end" not in page_of(mine)


def test_a_cookie_from_before_signing_out_opens_nothing(
    app: Flask, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    browser, thief = signed_in(cast.organiser), app.test_client()
    stolen = browser.get_cookie(f"desk_{store.identity}")
    assert stolen
    thief.set_cookie(stolen.key, stolen.value)
    assert thief.get("/desk/events").status_code == 200
    browser.post("/desk/sign-out")
    assert error_of(thief.get("/desk/events")) == (401, "not_signed_in")


def set_back(store: Store, **ago: timedelta) -> None:
    """Let every session have begun, been used or end so long before now."""
    moments = {column: iso(datetime.now(UTC) - how_long) for column, how_long in ago.items()}
    store.write(lambda tx: tx.connection.execute(update(sessions).values(moments)))


SOON = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("ago", "status"),
    [({"ends_at": TOLERANCE - SOON}, 200), ({"ends_at": TOLERANCE + SOON}, 401),
     ({"last_used_at": IDLE_ENDS}, 200), ({"last_used_at": IDLE_ENDS + TOLERANCE + SOON}, 401),
     ({"created_at": -TOLERANCE + SOON, "last_used_at": -TOLERANCE + SOON}, 200),
     ({"created_at": -TOLERANCE - SOON, "last_used_at": -TOLERANCE - SOON}, 401)],
    ids=str,
)  # fmt: skip
def test_a_session_ends_by_time_and_clocks_may_differ_by_hours(
    cast: Cast, store: Store, signed_in: SignIn, ago: dict[str, timedelta], status: int
) -> None:
    browser = signed_in(cast.organiser)
    set_back(store, **ago)
    assert browser.get("/desk/events").status_code == status


@pytest.mark.parametrize(("came_by", "days"), [("password", 30), ("link", 7), ("invitation", 7)])
def test_how_long_somebody_stays_signed_in_depends_on_how_they_came_in(
    app: Flask, cast: Cast, store: Store, came_by: str, days: int
) -> None:
    come_in(app, store, cast.organiser, CameBy(came_by))
    (session,) = my_sessions(store, cast.organiser)
    lives = datetime.fromisoformat(session.ends_at) - datetime.fromisoformat(session.created_at)
    assert lives == LIVES[CameBy(came_by)] == timedelta(days=days)


def the_session(store: Store, who: Organiser) -> Session:
    (session,) = my_sessions(store, who)
    return session


def test_it_is_noted_that_a_session_is_used_but_not_at_every_request(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    browser = signed_in(cast.organiser)
    before = the_session(store, cast.organiser)
    browser.get("/desk/events")
    assert the_session(store, cast.organiser) == before

    set_back(store, last_used_at=NOTED_EVERY)
    browser.get("/desk/events")
    used = datetime.fromisoformat(the_session(store, cast.organiser).last_used_at)
    assert datetime.now(UTC) - used < NOTED_EVERY


def test_a_page_is_shown_also_where_nothing_can_be_noted(cast: Cast, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(cast.organiser)
    set_back(store, last_used_at=NOTED_EVERY)
    store.ledger.close()
    assert browser.get("/desk/events").status_code == 200


def test_one_session_too_many_ends_the_one_that_was_used_least_lately(
    app: Flask, cast: Cast, store: Store
) -> None:
    oldest = come_in(app, store, cast.organiser)
    set_back(store, last_used_at=timedelta(hours=2))
    set_back(store, last_used_at=timedelta(minutes=30))
    others = [come_in(app, store, cast.organiser) for _ in range(MOST_SESSIONS)]

    assert len(my_sessions(store, cast.organiser)) == MOST_SESSIONS
    assert oldest.get("/desk/events").status_code == 401
    assert all(one.get("/desk/events").status_code == 200 for one in others)


def test_nothing_of_a_session_but_its_hash_is_kept(cast: Cast, store: Store, database: str) -> None:
    token = sign_in_as(store, cast.organiser)
    assert len(token) >= 22  # 128 bits
    store.write(lambda tx: None)
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM sessions").all()
    assert token not in str(kept)


def test_a_restored_backup_brings_no_ended_session_back(database: str, tmp_path: Path) -> None:
    off_loop = threading_runtime().off_loop
    with closing(open_store(database, off_loop)) as store:
        make_first_event(store)
        left, stays = (use_desk_link(store, make_desk_link(store)) for _ in range(2))
        backup = store.back_up("wall-2026-11-23T201341.123Z.db")
        end_session(store, left.organiser, find_session(store, left.token).session.id)
    restore_database(backup, tmp_path / "wall.db", tmp_path / "aside.db")

    with closing(open_store(database, off_loop)) as store:
        assert find_session(store, stays.token).organiser == stays.organiser
        with pytest.raises(NotSignedIn):
            find_session(store, left.token)
