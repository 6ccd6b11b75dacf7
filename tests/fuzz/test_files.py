"""Files from elsewhere with anything in them: taken in whole, so that every page works, or refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Cast, SignIn
from tests.fuzz.hostile import scalars
from tests.fuzz.tries import MANY
from wall.core.codes import new_event_code
from wall.services.exports.transfer import export_event, import_event
from wall.services.pledges.submitting import Submitted
from wall.store import CannotUse, Store
from wall.store.files.seal import Kind, break_seal, seal
from wall.store.files.transfer import TRANSFERRED

COLUMNS = [(table.name, column.name) for table in TRANSFERRED for column in table.c]
CELL = scalars.map(
    lambda value: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
).filter(lambda value: not isinstance(value, int) or -(2**63) <= value < 2**63) | st.binary(max_size=40)


@pytest.fixture
def event_file(store: Store, cast: Cast, pledge: Submitted, tmp_path: Path) -> Path:
    file = tmp_path / "event.scribe"
    export_event(store, cast.event.code, file)
    return file


@MANY
@given(place=st.sampled_from(COLUMNS), value=CELL)
def test_an_event_file_with_anything_in_a_cell_is_refused_or_every_page_of_it_works(
    store: Store, signed_in: SignIn, cast: Cast, event_file: Path, place: tuple[str, str], value: Any
) -> None:
    changed = event_file.with_name(f"{uuid4()}.scribe")
    shutil.copy(event_file, changed)
    _make_another_event(changed)
    if _write_into(changed, *place, value):
        _import_and_look(store, signed_in(cast.organiser), changed)


@MANY
@given(at=st.floats(0, 1), rubbish=st.binary(min_size=1, max_size=64), sealed=st.booleans())
def test_an_event_file_with_rubbish_anywhere_is_refused_or_every_page_of_it_works(
    store: Store, signed_in: SignIn, cast: Cast, event_file: Path, at: float, rubbish: bytes, sealed: bool
) -> None:
    changed = event_file.with_name(f"{uuid4()}.scribe")
    content = bytearray(event_file.read_bytes())
    place = int(at * (len(content) - len(rubbish)))
    content[place : place + len(rubbish)] = rubbish
    changed.write_bytes(content)
    if sealed:
        try:
            seal(changed, Kind.EVENT)
        except (sqlite3.Error, OSError):
            return
    _import_and_look(store, signed_in(cast.organiser), changed)


def _make_another_event(file: Path) -> None:
    """Another one than is here already."""
    break_seal(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE events SET code = ?, title = ?", (new_event_code(), str(uuid4())))
        connection.execute(
            "UPDATE pledges SET id = lower(hex(randomblob(7))) || 'ab', receipt_token = hex(randomblob(11))"
        )
    seal(file, Kind.EVENT)


def _write_into(file: Path, table: str, column: str, value: Any) -> bool:
    """False where the file's own rules already forbid that value."""
    break_seal(file)
    try:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))  # noqa: S608  names of our tables
    except sqlite3.IntegrityError:
        return False
    seal(file, Kind.EVENT)
    return True


def _import_and_look(store: Store, organiser: FlaskClient, file: Path) -> None:
    try:
        event, _ = import_event(store, file)
    except CannotUse:
        return
    finally:
        file.unlink()
    code = event.code
    for page in (f"/e/{code}", f"/e/{code}/pledges", f"/e/{code}/wall", f"/e/{code}/wall/text", f"/e/{code}/privacy",
                 f"/desk/e/{code}", f"/desk/e/{code}/pledges", f"/desk/e/{code}/settings", f"/desk/e/{code}/audit",
                 f"/desk/e/{code}/export.csv", f"/desk/e/{code}/export.json"):  # fmt: skip
        assert organiser.get(page).status_code < 500, page
