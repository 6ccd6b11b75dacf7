"""Everything is copied while it is in use; each copy is checked, kept for a stated time, and can be put back."""

import logging
import os
import resource
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import Cast, a_draft, shut
from tests.live.test_watching import say
from tests.store.test_kill import Poster, count, read_rows
from tests.support.running import PROJECT, OwnServer, run_py, running_server, wait_until
from wall.cli.threads import threading_runtime
from wall.core.errors import TryAgain
from wall.core.server.backups import Copy, expired_copies, is_due
from wall.services.events.finding import find_event, open_events
from wall.services.server.backups import back_up, back_up_and_prune, list_backups
from wall.services.server.health import server_state
from wall.store import Backups, CannotBackUp, CannotUse, Store
from wall.store.files import backup as backup_module
from wall.store.files.backups import stamp
from wall.store.files.seal import Kind, check
from wall.store.files.working_copy import VERSIONS_AHEAD

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OFF_LOOP = threading_runtime().off_loop


def copies_at(*ages: timedelta, routine: bool = True) -> list[Copy]:
    return [Copy(Path(f"{age}.db"), NOON - age, routine) for age in ages]


def kept(copies: list[Copy]) -> list[timedelta]:
    gone = expired_copies(copies, NOON)
    return sorted(NOON - copy.at for copy in copies if copy not in gone)


def test_all_of_the_last_hour_is_kept() -> None:
    ages = [timedelta(minutes=minutes) for minutes in range(0, 61, 5)]
    assert kept(copies_at(*ages)) == ages


def test_the_latest_of_each_hour_is_kept_for_a_day() -> None:
    ages = [timedelta(hours=5, minutes=minutes) for minutes in range(1, 60)]
    assert kept(copies_at(*ages)) == [timedelta(hours=5, minutes=1)]


def test_the_latest_of_each_day_is_kept_for_thirty_days() -> None:
    ages = [timedelta(days=days, hours=hours) for days in range(2, 40) for hours in range(13, 24)]
    assert kept(copies_at(*ages)) == [timedelta(days=days, hours=13) for days in range(2, 30)]


def test_what_was_copied_before_a_clearing_is_kept_for_thirty_days_too() -> None:
    ages = [timedelta(days=3, minutes=minutes) for minutes in range(10)]
    too_old = timedelta(days=30, seconds=1)
    assert kept(copies_at(*ages, too_old, routine=False)) == ages


def test_an_hour_s_copy_of_a_clearing_does_not_stand_for_the_routine_one() -> None:
    routine, special = timedelta(hours=5, minutes=30), timedelta(hours=5, minutes=10)
    assert kept(copies_at(routine) + copies_at(special, routine=False)) == [special, routine]


def test_a_month_of_copies_stays_a_handful_with_one_for_each_day() -> None:
    copies: list[Copy] = []
    for minutes in range(0, 40 * 24 * 60, 5):
        now = NOON + timedelta(minutes=minutes)
        copies.append(Copy(Path(f"{minutes}.db"), now))
        if minutes % 60 == 55:
            gone = set(expired_copies(copies, now))
            copies = [copy for copy in copies if copy not in gone]
    ages = [now - copy.at for copy in copies]
    assert len(copies) <= 13 + 24 + 30
    for days in range(30):
        assert any(timedelta(days=days) <= age <= timedelta(days=days + 1) for age in ages), days


@pytest.mark.parametrize(
    ("minutes", "changed", "event_open", "due"),
    [
        (None, False, False, True),
        (4, True, True, False),
        (5, True, True, True),
        (5, False, True, False),
        (5, True, False, False),
        (24 * 60, False, False, True),
    ],
)
def test_a_copy_is_due_every_five_minutes_while_people_pledge_else_once_a_day(
    minutes: int | None, changed: bool, event_open: bool, due: bool
) -> None:
    latest = None if minutes is None else NOON - timedelta(minutes=minutes)
    assert is_due(latest, NOON, changed=changed, event_open=event_open) is due


def age_latest(backups: Backups, age: timedelta) -> None:
    """Let the latest backup be as old as this."""
    latest = backups.latest()
    assert latest
    latest.file.rename(backups.folder / f"wall-{stamp(datetime.now(UTC) - age)}.db")


def test_a_copy_is_made_by_itself_when_something_changed_while_an_event_is_open(
    store: Store, cast: Cast
) -> None:
    backups = store.backups
    back_up_and_prune(backups, OFF_LOOP)
    back_up_and_prune(backups, OFF_LOOP)
    assert len(backups.copies()) == 1

    age_latest(backups, timedelta(minutes=6))
    back_up_and_prune(backups, OFF_LOOP)
    assert len(backups.copies()) == 1  # nothing has changed since
    say(store, cast.event.code, "Listen more.")
    back_up_and_prune(backups, OFF_LOOP)
    assert len(backups.copies()) == 2

    for event in open_events(store):
        shut(store, event.code)
    age_latest(backups, timedelta(minutes=30))
    back_up_and_prune(backups, OFF_LOOP)
    assert len(backups.copies()) == 2  # nobody pledges now
    for copy in backups.copies():
        copy.file.rename(backups.folder / f"wall-{stamp(copy.at - timedelta(days=1))}.db")
    back_up_and_prune(backups, OFF_LOOP)
    assert backups.copies()[-1].at > datetime.now(UTC) - timedelta(minutes=1)


def test_the_desk_is_told_of_the_last_good_backup(store: Store, cast: Cast) -> None:
    assert (server_state(store)["backup"], server_state(store)["backup_failed"]) == (None, False)
    back_up(store.backups, OFF_LOOP)
    (backup,) = list_backups(store.backups)
    assert server_state(store)["backup"] == backup.at
    assert (backup.good, backup.size) == (True, backup.file.stat().st_size)


def test_a_failure_is_logged_once_shown_at_the_desk_and_tried_again(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "backups"
    in_the_way.write_text("A file where the folder should be.")
    with caplog.at_level(logging.WARNING):
        back_up_and_prune(store.backups, OFF_LOOP)
        back_up_and_prune(store.backups, OFF_LOOP)
    assert len(caplog.messages) == 1
    assert len(caplog.messages[0].splitlines()) == 1
    assert (server_state(store)["backup"], server_state(store)["backup_failed"]) == (None, True)

    in_the_way.unlink()
    back_up_and_prune(store.backups, OFF_LOOP)
    assert server_state(store)["backup"] is not None
    assert server_state(store)["backup_failed"] is False


def test_pruning_takes_what_has_had_its_time_and_nothing_of_others(store: Store, tmp_path: Path) -> None:
    back_up(store.backups, OFF_LOOP)
    (good,) = store.backups.copies()
    old = stamp(datetime.now(UTC) - timedelta(days=31))
    gone = [
        tmp_path / "backups" / f"wall-{old}.db",
        tmp_path / "backups" / f"wall-Q7K4-before-clearing-{old}.db",
        tmp_path / "backups" / "wall-left-by-a-power-cut.db.part",
        tmp_path / f"wall.db.before-restore-{old}",
        tmp_path / f"wall.db.before-restore-{old}-wal",
    ]
    stays = [
        tmp_path / "backups" / f"other-{old}.db",
        tmp_path / "backups" / "wall-2026.db",
        tmp_path / "backups" / "wall-being-made.db.part",
    ]
    for file in gone + stays:
        file.write_text("x")
    os.utime(gone[2], (time.time() - 7200, time.time() - 7200))
    store.backups.sweep()
    store.backups.prune()
    assert [file for file in gone if file.exists()] == []
    assert [file for file in stays if not file.exists()] == []
    assert good.file.exists()


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_server_backs_itself_up_and_goes_on_answering(tmp_path: Path, mode: str) -> None:
    with running_server(tmp_path, ASYNC_MODE=mode) as server:
        wait_until(lambda: list((tmp_path / "backups").glob("wall-*.db")), "there is a backup")
        assert server.send(a_draft("Listen more."))[0] == 201
        assert server.stop() == 0
    (backup,) = (tmp_path / "backups").iterdir()
    check(backup, Kind.BACKUP)


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_nothing_acknowledged_before_a_backup_began_is_missing_when_it_is_restored(
    tmp_path: Path, mode: str
) -> None:
    enough = Event()
    there = tmp_path / "there"
    there.mkdir()
    with running_server(tmp_path, ASYNC_MODE=mode, LIMITS="off") as server:
        posters = [Poster(server, f"phone {number}", enough) for number in range(16)]
        for poster in posters:
            poster.start()
        wait_until(lambda: count(posters) > 100, "the room is sending")
        before = {id_: text for poster in posters for id_, text in poster.acknowledged.copy().items()}
        made = run_py(tmp_path, "backup", "--to", str(tmp_path / "taken.db"))
        assert made.returncode == 0, made.stderr
        so_far = count(posters)
        wait_until(lambda: count(posters) > so_far, "the room goes on sending")
        lost_at = server.get(f"/e/{server.code}/pledges")[1]["to"]
        server.kill()
        enough.set()
        for poster in posters:
            poster.join()
        assert [poster.surprises for poster in posters if poster.surprises] == []
        assert so_far > len(before)

    restored = run_py(there, "restore", str(tmp_path / "taken.db"))
    assert restored.returncode == 0, restored.stderr
    assert before.items() <= dict(read_rows(there / "wall.db")).items()
    with running_server(there, ASYNC_MODE=mode, LIMITS="off") as server:
        everything = server.get(f"/e/{server.code}/pledges")[1]
        versions = [pledge["version"] for pledge in everything["pledges"]]
        assert versions == list(range(1, len(versions) + 1))
        assert everything["to"] == len(versions) + VERSIONS_AHEAD

        status, told = server.get(f"/e/{server.code}/pledges", since=lost_at)
        assert (status, told["error"]["code"]) == (422, "version_unknown")
        sent = server.send(a_draft("After the restore."))
        assert (sent[0], sent[1]["pledge"]["number"]) == (201, len(versions) + 1)
        assert (
            server.get(f"/e/{server.code}/pledges", since=everything["to"])[1]["to"] == everything["to"] + 1
        )


def test_a_room_is_answered_while_a_large_database_is_copied(store: Store, cast: Cast) -> None:
    """The copy is of one moment; whoever writes meanwhile neither waits for it nor makes it start again."""
    for number in range(40):
        say(store, cast.event.code, f"{number} " * 40)
    version = find_event(store, cast.event.code).version
    in_between: list[int] = []
    opened = backup_module._open

    def open_and_write(database: Path) -> Any:
        connection = opened(database)
        if not in_between:
            return _Watched(
                connection, lambda: in_between.append(say(store, cast.event.code, "Now.").version)
            )
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup_module, "_open", open_and_write)
        backup = back_up(store.backups, OFF_LOOP)
    assert in_between == [version + 1]
    assert backup_module.version_in(backup, cast.event.id) == version
    check(backup, Kind.BACKUP)


class _Watched:
    """A connection on which something happens between the beginning and the copying."""

    def __init__(self, connection: sqlite3.Connection, happen: Callable[[], None]) -> None:
        self._connection = connection
        self._happen = happen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def backup(self, target: sqlite3.Connection) -> None:
        self._happen()
        self._connection.backup(target)


@pytest.fixture
def kept_wall(store: Store, cast: Cast) -> Path:
    """A good backup of a database with some pledges, whose server has stopped."""
    for number in range(30):
        say(store, cast.event.code, f"Pledge {number}: " + "listen more " * 12)
    backup = back_up(store.backups, OFF_LOOP)
    store.close()
    return backup


def truncate(backup: Path) -> None:
    os.truncate(backup, backup.stat().st_size * 2 // 3)


def flip_in_the_middle(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    middle = content.index(b"listen more", len(content) // 4)
    content[middle] ^= 1
    backup.write_bytes(content)


def empty(backup: Path) -> None:
    backup.write_bytes(b"")


def make_text(backup: Path) -> None:
    backup.write_text("My backup, as a text file.\n" * 100)


def make_other_database(backup: Path) -> None:
    backup.unlink()
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("CREATE TABLE shopping (milk)")


def make_newer(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("PRAGMA application_id = 0")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def copied_by_hand_and_torn(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[68:72] = bytes(4)  # no seal, as of a plain copy
    content[3 * 4096 : 8 * 4096] = bytes(5 * 4096)
    backup.write_bytes(content)


DAMAGE: list[tuple[Callable[[Path], None], str]] = [
    (truncate, "is damaged"),
    (flip_in_the_middle, "is damaged"),
    (copied_by_hand_and_torn, "is damaged"),
    (empty, "is empty"),
    (make_text, "is not a file of Scribe Wall"),
    (make_other_database, "is not a database of Scribe Wall"),
    (make_newer, "was made by a newer Scribe Wall"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGE, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_no_good_backup_is_refused_in_one_line_and_nothing_changes(
    kept_wall: Path, tmp_path: Path, damage: Callable[[Path], None], words: str
) -> None:
    damage(kept_wall)
    before = folder_of(tmp_path)
    ended = run_py(tmp_path, "restore", str(kept_wall), SECRET_KEY="a secret of the tests")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert words in ended.stderr
    assert "Nothing was changed" in ended.stderr
    assert folder_of(tmp_path) == before


def test_no_byte_of_a_backup_can_change_unseen(kept_wall: Path) -> None:
    whole = kept_wall.read_bytes()
    check(kept_wall, Kind.BACKUP)
    for at in range(0, len(whole), len(whole) // 97):
        kept_wall.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        with pytest.raises(CannotUse):
            check(kept_wall, Kind.BACKUP)


def test_the_list_says_which_backups_are_good(kept_wall: Path, tmp_path: Path) -> None:
    run_py(tmp_path, "backup")
    flip_in_the_middle(kept_wall)
    damaged, good = run_py(tmp_path, "backups").stdout.splitlines()
    assert "DAMAGED" in damaged
    assert kept_wall.name in damaged
    assert " good " in good


def test_a_restore_keeps_what_was_there_and_can_be_taken_back(kept_wall: Path, tmp_path: Path) -> None:
    at_backup = read_rows(kept_wall)
    with running_server(tmp_path) as server:
        code = server.code
        server.post(f"/e/{code}/pledges", a_draft("Since the backup."))
        server.kill()  # what it wrote last is in the WAL alone
    assert (tmp_path / "wall.db-wal").exists()

    assert run_py(tmp_path, "restore", str(kept_wall)).returncode == 0
    assert sorted(read_rows(tmp_path / "wall.db")) == sorted(at_backup)
    (aside,) = tmp_path.glob("wall.db.before-restore-*")
    assert "Since the backup." in dict(read_rows(aside)).values()

    assert run_py(tmp_path, "restore", str(aside)).returncode == 0
    assert "Since the backup." in dict(read_rows(tmp_path / "wall.db")).values()


def test_a_copy_by_hand_with_its_wal_is_restored_whole(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    with running_server(tmp_path) as server:
        server.send(a_draft("In the WAL."))
        server.kill()
    for name in ("wall.db", "wall.db-wal"):
        (tmp_path / name).rename(there / f"by-hand{name.removeprefix('wall')}")
    before = {file.name: file.read_bytes() for file in there.iterdir()}
    assert run_py(there, "restore", str(there / "by-hand.db")).returncode == 0
    assert list(dict(read_rows(there / "wall.db")).values()) == ["In the WAL."]
    assert {name: (there / name).read_bytes() for name in before} == before


def test_a_damaged_database_gives_way_to_a_backup(kept_wall: Path, tmp_path: Path) -> None:
    (tmp_path / "wall.db").write_bytes(b"Not what it was.")
    assert run_py(tmp_path, "restore", str(kept_wall)).returncode == 0
    assert read_rows(tmp_path / "wall.db") == read_rows(kept_wall)
    (aside,) = tmp_path.glob("wall.db.before-restore-*")
    assert aside.read_bytes() == b"Not what it was."


def test_nothing_is_restored_under_a_running_server(own_server: OwnServer, tmp_path: Path) -> None:
    own_server.send(a_draft("Listen more."))
    run_py(tmp_path, "backup", "--to", str(tmp_path / "taken.db"))
    refused = run_py(tmp_path, "restore", str(tmp_path / "taken.db"))
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "Stop it first" in refused.stderr
    assert list(tmp_path.glob("*before-restore*")) == []
    assert own_server.send(a_draft("Still here."))[0] == 201

    own_server.kill()  # a server that is gone holds nothing
    assert run_py(tmp_path, "restore", str(tmp_path / "taken.db")).returncode == 0


def test_copies_and_what_is_restored_are_for_their_owner_alone(kept_wall: Path, tmp_path: Path) -> None:
    run_py(tmp_path, "backup", "--to", str(tmp_path / "taken.db"))
    run_py(tmp_path, "restore", str(kept_wall))
    files = [kept_wall, tmp_path / "taken.db", tmp_path / "wall.db", *tmp_path.glob("*before-restore*")]
    assert len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(kept_wall.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("command", [["backup"], ["restore", "backup"]], ids=lambda command: command[0])
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    kept_wall: Path, tmp_path: Path, command: list[str]
) -> None:
    arguments = [str(kept_wall) if one == "backup" and command[0] == "restore" else one for one in command]
    before = folder_of(tmp_path)
    ended = subprocess.run(
        [sys.executable, str(PROJECT / "run.py"), *arguments],
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'wall.db'}",
            "SECRET_KEY": "a secret of the tests",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        preexec_fn=allow_small_files_only,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert ("No backup was made" if command == ["backup"] else "could not be loaded") in ended.stderr
    assert folder_of(tmp_path) == before


def allow_small_files_only() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_backup_that_a_stop_breaks_off_has_not_failed(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stop_meanwhile() -> None:
        store.ledger.close()
        raise TryAgain

    monkeypatch.setattr(store.backups, "sweep", stop_meanwhile)
    back_up_and_prune(store.backups, OFF_LOOP, closed=lambda: store.ledger.closed)
    assert (store.backups.failed, caplog.messages) == (False, [])


def test_a_copy_leaves_the_ledger_room_to_write(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    little = SimpleNamespace(free=10_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: little)
    with pytest.raises(CannotBackUp, match="only 10 MB are free"):
        back_up(store.backups, OFF_LOOP)
    assert store.backups.copies() == []


@pytest.mark.parametrize(
    ("target", "words"),
    [("wall.db", "already exists"), ("nowhere/taken.db", "There is no folder")],
)
def test_a_backup_writes_over_nothing(kept_wall: Path, tmp_path: Path, target: str, words: str) -> None:
    before = folder_of(tmp_path)
    ended = run_py(tmp_path, "backup", "--to", str(tmp_path / target), SECRET_KEY="a secret of the tests")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert words in ended.stderr
    assert folder_of(tmp_path) == before


def test_where_there_is_no_database_none_is_made_by_a_backup(tmp_path: Path) -> None:
    ended = run_py(tmp_path, "backup", SECRET_KEY="a secret of the tests")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert list(tmp_path.iterdir()) == []


def folder_of(folder: Path) -> dict[str, bytes]:
    """Every file and what is in it, but for the lock, which is empty."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith("-in-use")
    }
