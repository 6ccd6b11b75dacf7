"""The commands of `python run.py`, each a thin edge."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wall.cli.exit_codes import BROKE_OFF, BrokeOff
from wall.cli.logs import set_up_logs
from wall.cli.printing import plain, print_plain
from wall.core.exports import FileKind, Separator
from wall.core.pledges import Status
from wall.core.server.runtime import Runtime

if TYPE_CHECKING:
    from config import Settings

log = logging.getLogger(__name__)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def main(runtime: Runtime) -> None:
    """Run the command that was typed."""
    set_up_logs()
    try:
        commands(obj=runtime, prog_name="python run.py")
    except Exception:
        log.critical("Scribe Wall ended unexpectedly", exc_info=True)
        sys.exit(BROKE_OFF)


class _Commands(click.Group):
    """A group whose commands end in one clear line where something cannot be done."""

    def invoke(self, ctx: click.Context) -> object:
        from wall.core.errors import WallError
        from wall.store import StoreProblem

        try:
            return super().invoke(ctx)
        except (StoreProblem, WallError) as error:
            raise click.ClickException(plain(error)) from None
        except click.UsageError as error:
            raise click.UsageError(plain(error.format_message()), error.ctx) from None
        except BrokeOff as error:
            raise BrokeOff(plain(error.format_message())) from None
        except click.ClickException as error:
            raise click.ClickException(plain(error.format_message())) from None


@click.group(cls=_Commands, invoke_without_command=True)
@click.pass_context
def commands(context: click.Context) -> None:
    """Scribe Wall: a live pledge wall. Without a command, it serves."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@commands.command()
@click.pass_obj
def serve(runtime: Runtime) -> None:
    """Serve until Ctrl-C or SIGTERM; what was accepted is finished first."""
    from wall.cli.serving import serve_until_stopped

    serve_until_stopped(_settings(), runtime)


@commands.command("desk-link")
@click.option(
    "--forget-password", is_flag=True, help="Remove the old password, so that they can choose another."
)
@click.pass_obj
def desk_link(runtime: Runtime, forget_password: bool) -> None:
    """Print a new one-time link into the desk."""
    from wall.cli.links import new_desk_link

    print_plain(new_desk_link(_settings(), runtime, without_password=forget_password))


@commands.command("confirm-clock")
@click.pass_obj
def confirm_clock(runtime: Runtime) -> None:
    """Confirm that this computer's clock is right, when the server asks; also while it runs."""
    from wall.cli.clock import say_that_clock_is_right

    click.echo(say_that_clock_is_right(_settings(), runtime))


@commands.command()
@click.option("--count", type=click.IntRange(0), default=124, help="How many pledges (124).")
@click.option("--pause", type=click.FloatRange(0), default=1.0, help="Seconds between two (1).")
@click.pass_obj
def demo(runtime: Runtime, count: int, pause: float) -> None:
    """Serve a made-up event whose pledges arrive one by one, from a database of its own."""
    from wall.cli.demo import serve_demo

    serve_demo(_settings(), runtime, count=count, pause=pause)


@commands.command()
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="A new file, instead of one in backups/."
)
@click.pass_obj
def backup(runtime: Runtime, target: Path | None) -> None:
    """Copy everything into one checked file, also while the server runs."""
    from wall.cli.backups import make_backup

    print_plain(make_backup(_settings(), runtime, target))


@commands.command()
def backups() -> None:
    """List the backups, and check each."""
    from wall.cli.backups import describe_backups

    print_plain(describe_backups(_settings()))


@commands.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Replace the database with a backup; the present database is set aside."""
    from wall.cli.backups import restore_backup

    print_plain(restore_backup(_settings(), file))


@commands.command()
@click.argument("code")
@click.option(
    "--format",
    "kind",
    type=click.Choice([one.value for one in FileKind]),
    default="csv",
    help="File type (csv).",
)
@click.option(
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, one in this folder, named after the event.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([one.value for one in Status]),
    help="Only pledges with this status.",
)
@click.option(
    "--theme", "themes", multiple=True, help="Only pledges with this theme; “” for those without one."
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    help="Only these columns of a list; their names are those in the JSON file.",
)
@click.option(
    "--separator",
    type=click.Choice([one.value for one in Separator]),
    default=Separator.COMMA.value,
    help="CSV separator (comma).",
)
@click.option("--without-names", is_flag=True, help="Leave names and organisations out.")
@click.pass_obj
def export(
    runtime: Runtime,
    code: str,
    kind: str,
    target: Path | None,
    statuses: tuple[str, ...],
    themes: tuple[str, ...],
    fields: tuple[str, ...],
    separator: str,
    without_names: bool,
) -> None:
    """Write the pledges of an event to a file, also while the server runs."""
    from wall.cli.export import export_pledges

    wanted = FileKind(kind)
    names = not without_names
    report = export_pledges(
        _settings(),
        runtime,
        code,
        wanted,
        target=target,
        statuses=statuses,
        themes=themes,
        fields=fields,
        names=names,
        separator=separator,
    )
    print_plain(report)


@commands.command("export-event")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def export_event(runtime: Runtime, code: str, file: Path) -> None:
    """Write one event with everything in it to a file, for another server."""
    from wall.cli.backups import export_event_to

    print_plain(export_event_to(_settings(), runtime, code, file))


@commands.command("import-event")
@click.argument("file", type=_FILE)
@click.pass_obj
def import_event(runtime: Runtime, file: Path) -> None:
    """Import an event that another server wrote to a file."""
    from wall.cli.backups import import_event_from

    print_plain(import_event_from(_settings(), runtime, file))


def _settings() -> "Settings":
    from config import SettingRefused, read_settings

    try:
        return read_settings()
    except SettingRefused as refused:
        raise click.ClickException(str(refused)) from None
