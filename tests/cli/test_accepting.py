"""Connections come in, whatever the system says about it; and where nobody can come in any more, the process ends."""

import errno
import logging
import resource
import socket
import sys
import time
from contextlib import ExitStack, closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import a_draft
from tests.support.running import PROJECT, OwnServer, running_server, wait_until
from wall.cli import listening
from wall.cli.connections import Connections
from wall.cli.exit_codes import BROKE_OFF
from wall.cli.listening import Entrance, allow_many_files, places_for
from wall.core.server.tally import SECONDS_BETWEEN_LINES, Tally

BAD_MOMENTS = [
    errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ECONNABORTED, errno.ECONNRESET, errno.EPROTO, errno.EPERM,
    errno.EPIPE, errno.ENETDOWN, errno.EHOSTUNREACH, errno.ENOTCONN, errno.ESHUTDOWN, errno.EINTR,
]  # fmt: skip
FEW_FILES = """
import os, resource, run
resource.setrlimit(resource.RLIMIT_NOFILE, (150, 150))
if os.environ["ASYNC_MODE"] == "eventlet":
    run._patch()
from wall.cli import listening
listening.places_for = lambda files: 10_000
run.main()
"""
"""It believes to have more places than the system has."""
LOSES_ITS_LISTENER = """
import os, run
if os.environ["ASYNC_MODE"] == "eventlet":
    run._patch()
from wall.cli import listening
accept, accepted = listening.Entrance.accept, []
def accept_some(entrance):
    accepted.append(1)
    if len(accepted) > 5:
        entrance.listener.close()
    return accept(entrance)
listening.Entrance.accept = accept_some
run.main()
"""


class Listener:
    """Fails with each of these, then lets one in."""

    def __init__(self, *moments: int) -> None:
        self.moments = list(moments)

    def accept(self) -> tuple[str, str]:
        if self.moments:
            raise OSError(self.moments.pop(0), "not now")
        return "a phone", "its address"


def entrance(*moments: int) -> Entrance:
    listener: Any = Listener(*moments)
    return Entrance(listener, 10, headers=[], ended=lambda: pytest.fail("it ended"))


@pytest.mark.parametrize("moment", BAD_MOMENTS, ids=errno.errorcode.get)
def test_a_connection_that_fails_to_come_in_keeps_nobody_else_out(
    moment: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    who: Any = entrance(*[moment] * 50).accept()
    assert who == ("a phone", "its address")
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_where_the_listening_socket_is_gone_it_says_so_and_ends() -> None:
    listener: Any = Listener(errno.EBADF)
    ended: list[bool] = []
    with pytest.raises(OSError, match="not now"):
        Entrance(listener, 10, headers=[], ended=lambda: ended.append(True)).accept()
    assert ended == [True]


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_server_that_runs_out_of_files_serves_again_when_there_are_some(tmp_path: Path, mode: str) -> None:
    program = [sys.executable, "-c", FEW_FILES]
    with running_server(tmp_path, program, PYTHONPATH=str(PROJECT), ASYNC_MODE=mode) as server:
        with ExitStack() as crowd:
            for _ in range(300):
                crowd.enter_context(closing(socket.create_connection(("127.0.0.1", server.port), 30)))
            wait_until(lambda: refusals(server), "it says that there are too many")
        assert server.send(a_draft("Listen more."))[0] == 201
        assert len(refusals(server)) == 1
        assert server.process.poll() is None


def refusals(server: OwnServer) -> list[str]:
    return [line for line in server.printed if "could not be accepted (EMFILE)" in line]


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_server_that_cannot_be_reached_any_more_ends_with_an_error(tmp_path: Path, mode: str) -> None:
    program = [sys.executable, "-c", LOSES_ITS_LISTENER]
    with running_server(tmp_path, program, PYTHONPATH=str(PROJECT), ASYNC_MODE=mode) as server:
        wait_until(lambda: knock(server), "it ends")
        assert server.process.wait(30) == BROKE_OFF
        wait_until(lambda: any("No one can connect" in line for line in server.printed), "it says why")


def knock(server: OwnServer) -> bool:
    """True once it has ended."""
    with suppress(OSError, HTTPException):
        server.get("/health")
    return server.process.poll() is not None


@pytest.mark.parametrize(("files", "phones"), [(10_240, 5_020), (1_024, 412), (256, 64)])
def test_a_system_with_few_open_files_is_taken_as_it_is(
    files: int, phones: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert places_for(files) // 2 == phones
    assert f"{files} open files: enough for about {phones} phones" in capsys.readouterr().out


def test_a_system_that_refuses_a_high_limit_is_asked_for_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Mac says that it has no limit, and refuses all above 10,240."""
    asked: list[int] = []

    def refuse(_: int, limits: tuple[int, int]) -> None:
        asked.append(limits[0])
        if limits[0] > 10_240:
            raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert allow_many_files() == 10_240
    assert asked[0] == listening.FILES_WANTED


def test_who_only_waits_makes_room_and_who_is_busy_does_not() -> None:
    connections = Connections(8, Tally(logging.getLogger("test")))
    pairs = [socket.socketpair() for _ in range(10)]
    _busy, *idle = [connections.enter("1.1.1.1", mine) for mine, _ in pairs[:3]]
    for place in idle:
        assert place
        place.waits()
    assert [hung_up(theirs) for _, theirs in pairs[:3]] == [False, False, False]
    third = connections.enter("1.1.1.1", pairs[3][0])
    assert third
    third.waits()  # more than a quarter wait
    assert [hung_up(theirs) for _, theirs in pairs[:4]] == [False, True, False, False]
    for pair in pairs:
        for end in pair:
            end.close()


def test_one_address_cannot_have_every_place() -> None:
    connections = Connections(8, Tally(logging.getLogger("test")))
    mine, theirs = socket.socketpair()
    with closing(mine), closing(theirs):
        assert [connections.enter("1.1.1.1", mine) is None for _ in range(7)] == [False] * 6 + [True]
        there = [connections.enter("2.2.2.2", mine) for _ in range(3)]
        assert [place is None for place in there] == [False, False, True]
        assert there[0]
        there[0].leave()
        assert connections.enter("2.2.2.2", mine)


def hung_up(theirs: socket.socket) -> bool:
    theirs.setblocking(False)
    try:
        return theirs.recv(1) == b""
    except BlockingIOError:
        return False


def test_what_anybody_can_cause_makes_a_line_and_then_a_count(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    tally = Tally(logging.getLogger("test"), lambda: now[0])
    for _ in range(1_000):
        tally.note("nonsense")
    now[0] = SECONDS_BETWEEN_LINES
    tally.note("nonsense")
    assert [record.getMessage() for record in caplog.records] == [
        "nonsense; from now on this is only counted",
        "nonsense: 1000 times more",
    ]
