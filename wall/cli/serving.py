"""`python run.py`: open everything, say where it is, serve, and leave well."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from wall import create_app
from wall.cli.exit_codes import BrokeOff
from wall.cli.links import add_desk_link
from wall.cli.listening import Entrance, allow_many_files, open_listener, places_for
from wall.cli.printing import print_plain
from wall.cli.stopping import StopSignal
from wall.cli.welcome import welcome
from wall.core.server.runtime import Runtime
from wall.services.events.retention import remove_names_regularly
from wall.services.server.backups import back_up_regularly
from wall.store import Store
from wall.web.kit.context import Parts, current_parts
from wall.web.kit.middleware import headers_for
from wall.web.kit.templates import compile_templates

if TYPE_CHECKING:
    from config import Settings


def serve_until_stopped(
    settings: "Settings",
    runtime: Runtime,
    *,
    once_open: Callable[[Store], None] = lambda store: None,
    backed_up: bool = True,
) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what was accepted. Fails where serving ends by itself."""
    places = places_for(allow_many_files())
    listener = open_listener(settings.host, settings.port)
    app = create_app(settings, runtime)
    with app.app_context():
        parts = current_parts()
    stop = StopSignal()
    entrance = Entrance(listener, places, headers=headers_for(settings), ended=stop.give_up)
    runtime.serve(app.wsgi_app, entrance)
    _say_where(parts)
    compile_templates(app, parts.background)
    if backed_up:
        back_up_regularly(parts.store, runtime.off_loop, parts.background)
    remove_names_regularly(parts.store, runtime.off_loop, parts.background)
    once_open(parts.store)
    stop.wait()
    click.echo("Finishing requests in progress …")
    parts.close()
    if parts.store.trouble:
        click.echo(str(parts.store.trouble.words))
        sys.stdout.flush()
        os._exit(1)  # a good end would have SQLite write to files that are not ours any more
    if stop.gave_up:
        raise BrokeOff("No one can connect any more. Everything received is saved; start the server again.")
    click.echo("Everything is saved. Goodbye.")


def _say_where(parts: Parts) -> None:
    """A link into the desk is for whoever looks at the terminal: what is printed elsewhere may be stored and read by others."""
    link = add_desk_link(parts.store, parts.addresses) if sys.stdout.isatty() else None
    print_plain(welcome(parts.store, parts.addresses, link))
