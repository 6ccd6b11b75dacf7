"""The listening socket, opened so that a whole room can join within a second, and never closed by a bad moment."""

import errno
import logging
import resource
import socket
import time
from collections.abc import Callable
from typing import Any

import click

from wall.cli.connections import Connections
from wall.core.server.tally import Tally

BACKLOG = 1024
"""Connections that may wait to be accepted; with 50, a thousand phones take half a minute to join."""
FILES_WANTED = 20_000
"""One for each connection, and a few."""
FILES_FOR_OURSELVES = 200
"""The database, backups, exports."""
CONNECTIONS_OF_A_PHONE = 2
"""Its socket, and now and then a page or a pledge."""
ENOUGH_PHONES = 500
PAUSE_SECONDS = 0.2
_LOST = (errno.EBADF, errno.EINVAL, errno.ENOTSOCK)
"""The listening socket itself is gone."""

log = logging.getLogger(__name__)


class Entrance:
    """Where connections come in: the listening socket, the places there are, and what a refusal carries along.

    `ended` is called when nobody can come in any more.
    """

    def __init__(
        self,
        listener: socket.socket,
        most: int,
        *,
        headers: list[tuple[str, str]],
        ended: Callable[[], None],
    ) -> None:
        self.listener = listener
        self.headers = headers
        self.ended = ended
        self.tally = Tally(log)
        self.connections = Connections(most, self.tally)

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection. One that fails (too many open files, gone before its turn) costs a pause, no more."""
        while True:
            try:
                return self.listener.accept()
            except OSError as error:
                if error.errno in _LOST:
                    self.ended()
                    raise
                kind = errno.errorcode.get(error.errno or 0, "unknown")
                self.tally.note(f"a connection could not be accepted ({kind})")
                time.sleep(PAUSE_SECONDS)

    @property
    def family(self) -> int:
        return self.listener.family

    def fileno(self) -> int:
        return self.listener.fileno()

    def getsockname(self) -> Any:
        return self.listener.getsockname()

    def close(self) -> None:
        self.listener.close()


def open_listener(host: str, port: int) -> socket.socket:
    """Listen, or end the program in one clear line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # A stopped server's port is free at once; a running one's is not shared (no SO_REUSEPORT).
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # accepted sockets inherit it
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        raise click.ClickException(_why(error, host, port)) from None
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken: is Scribe Wall running already? "
            f"Stop it, or choose another: PORT={port + 1 if port < 65535 else 8000} make run"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is not allowed for this user. Choose one above 1023: PORT=8000 make run"
    return f"HOST {host!r} cannot be used: {error.strerror or error}."


def allow_many_files() -> int:
    """Raise the limit on open files as far as the system lets us; returns how many there may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return FILES_WANTED
    for wanted in (FILES_WANTED, hard, 10_240, 4_096, 1_024):  # a Mac says “unlimited”, and gives 10,240
        if soft < wanted and (hard == resource.RLIM_INFINITY or wanted <= hard):
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            except (OSError, ValueError):
                continue
            return wanted
    return soft


def places_for(files: int) -> int:
    """How many connections so many open files are enough for; says so where the system gives few."""
    places = min(FILES_WANTED, max(files - FILES_FOR_OURSELVES, files // 2))
    phones = places // CONNECTIONS_OF_A_PHONE
    if files < FILES_WANTED:
        raise_it = (
            " For a larger room, raise it before you start (ulimit -n)." if phones < ENOUGH_PHONES else ""
        )
        click.echo(
            f"The system allows {files} open files: enough for about {phones} phones at once.{raise_it}"
        )
    return places
