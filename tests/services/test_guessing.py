"""Name and password: guessed by nobody, chosen well, and never a way to keep somebody out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event as Signal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import RIGHT, Cast, SignIn
from tests.support.running import wait_until
from tests.web.test_roles import everything_stored
from tests.web.test_sessions import try_password
from wall.core.errors import SignInRefused, TooManyTries
from wall.core.people.passwords import LONGEST, password_problem
from wall.limits.pacing import FREE_TRIES, LONGEST_WAIT_SECONDS, SLOTS, Pace
from wall.services.people.links import make_desk_link
from wall.services.people.passwords import set_password
from wall.services.people.sessions import Entered
from wall.services.people.sign_in_tries import ALL_FREE, ALL_LONGEST, FIRST_TRIES, HASHED_AT_ONCE, SignInTries
from wall.store import Store
from wall.store.queries import organisers
from wall.web.desk import signing_in
from wall.web.kit.context import _KEY, Parts


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(app: Flask, parts: Parts) -> Clock:
    clock = Clock()
    app.extensions[_KEY] = replace(parts, tries=SignInTries(clock))
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
    assert all("Too many attempts. Wait a moment, then try again." in answer.text for answer in slowed)
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


def give_the_owner_a_password(store: Store, parts: Parts) -> None:
    """Whoever runs the server, and is let in by its link."""
    with store.read() as connection:
        owner = organisers.by_id(connection, organisers.first(connection))
    assert owner
    set_password(store, parts.runtime.off_loop, owner, "Owner", RIGHT)


def test_while_somebody_guesses_the_organiser_comes_in_by_a_link(
    app: Flask, guest: FlaskClient, store: Store, parts: Parts, clock: Clock
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
        assert 'id="current-problem">That is not your current password.' in refused.text
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
    assert 'id="current-problem">Too many attempts.' in slowed.text

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


def test_a_link_s_session_asks_for_the_old_password_too(
    app: Flask, store: Store, parts: Parts, cast: Cast, clock: Clock
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    give_the_owner_a_password(store, parts)
    browser = app.test_client()
    browser.post(f"/desk/link/{make_desk_link(store)}")

    assert 'name="current"' in browser.get("/desk/password").text
    assert choose(browser, name="Owner").status_code == 403
    assert choose(browser, name="Owner", current=RIGHT).status_code == 303


def test_whoever_forgot_the_password_chooses_another_by_the_server_s_link(
    app: Flask, guest: FlaskClient, store: Store, parts: Parts, cast: Cast, clock: Clock
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    give_the_owner_a_password(store, parts)
    guest.post(f"/desk/link/{make_desk_link(store, without_password=True)}")
    assert try_password(app.test_client(), name="Owner").status_code == 403

    assert 'name="current"' not in guest.get("/desk/password").text
    assert choose(guest, name="Owner").status_code == 303
    assert try_password(app.test_client(), NEW, name="Owner").status_code == 303


def test_guesses_that_are_sent_at_once_are_paced_too(
    app: Flask, with_password: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_sent = Signal()

    def look_slowly(*_: Any) -> Entered:
        all_sent.wait()
        raise SignInRefused

    monkeypatch.setattr(signing_in, "sign_in", look_slowly)
    with ThreadPoolExecutor(FREE_TRIES + 5) as guessers:
        answers = [
            guessers.submit(try_password, app.test_client(), "wrong horse") for _ in range(FREE_TRIES + 5)
        ]
        try:
            wait_until(lambda: sum(one.done() for one in answers) == 5, "those beyond the free ones are told")
        finally:
            all_sent.set()
    assert sorted(one.result().status_code for one in answers) == [403] * FREE_TRIES + [429] * 5


def at(app: Flask, address: str, name: str = "Ann", password: str = "wrong horse") -> TestResponse:  # noqa: S107
    """A try from an address of its own."""
    return app.test_client().post(
        "/desk/sign-in", data={"name": name, "password": password}, environ_base={"REMOTE_ADDR": address}
    )


def test_strangers_keep_nobody_out_of_a_device_where_they_signed_in_before(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    mine = app.test_client()
    assert try_password(mine).status_code == 303
    mine.post("/desk/sign-out")
    for _ in range(FREE_TRIES):
        guess(app, 1)
    assert try_password(app.test_client()).status_code == 429
    for _ in range(20):  # while they go on asking from the same address
        try_password(app.test_client(), "wrong horse")
        assert try_password(mine).status_code == 303
        mine.post("/desk/sign-out")


def test_a_stranger_elsewhere_does_not_slow_down_a_new_device(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    for _ in range(FREE_TRIES + 3):
        at(app, "192.0.2.1")
    assert at(app, "192.0.2.1", password=RIGHT).status_code == 429
    assert at(app, "192.0.2.2", password=RIGHT).status_code == 303


def test_one_address_tries_many_names_and_is_slowed_down(
    app: Flask, with_password: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wall.services.people.passwords._is_right", lambda *_: False)
    told = [at(app, "192.0.2.1", name=f"Nobody {number}").status_code for number in range(31)]
    assert told == [403] * 30 + [429]


def test_all_strangers_together_are_slowed_down_but_nobody_s_first_tries(clock: Clock) -> None:
    tries = SignInTries(clock)

    def wrong(address: str, number: int, known: str | None = None) -> int:
        """For how long this try has to wait."""
        try:
            with tries.attempt(f"Nobody {number}", address, known):
                raise SignInRefused
        except SignInRefused:
            return 0
        except TooManyTries as error:
            return error.retry_after or 0

    each = ALL_FREE // 60
    for stranger in range(60):
        assert not any(wrong(f"192.0.2.{stranger}", number) for number in range(FIRST_TRIES + each))
    assert [wrong("198.51.100.1", number) for number in range(FIRST_TRIES)] == [0] * FIRST_TRIES
    assert 0 < wrong("198.51.100.1", FIRST_TRIES) <= ALL_LONGEST + 1
    assert wrong("198.51.100.1", FIRST_TRIES, known="7 a nonce") == 0


def test_a_known_device_is_slowed_down_by_its_own_wrong_tries_alone(
    app: Flask, with_password: Cast, clock: Clock
) -> None:
    mine = app.test_client()
    try_password(mine)
    for _ in range(FREE_TRIES):
        assert try_password(mine, "wrong horse").status_code == 403
    slowed = try_password(mine)
    clock.now += int(slowed.headers["Retry-After"])
    assert try_password(mine).status_code == 303


def test_the_proof_of_a_device_is_one_person_s(
    app: Flask, with_password: Cast, parts: Parts, clock: Clock
) -> None:
    set_password(parts.store, parts.runtime.off_loop, with_password.other_organiser, "Cerys", RIGHT)
    mine = app.test_client()
    try_password(mine)
    for _ in range(FREE_TRIES):
        try_password(mine, "wrong horse", name="Cerys")
    assert try_password(mine, name="Cerys").status_code == 429
    assert try_password(mine).status_code == 303


def test_names_by_the_thousand_make_nothing_forgotten(clock: Clock) -> None:
    pace = Pace(clock)
    for _ in range(FREE_TRIES):
        pace.note_wrong("Ann")
    for number in range(20_000):
        pace.note_wrong(f"Nobody {number}")
    assert pace.wait("Ann") > 0
    assert len(pace._wrong) == 2 * SLOTS


def test_few_passwords_are_hashed_at_once_so_the_ledger_has_its_threads() -> None:
    tries, inside, most = SignInTries(lambda: 1_000.0), [], []

    def one(number: int) -> None:
        with tries.attempt("Ann", f"192.0.2.{number}", None):
            inside.append(1)
            most.append(len(inside))
            all_in.wait(0.05)
            inside.pop()

    all_in = Signal()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(one, range(10)))
    assert max(most) <= HASHED_AT_ONCE


@pytest.mark.parametrize(
    "password",
    ["1234567890", "qwertyuiop", "password123!", "PASSWORD2026", "aaaaaaaaaaaa", "Q launch 2026", "ann1234567",
     "short", "x" * (LONGEST + 1)],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert password_problem(password, ["Ann", "Q launch", "Q7K4"])


@pytest.mark.parametrize(
    "password", ["correct horse", "Żółć i miód", "سأستمع أكثر", "7xkq9!!2$dog", "ab" + "c d e" * 199]
)
def test_what_is_not_is_taken(password: str) -> None:
    assert password_problem(password, ["Ann", "Q launch", "Q7K4"]) is None


def test_a_long_password_counts_to_its_last_letter(
    app: Flask, parts: Parts, cast: Cast, clock: Clock
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    long = "a sentence that goes on " * 40
    set_password(parts.store, parts.runtime.off_loop, cast.organiser, "Ann", long)
    assert try_password(app.test_client(), long[:-1] + "!").status_code == 403
    assert try_password(app.test_client(), long).status_code == 303
