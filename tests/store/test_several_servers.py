"""Several servers on one database speak as one, with Redis between them or without, and whatever becomes of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from typing import Any

import pytest
from socketio import Client

from tests.conftest import OwnRedis, a_draft
from tests.store.test_kill import Poster, count, read_rows
from tests.support.running import RUN_PY, OwnServer, running_server, wait_until
from wall.cli.threads import threading_runtime
from wall.services.events.creating import make_event
from wall.services.events.deleting import delete_all_of
from wall.services.events.finding import find_event
from wall.services.pledges.moderation import hide_pledge
from wall.store import Store, open_store
from wall.store.queries import organisers

OFF_LOOP = threading_runtime().off_loop
MODES = ("eventlet", "threading")
ALONE_WITH_REDIS = "import wall.store.other_servers as others; others.LOOK_EVERY_SECONDS = 3600"
"""Nothing is found but by hints."""


class Wall:
    """A wall that follows an event, and what hangs on it."""

    def __init__(self, server: OwnServer, code: str = "") -> None:
        self.pledges: dict[str, str] = {}
        self.gone = False
        self._code = code or server.code
        self._version = 0
        self._heard: Queue[dict[str, Any]] = Queue()
        self._client = Client(reconnection=False)
        self._client.on("changes", self._heard.put)
        self._client.on("gone", lambda _told: setattr(self, "gone", True))
        self._client.connect(server.url, transports=["websocket"])
        self._take(self._ask())

    def texts(self) -> list[str]:
        """What can be read on it by now."""
        while True:
            try:
                changes = self._heard.get_nowait()
            except Empty:
                return sorted(self.pledges.values())
            if changes["to"] > self._version:
                self._take(changes if changes["from"] == self._version else self._ask())

    def leave(self) -> None:
        self._client.disconnect()

    def _ask(self) -> dict[str, Any]:
        told: dict[str, Any] = self._client.call(
            "watch", {"event": self._code, "since": self._version}, timeout=20
        )
        return told

    def _take(self, changes: dict[str, Any]) -> None:
        self.pledges |= {pledge["id"]: pledge["text"] for pledge in changes["pledges"]}
        for gone in changes["removed"]:
            self.pledges.pop(gone, None)
        self._version = changes["to"]


@pytest.fixture
def walls() -> Iterator[Callable[..., Wall]]:
    hung: list[Wall] = []

    def hang(server: OwnServer, code: str = "") -> Wall:
        hung.append(Wall(server, code))
        return hung[-1]

    yield hang
    for wall in hung:
        wall.leave()


@pytest.fixture(params=[*MODES])
def two_servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[OwnServer]]:
    """Nothing but the database between them."""
    with ExitStack() as stack:
        yield [stack.enter_context(running_server(tmp_path, ASYNC_MODE=request.param)) for _ in range(2)]


@pytest.fixture(params=[*MODES])
def two_with_redis(
    request: pytest.FixtureRequest, tmp_path: Path, own_redis: OwnRedis
) -> Iterator[list[OwnServer]]:
    settings = {"ASYNC_MODE": request.param, "REDIS_URL": own_redis.url}
    with ExitStack() as stack:
        yield [stack.enter_context(running_server(tmp_path, **settings)) for _ in range(2)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    """A moderator who works at neither of them: what they decide is in the database alone."""
    store = open_store(f"sqlite:///{tmp_path / 'wall.db'}", OFF_LOOP)
    yield store
    store.close()


def hide(desk: Store, code: str, text: str) -> None:
    event = find_event(desk, code)
    with desk.read() as connection:
        (who,) = [one for one in [organisers.by_id(connection, 1)] if one]
        found = connection.exec_driver_sql("SELECT id FROM pledges WHERE text = ?", (text,)).scalar_one()
    hide_pledge(desk, who, event.code, found)


@pytest.mark.usefixtures("two_servers")
def test_a_pledge_and_what_is_hidden_is_heard_at_the_other(
    two_servers: list[OwnServer], walls: Callable[..., Wall], desk: Store
) -> None:
    here, there = two_servers
    wall = walls(there)
    here.send(a_draft("Sent here."))
    wait_until(lambda: wall.texts() == ["Sent here."], "it is on the other server's wall")
    there.send(a_draft("Sent there."))
    wait_until(lambda: wall.texts() == ["Sent here.", "Sent there."], "its own is too")
    hide(desk, here.code, "Sent here.")
    wait_until(lambda: wall.texts() == ["Sent there."], "what was hidden is gone")


def test_an_event_that_is_made_or_deleted_at_one_is_known_at_the_other(
    two_servers: list[OwnServer], walls: Callable[..., Wall], desk: Store
) -> None:
    here, there = two_servers
    event = make_event(desk, 1, title="Later", question="What?")
    wall = walls(there, event.code)
    here.post(f"/e/{event.code}/pledges", a_draft("At the new one."))
    wait_until(lambda: wall.texts() == ["At the new one."], "the new event is followed")
    desk.write(lambda transaction: delete_all_of(transaction, transaction.event(event.code)))
    wait_until(lambda: wall.texts() is not None and wall.gone, "its wall is told that it is gone")


def test_both_write_without_losing_or_doubling_a_pledge(two_servers: list[OwnServer]) -> None:
    for number in range(20):
        assert two_servers[number % 2].send(a_draft(f"Pledge {number}"))[0] == 201
    answers = [server.get(f"/e/{server.code}/pledges") for server in two_servers]

    assert answers[0][1]["pledges"] == answers[1][1]["pledges"]
    assert [pledge["number"] for pledge in answers[0][1]["pledges"]] == list(range(1, 21))


def test_kills_of_one_lose_nothing_while_the_other_writes(
    two_servers: list[OwnServer], tmp_path: Path
) -> None:
    enough = Event()
    steady, killed = two_servers
    posters = [Poster(server, f"phone {number}", enough) for number in range(6) for server in two_servers]
    for poster in posters:
        poster.start()
    for _ in range(4):
        so_far = count(posters)
        wait_until(lambda so_far=so_far: count(posters) > so_far + 20, "pledges come in")
        killed.kill()
        killed.start_again()
    enough.set()
    for poster in posters:
        poster.join()
    assert [poster.surprises for poster in posters if poster.surprises] == []
    assert steady.get("/health")[0] == 200
    stored = dict(read_rows(tmp_path / "wall.db"))
    for poster in posters:
        assert poster.acknowledged.items() <= stored.items()


@pytest.mark.parametrize("mode", MODES)
def test_redis_carries_a_hint_so_that_nobody_waits_for_a_look(
    tmp_path: Path, own_redis: OwnRedis, walls: Callable[..., Wall], mode: str
) -> None:
    program = [RUN_PY[0], "-c", patched(mode)]
    settings = {"ASYNC_MODE": mode, "REDIS_URL": own_redis.url, "PYTHONPATH": str(Path(RUN_PY[1]).parent)}
    with (
        running_server(tmp_path, program, **settings) as here,
        running_server(tmp_path, program, **settings) as there,
    ):
        wall = walls(there)
        for number in range(3):  # the first may come before somebody listens
            here.send(a_draft(f"Sent here {number}."))
        wait_until(lambda: len(wall.texts()) == 3, "they are on the other server's wall")


def patched(mode: str) -> str:
    patch = "import run; run._patch()\n" if mode == "eventlet" else "import run\n"
    return f"{patch}{ALONE_WITH_REDIS}\nrun.main()"


def test_a_redis_that_hangs_holds_up_no_post_and_no_wall(
    two_with_redis: list[OwnServer], own_redis: OwnRedis, walls: Callable[..., Wall], desk: Store
) -> None:
    here, there = two_with_redis
    own, other = walls(here), walls(there)
    here.send(a_draft("Before."))
    wait_until(lambda: own.texts() == other.texts() == ["Before."], "both show it")

    own_redis.hang()
    for number in range(30):  # thirty times two seconds were more than anybody waits here
        assert here.send(a_draft(f"While it hangs {number:02}."))[0] == 201
    wait_until(lambda: len(own.texts()) == len(other.texts()) == 31, "both show all of them")
    hide(desk, here.code, "Before.")
    wait_until(lambda: "Before." not in own.texts() + other.texts(), "what was hidden is gone from both")
    own_redis.go_on()
    here.send(a_draft("After."))
    wait_until(lambda: "After." in own.texts() and "After." in other.texts(), "both show what came after")


def test_a_redis_that_is_killed_and_started_again_leaves_every_wall_right(
    two_with_redis: list[OwnServer], own_redis: OwnRedis, walls: Callable[..., Wall], desk: Store
) -> None:
    here, there = two_with_redis
    other = walls(there)
    here.send(a_draft("To be hidden."))
    wait_until(lambda: other.texts() == ["To be hidden."], "it is on the other wall")
    own_redis.kill()
    assert here.send(a_draft("Meanwhile."))[0] == 201
    hide(desk, here.code, "To be hidden.")
    wait_until(lambda: other.texts() == ["Meanwhile."], "what was hidden is gone, without Redis")
    own_redis.start()
    here.send(a_draft("Again."))
    wait_until(lambda: other.texts() == ["Again.", "Meanwhile."], "it goes on")
