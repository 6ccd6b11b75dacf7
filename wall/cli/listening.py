"""The listening socket, opened so that a whole room can join within a second."""

import errno
import resource
import socket

import click

BACKLOG = 1024
"""Connections that may wait to be accepted; with 50, a thousand phones take half a minute to join."""
FILES_WANTED = 20_000
"""One for each connection, and a few."""


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
    return f"HOST {host!r} cannot be listened on: {error.strerror or error}."


def allow_many_files() -> None:
    """Raise the limit on open files as far as this process may; say so where a hall would not fit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    if soft != resource.RLIM_INFINITY and soft < 1024:
        click.echo(f"Only {soft} files may be open at once; raise it (ulimit -n) for a large room.")
