"""Pledges into a file, for the terminal."""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wall.cli.printing import plain
from wall.core.clock import now
from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.exports import Choice, FileKind, file_name, read_choice
from wall.core.server.runtime import Runtime
from wall.services.events.finding import find_event
from wall.services.exports.exporting import count_export, write_export
from wall.store import Store, open_store
from wall.store.files.atomic_files import atomic_write
from wall.web.kit.language import load_catalogues

if TYPE_CHECKING:
    from config import Settings


def export_pledges(
    settings: "Settings",
    runtime: Runtime,
    code: str,
    kind: FileKind,
    *,
    target: Path | None,
    statuses: Iterable[str],
    themes: Iterable[str],
    fields: Iterable[str],
    names: bool,
    separator: str,
) -> str:
    """Write the file while a bar shows how far it is. Raises EventNotFound."""
    load_catalogues()
    with closing(open_store(settings.database_url, runtime.off_loop)) as store:
        event = find_event(store, typed_event_code(code))
        target = target or Path(file_name(event, kind, now()))
        try:
            choice = read_choice(
                kind,
                statuses=statuses,
                themes=themes,
                names="yes" if names else "no",
                fields=fields,
                separator=separator,
            )
            count = count_export(store, event.code, choice)
        except BadInput as error:
            raise click.ClickException(" ".join(map(str, error.fields.values()))) from None
        try:
            _write(store, event.code, kind, choice, target, count)
        except OSError as error:
            raise click.ClickException(f"{target} cannot be written: {error.strerror}.") from None
    return f"{target} has {count} of the pledges of {event.code} ({event.title})."


def _write(store: Store, code: str, kind: FileKind, choice: Choice, target: Path, count: int) -> None:
    """The target is there when it is whole, and not before: it is made in a file that has no name yet."""
    with tempfile.TemporaryFile(dir=target.parent) as made:
        with click.progressbar(length=count, label=plain(target.name), file=sys.stderr) as bar:
            write_export(store, code, kind, choice, made, lambda done: bar.update(done - bar.pos))
        made.seek(0)
        with atomic_write(target) as half, half.open("wb") as named:
            shutil.copyfileobj(made, named)
