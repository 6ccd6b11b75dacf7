"""The commands of `python run.py`, each a thin edge."""

from typing import TYPE_CHECKING

import click

from wall.cli.logs import set_up_logs
from wall.core.runtime import Runtime

if TYPE_CHECKING:
    from config import Settings


def main(runtime: Runtime) -> None:
    """Run the command that was typed."""
    set_up_logs()
    commands(obj=runtime, prog_name="python run.py")


class _Commands(click.Group):
    """A group whose commands end in one clear line where the database cannot be used."""

    def invoke(self, ctx: click.Context) -> object:
        from wall.store import CannotOpen

        try:
            return super().invoke(ctx)
        except CannotOpen as error:
            raise click.ClickException(str(error)) from None


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
@click.pass_obj
def desk_link(runtime: Runtime) -> None:
    """Print a new one-time link into the desk."""
    from wall.cli.links import new_desk_link

    click.echo(new_desk_link(_settings(), runtime))


@commands.command()
@click.option("--count", type=click.IntRange(0), default=124, help="How many pledges (124).")
@click.option("--pause", type=click.FloatRange(0), default=1.0, help="Seconds between two (1).")
@click.pass_obj
def demo(runtime: Runtime, count: int, pause: float) -> None:
    """Serve a made-up event whose pledges arrive one by one, from a database of its own."""
    from wall.cli.demo import rehearse

    rehearse(_settings(), runtime, count=count, pause=pause)


def _settings() -> "Settings":
    from config import SettingRefused, read_settings

    try:
        return read_settings()
    except SettingRefused as refused:
        raise click.ClickException(str(refused)) from None
