"""Fair limits: one device is slowed down, a room is not."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, a_draft
from tests.running import Server, free_port
from wall.core.limits import BY_ADDRESS, BY_DEVICE, Allowances, KeptAllowances, Policy
from wall.store.shared_allowances import SharedAllowances

THREE = Policy("three", burst=3, per_second=2)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_then_the_pace_counts() -> None:
    clock = Clock()
    kept = KeptAllowances(clock)
    assert [kept.take(THREE, "Ann") for _ in range(3)] == [0, 0, 0]
    assert kept.take(THREE, "Ann") == pytest.approx(0.5)
    assert kept.take(THREE, "Bela") == 0
    clock.now += 0.5
    assert [kept.take(THREE, "Ann") > 0 for _ in range(2)] == [False, True]
    clock.now += 60
    assert [kept.take(THREE, "Ann") > 0 for _ in range(4)] == [False, False, False, True]


def test_names_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wall.core.limits.MOST_KEPT", 100)
    kept = KeptAllowances(Clock())
    for number in range(500):
        kept.take(THREE, str(number))
    assert len(kept._whole_at) <= 100


def test_several_servers_share_them_in_redis(redis_url: str) -> None:
    one, other = SharedAllowances(redis_url), SharedAllowances(redis_url)
    slow = Policy("slow", burst=2, per_second=0.01)
    assert [one.take(slow, "Ann"), other.take(slow, "Ann")] == [0, 0]
    assert 90 < other.take(slow, "Ann") <= 100


def test_without_redis_nobody_is_refused() -> None:
    away: Allowances = SharedAllowances(f"redis://127.0.0.1:{free_port()}/0")
    assert away.take(THREE, "Ann") == 0


def test_a_device_that_sends_too_fast_is_told_when_to_go_on(app: Flask, cast: Cast) -> None:
    phone = app.test_client()
    phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    answers = [send(phone, cast) for _ in range(BY_DEVICE.burst + 1)]

    assert [status for status, _ in answers[:-1]] == [201] * BY_DEVICE.burst
    assert answers[-1][0] == 429
    assert 1 <= int(answers[-1][1]) <= 4


def test_the_form_without_javascript_is_told_too_and_keeps_what_was_typed(app: Flask, cast: Cast) -> None:
    phone = app.test_client()
    phone.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    for _ in range(BY_DEVICE.burst):
        send(phone, cast)
    page = phone.post(
        f"/e/{cast.event.code}/pledges", data=a_draft("One more."), headers={"Accept": "text/html"}
    )
    assert page.status_code == 429
    assert "That is a lot at once" in page.text
    assert "One more." in page.text


def test_a_hall_of_a_thousand_behind_one_address_is_never_refused() -> None:
    kept = KeptAllowances(Clock())
    assert not any(kept.take(BY_ADDRESS, "the venue") for _ in range(1000 * 3))


def test_a_room_of_a_thousand_on_one_address_is_all_stored(server: Server) -> None:
    url = f"/e/{server.code}/pledges"
    with ThreadPoolExecutor(40) as room:
        answers = room.map(lambda number: server.post(url, a_draft(f"Pledge {number}"))[0], range(1_000))
    assert set(answers) == {201}


def send(phone: FlaskClient, cast: Cast) -> tuple[int, str]:
    answer = phone.post(f"/e/{cast.event.code}/pledges", json={"key": str(uuid4()), "text": "Listen."})
    return answer.status_code, answer.headers.get("Retry-After", "")
