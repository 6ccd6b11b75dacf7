"""Fair limits: one device is slowed down, a room is not."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, a_draft
from tests.support.running import OwnServer, free_port
from wall.limits import policies
from wall.limits.allowances import Allowances, AllowancesInMemory, Policy
from wall.limits.in_redis import AllowancesInRedis
from wall.limits.policies import (
    ME_TOO_BY_ADDRESS,
    PLEDGES_BY_ADDRESS,
    PLEDGES_BY_DEVICE,
    PLEDGES_BY_EVENT,
)
from wall.services.pledges.submitting import Submitted
from wall.web.kit.context import Parts

THREE = Policy("three", burst=3, per_second=2)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_then_the_pace_counts() -> None:
    clock = Clock()
    allowances = AllowancesInMemory(clock)
    assert [allowances.take((THREE, "Ann")) for _ in range(3)] == [0, 0, 0]
    assert allowances.take((THREE, "Ann")) == pytest.approx(0.5)
    assert allowances.take((THREE, "Bela")) == 0
    clock.now += 0.5
    assert [allowances.take((THREE, "Ann")) > 0 for _ in range(2)] == [False, True]
    clock.now += 60
    assert [allowances.take((THREE, "Ann")) > 0 for _ in range(4)] == [False, False, False, True]


def test_names_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wall.limits.allowances.MOST_COUNTED", 100)
    allowances = AllowancesInMemory(Clock())
    for number in range(500):
        allowances.take((THREE, str(number)))
    assert len(allowances._whole_at) <= 100


def test_several_servers_share_them_in_redis(redis_url: str) -> None:
    one, other = AllowancesInRedis(redis_url), AllowancesInRedis(redis_url)
    slow = Policy("slow", burst=2, per_second=0.01)
    assert [one.take((slow, "Ann")), other.take((slow, "Ann"))] == [0, 0]
    assert 90 < other.take((slow, "Ann")) <= 100


def test_without_redis_nobody_is_refused() -> None:
    away: Allowances = AllowancesInRedis(f"redis://127.0.0.1:{free_port()}/0")
    assert away.take((THREE, "Ann")) == 0


@pytest.fixture(params=["in memory", "in Redis"])
def any_allowances(request: pytest.FixtureRequest) -> Allowances:
    if request.param == "in memory":
        return AllowancesInMemory(Clock())
    return AllowancesInRedis(request.getfixturevalue("redis_url"))


def test_who_is_refused_uses_up_nothing_that_belongs_to_others(any_allowances: Allowances) -> None:
    narrow = Policy("narrow", burst=1, per_second=0.001)
    wide = Policy("wide", burst=2, per_second=0.001)
    for order in (1, -1):
        whose = f"the venue {order}"
        claims = [(narrow, f"Ann {order}"), (wide, whose)][::order]
        assert any_allowances.take(*claims) == 0
        assert all(any_allowances.take(*claims) > 900 for _ in range(5))
        assert any_allowances.take((narrow, f"Bela {order}"), (wide, whose)) == 0


def test_every_policy_has_a_name_of_its_own() -> None:
    """Two of one name would use up each other's allowance."""
    named = [one.name for one in vars(policies).values() if isinstance(one, Policy)]
    assert len(named) > 10
    assert len(set(named)) == len(named)


def test_the_longest_wait_counts(any_allowances: Allowances) -> None:
    short, long = (Policy(f"{rate}", burst=1, per_second=1 / rate) for rate in (100, 5_000))
    claims = (long, "Ann"), (short, "Ann")
    assert any_allowances.take(*claims) == 0
    assert 4_900 < any_allowances.take(*claims) <= 5_000


def test_one_address_cannot_use_up_an_events_allowance(any_allowances: Allowances) -> None:
    for _ in range(PLEDGES_BY_EVENT.burst):
        any_allowances.take((PLEDGES_BY_ADDRESS, "a stranger"), (PLEDGES_BY_EVENT, "Q7K4"))
    assert any_allowances.take((PLEDGES_BY_ADDRESS, "the venue"), (PLEDGES_BY_EVENT, "Q7K4")) == 0


def test_me_too_from_ever_new_devices_ends_at_the_ceiling_of_their_address(
    app: Flask, parts: Parts, cast: Cast, pledge: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    ceiling = Policy(ME_TOO_BY_ADDRESS.name, burst=3, per_second=0.01)
    monkeypatch.setattr("wall.limits.policies.ME_TOO_BY_ADDRESS", ceiling)
    said = []
    for _ in range(5):
        phone = app.test_client()  # without the cookies of the one before
        phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
        said.append(phone.post(f"/e/{cast.event.code}/pledges/{pledge.pledge.id}/me-too"))
    assert [one.status_code for one in said] == [200, 200, 200, 429, 429]
    assert 90 < int(said[-1].headers["Retry-After"]) <= 100
    assert (said[-1].json or {})["error"]["retry_after"] == int(said[-1].headers["Retry-After"])


@pytest.mark.parametrize(("policy", "statuses"), [("CHANGES_BY_RECEIPT", [200, 200, 429, 200]),
                                                  ("CHANGES_BY_ADDRESS", [200, 200, 429, 429])])  # fmt: skip
def test_private_pages_have_a_limit_each_and_one_for_their_address(
    guest: FlaskClient, cast: Cast, pledge: Submitted, policy: str, statuses: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Ask first.")).json or {}
    monkeypatch.setattr(f"wall.limits.policies.{policy}", Policy(policy, burst=2, per_second=0.01))
    mine = f"/receipt/{pledge.receipt_token}"
    said = [
        guest.post(f"{page}/edit", json={"text": f"Listen {number} times."})
        for number, page in enumerate([mine, mine, mine, other["receipt"].removeprefix("http://wall.test")])
    ]
    assert [one.status_code for one in said] == statuses
    assert 90 < int(said[2].headers["Retry-After"]) <= 100


@pytest.mark.parametrize("path", ["/e/{code}", "/e/{code}/wall", "/e/{code}/pledges", "/e/{code}/qr.svg"])
@pytest.mark.parametrize("whose", ["DEVICE", "ADDRESS"])
def test_looking_too_often_is_told_when_to_go_on(
    app: Flask, cast: Cast, path: str, whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = app.test_client(), app.test_client()
    for phone in (one, other):
        phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    for kind in ("PAGES", "FEEDS"):
        name = f"{kind}_BY_{whose}"
        monkeypatch.setattr(f"wall.limits.policies.{name}", Policy(name, burst=2, per_second=0.01))
    address = path.format(code=cast.event.code)
    said = [phone.get(address, headers={"Accept": "application/json"}) for phone in (one, one, one, other)]
    assert [one.status_code for one in said] == [200, 200, 429, 200 if whose == "DEVICE" else 429]
    assert (said[2].json or {})["error"]["code"] == "too_many_asked"
    assert 90 < int(said[2].headers["Retry-After"]) <= 100


def test_a_device_that_sends_too_fast_is_told_when_to_go_on(app: Flask, cast: Cast) -> None:
    phone = app.test_client()
    phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    answers = [send(phone, cast) for _ in range(PLEDGES_BY_DEVICE.burst + 1)]

    assert [status for status, _ in answers[:-1]] == [201] * PLEDGES_BY_DEVICE.burst
    assert answers[-1][0] == 429
    assert 1 <= int(answers[-1][1]) <= 4


def test_the_form_without_javascript_is_told_too_and_keeps_what_was_typed(app: Flask, cast: Cast) -> None:
    phone = app.test_client()
    phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    for _ in range(PLEDGES_BY_DEVICE.burst):
        send(phone, cast)
    page = phone.post(
        f"/e/{cast.event.code}/pledges", data=a_draft("One more."), headers={"Accept": "text/html"}
    )
    assert page.status_code == 429
    assert "Too many requests" in page.text
    assert "One more." in page.text


def test_a_hall_of_a_thousand_behind_one_address_is_never_refused() -> None:
    allowances = AllowancesInMemory(Clock())
    assert not any(allowances.take((PLEDGES_BY_ADDRESS, "the venue")) for _ in range(1000 * 3))


def test_a_room_of_a_thousand_on_one_address_is_all_stored(own_server: OwnServer) -> None:
    url = f"/e/{own_server.code}/pledges"
    with ThreadPoolExecutor(40) as room:
        answers = room.map(lambda number: own_server.post(url, a_draft(f"Pledge {number}"))[0], range(1_000))
    assert set(answers) == {201}


def send(phone: FlaskClient, cast: Cast) -> tuple[int, str]:
    answer = phone.post(f"/e/{cast.event.code}/pledges", json={"key": str(uuid4()), "text": "Listen."})
    return answer.status_code, answer.headers.get("Retry-After", "")


def test_a_tablet_that_is_passed_round_a_hall_is_never_told_to_wait() -> None:
    clock = Clock()
    allowances = AllowancesInMemory(clock)
    for _person in range(300):
        assert allowances.take((PLEDGES_BY_DEVICE, "tablet")) == 0
        clock.now += 5
