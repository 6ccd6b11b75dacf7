"""The database's files are moved, replaced, overwritten, cut or deleted under the server: nothing is acknowledged that is not kept."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from tests.conftest import Cast, SignIn, a_draft
from tests.live.test_watching import say
from tests.services.test_presence import Socket
from tests.store.test_kill import Poster, count, read_rows
from tests.support.running import Server, run_py, running_server, wait_until
from wall.cli.threads import threading_runtime
from wall.core.errors import TryAgain
from wall.core.server.trouble import Trouble
from wall.store import Store, Transaction, open_store, other_servers

POSTERS = 6
SENT_TO_FILL_THE_LOG = 40
MANY = "x" * 250


class Folder:
    """A database, a copy of it as it was some time ago, and what somebody does to it."""

    def __init__(self, path: Path) -> None:
        self.database = path / "wall.db"
        self.log = path / "wall.db-wal"
        self.index = path / "wall.db-shm"
        self.elsewhere = path / "elsewhere"
        self.backup = path / "wall-taken.db"
        self.older = path / "older.db"

    def move(self) -> None:
        self.database.rename(self.elsewhere)

    def move_back(self) -> None:
        self.elsewhere.rename(self.database)

    def delete(self) -> None:
        self.database.unlink()

    def replace(self) -> None:
        shutil.copy(self.backup, self.elsewhere)
        self.elsewhere.replace(self.database)

    def overwrite_with_a_backup(self) -> None:
        shutil.copyfile(self.backup, self.database)

    def overwrite_with_itself_of_before(self) -> None:
        shutil.copyfile(self.older, self.database)

    def cut(self) -> None:
        os.truncate(self.database, 4096)

    def delete_the_log(self) -> None:
        self.log.unlink()

    def cut_the_log(self) -> None:
        os.truncate(self.log, 0)

    def delete_the_index(self) -> None:
        self.index.unlink()


Deed = Callable[[Folder], None]
DEEDS: dict[Deed, str] = {
    Folder.move: "moved",
    Folder.delete: "deleted",
    Folder.replace: "deleted",
    Folder.overwrite_with_a_backup: "overwritten",
    Folder.overwrite_with_itself_of_before: "overwritten",
    Folder.cut: "overwritten",
    Folder.delete_the_log: "log_gone",
    Folder.cut_the_log: "log_gone",
    Folder.delete_the_index: "log_gone",
}

DESTROYS = {deed for deed, named in DEEDS.items() if named == "overwritten"} | {Folder.cut_the_log}
"""What somebody has overwritten is gone; a start says so."""


@pytest.fixture(scope="session")
def filled(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server that was stopped, with a backup and a plain copy of some time ago."""
    folder = Folder(tmp_path_factory.mktemp("filled"))
    shutil.copy(empty_database, folder.database)
    with running_server(folder.database.parent, LIMITS="off") as server:
        server.send(a_draft("The first."))
        run_py(folder.database.parent, "backup", "--to", str(folder.backup))
        bring_in_the_log(server, folder)
        shutil.copy(folder.database, folder.older)
        server.send(a_draft("Another."))
        assert server.stop() == 0
    return folder.database.parent


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Folder:
    return Folder(shutil.copytree(filled, tmp_path / "folder"))


def bring_in_the_log(server: Server, folder: Folder) -> None:
    """So many pledges that SQLite writes the log into the database while the server runs."""
    before = folder.database.stat().st_mtime_ns
    wait_until(
        lambda: server.send(a_draft(MANY)) and folder.database.stat().st_mtime_ns != before,
        "the log is brought in",
    )


def name(deed: Deed) -> str:
    return deed.__name__


@pytest.fixture
def here(folder: Folder) -> Iterator[Store]:
    """The same database, opened in this process; the log was brought into it once."""
    store = open_store(f"sqlite:///{folder.database}", threading_runtime().off_loop)
    with store.read() as connection:
        code = connection.exec_driver_sql("SELECT code FROM events").scalar_one()
    before = folder.database.stat().st_mtime_ns
    while folder.database.stat().st_mtime_ns == before:
        say(store, code, MANY)
    say(store, code, "The last.")
    yield store
    store.close()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [line for line in caplog.messages if line.startswith("nothing is being saved")]


@pytest.mark.parametrize("deed", DEEDS, ids=name)
def test_nothing_is_acknowledged_once_the_files_are_not_what_they_were(
    here: Store, folder: Folder, deed: Deed, caplog: pytest.LogCaptureFixture
) -> None:
    deed(folder)
    for _ in range(2):
        with pytest.raises(TryAgain):
            here.write(lambda transaction: transaction.record("test"))
    assert here.trouble == DEEDS[deed]
    with pytest.raises(TryAgain), here.read():
        pass
    assert len(said(caplog)) == 1


@pytest.mark.parametrize("deed", DEEDS, ids=name)
def test_it_is_noticed_also_while_nobody_writes(
    here: Store, folder: Folder, deed: Deed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(other_servers, "LOOK_EVERY_SECONDS", 0.05)
    here.subscribe(lambda _: None)
    deed(folder)
    wait_until(lambda: said(caplog), "it is said")
    assert here.trouble == DEEDS[deed]


@pytest.mark.parametrize("deed", [Folder.replace, Folder.cut, Folder.delete_the_log], ids=name)
def test_a_server_acknowledges_nothing_then_and_says_so_everywhere(folder: Folder, deed: Deed) -> None:
    with running_server(folder.database.parent, LIMITS="off") as server:
        bring_in_the_log(server, folder)
        server.send(a_draft("The last."))
        deed(folder)

        assert server.send(a_draft("Too late."))[0] == 503
        assert server.send(a_draft("Too late."))[0] == 503
        wait_until(lambda: server.get("/health")[0] == 503, "health says so")
        assert server.get("/health")[1]["files"] == DEEDS[deed]
        assert server.get(f"/e/{server.code}/pledges")[0] == 503
        said = [line for line in server.printed if "nothing is being saved" in line]
        assert len(said) == 1


def test_a_server_notices_it_also_while_nobody_writes(folder: Folder) -> None:
    with running_server(folder.database.parent, LIMITS="off") as server:
        server.send(a_draft("The last."))
        folder.overwrite_with_itself_of_before()
        wait_until(lambda: any("nothing is being saved" in line for line in server.printed), "it is said")


@pytest.mark.parametrize("deed", DEEDS, ids=name)
def test_what_was_acknowledged_is_found_after_a_kill(folder: Folder, deed: Deed) -> None:
    """Or, where the database was overwritten, nothing was acknowledged since, and a start says what to do."""
    enough = Event()
    with running_server(folder.database.parent, LIMITS="off") as server:
        server.send(a_draft("The last."))
        posters = [Poster(server, f"phone {number}", enough) for number in range(POSTERS)]
        for poster in posters:
            poster.start()
        wait_until(lambda: count(posters) > SENT_TO_FILL_THE_LOG, "the room is sending")
        deed(folder)
        wait_until(lambda: any("nothing is being saved" in line for line in server.printed), "it is said")
        done = count(posters)
        server.kill()
        enough.set()
        for poster in posters:
            poster.join()
    assert count(posters) - done <= POSTERS  # what was on its way already
    assert [poster.surprises for poster in posters if poster.surprises] == []

    if deed is Folder.move:
        folder.move_back()
    started = run_py(folder.database.parent, "desk-link")
    if DEEDS[deed] in ("deleted", "overwritten"):
        assert (started.returncode, len(started.stderr.splitlines())) == (1, 1)
        assert "restore" in started.stderr
        restored = sorted((folder.database.parent / "backups").glob("*.db"))[-1:] or [folder.backup]
        assert run_py(folder.database.parent, "restore", str(restored[0])).returncode == 0
        started = run_py(folder.database.parent, "desk-link")
    assert started.returncode == 0, started.stderr
    stored = dict(read_rows(folder.database))
    if deed in DESTROYS:
        assert ("may be missing" in started.stderr) == (deed is Folder.cut_the_log)
        return
    for poster in posters:
        assert poster.acknowledged.items() <= stored.items()


def test_a_database_that_is_put_back_goes_on_by_itself(folder: Folder) -> None:
    with running_server(folder.database.parent, LIMITS="off") as server:
        server.send(a_draft("The last."))
        folder.move()
        assert server.send(a_draft("Too late."))[0] == 503
        folder.move_back()
        wait_until(lambda: server.send(a_draft("At last."))[0] == 201, "it goes on")
        wait_until(lambda: server.get("/health")[0] == 200, "health is well")
        assert server.stop() == 0
    assert "At last." in dict(read_rows(folder.database)).values()


def test_a_database_that_somebody_wrote_to_meanwhile_is_not_trusted_again(folder: Folder) -> None:
    with running_server(folder.database.parent, LIMITS="off") as server:
        server.send(a_draft("The last."))
        folder.move()
        assert server.send(a_draft("Too late."))[0] == 503
        with folder.elsewhere.open("r+b") as file:
            file.seek(4096)
            file.write(b"other")
        folder.move_back()
        assert {server.send(a_draft("Still not."))[0] for _ in range(5)} == {503}
        assert server.stop() == 1


@pytest.mark.parametrize(
    "deed", [Folder.overwrite_with_a_backup, Folder.overwrite_with_itself_of_before, Folder.cut]
)
def test_a_server_that_stops_does_not_mix_its_log_into_another_file(folder: Folder, deed: Deed) -> None:
    with running_server(folder.database.parent, LIMITS="off") as server:
        server.send(a_draft("The last."))
        deed(folder)
        server.send(a_draft("Too late."))
        there = folder.database.read_bytes()
        assert server.stop() == 1
    assert folder.database.read_bytes() == there
    assert run_py(folder.database.parent, "desk-link").returncode == 1


@pytest.mark.parametrize("found", [Trouble.MOVED, Trouble.DELETED, Trouble.LOG_GONE])
def test_what_happens_to_the_files_during_a_commit_is_seen_before_it_is_acknowledged(
    store: Store, database: str, found: Trouble
) -> None:
    """The files were well before the transaction began: the look after it is what counts here."""
    file = Path(database.removeprefix("sqlite:///"))

    def harm(transaction: Transaction) -> None:
        transaction.record("test")
        if found is Trouble.MOVED:
            file.rename(file.with_name("elsewhere.db"))
        elif found is Trouble.DELETED:
            file.unlink()
        else:
            file.with_name(f"{file.name}-wal").unlink()

    with pytest.raises(TryAgain):
        store.write(harm)
    assert store.trouble is found


def test_wiping_away_what_was_erased_leaves_a_file_alone_that_somebody_overwrote(
    store: Store, database: str, tmp_path: Path
) -> None:
    """Else the log would be brought into it, and it would look like ours from then on."""
    file, older = Path(database.removeprefix("sqlite:///")), tmp_path / "older.db"
    store.wipe()
    shutil.copy(file, older)
    store.erase(lambda tx: tx.record("test"))
    store.wipe()
    store.erase(lambda tx: tx.record("test"))
    shutil.copyfile(older, file)
    store.wipe()
    assert file.read_bytes() == older.read_bytes()
    with pytest.raises(TryAgain):
        store.write(lambda tx: tx.record("test"))


def test_a_second_server_does_not_begin_anew_where_the_database_was_moved(folder: Folder) -> None:
    with running_server(folder.database.parent) as server:
        server.send(a_draft("Kept."))
        folder.move()
        second = run_py(folder.database.parent, "desk-link")
        assert (second.returncode, len(second.stderr.splitlines())) == (1, 1)
        assert not folder.database.exists()
        folder.move_back()
        wait_until(lambda: server.send(a_draft("Kept too."))[0] == 201, "it goes on")


def test_the_desk_says_what_has_happened_and_what_to_do(
    app: Flask, cast: Cast, signed_in: SignIn, store: Store, database: str
) -> None:
    browser = signed_in(cast.organiser)
    desk = Socket(app, browser, "/desk")
    assert desk.ask("state", {"event": cast.event.code})["server"]["files"] == "ok"
    file = Path(database.removeprefix("sqlite:///"))
    file.rename(file.with_name("elsewhere.db"))
    wait_until(lambda: store.trouble is Trouble.MOVED, "it is noticed")

    told = desk.ask("state", {"event": cast.event.code})
    page = browser.get(f"/desk/e/{cast.event.code}", headers={"Accept": "text/html"})
    assert "Put the file back under its name" in told["error"]["message"]
    assert (page.status_code, "Put the file back under its name" in page.text) == (503, True)
    phone = app.test_client().get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    assert (phone.status_code, "Put the file back" in phone.text) == (503, False)


def test_a_start_without_a_database_but_with_backups_asks_for_a_restore(folder: Folder) -> None:
    with running_server(folder.database.parent) as server:
        server.send(a_draft("Kept."))
        run_py(folder.database.parent, "backup")
        assert server.stop() == 0
    folder.move()
    started = run_py(folder.database.parent)
    assert (started.returncode, len(started.stderr.splitlines())) == (1, 1)
    latest = sorted((folder.database.parent / "backups").glob("*.db"))[-1]
    assert f"restore {latest}" in started.stderr
    assert run_py(folder.database.parent, "restore", str(latest)).returncode == 0
    assert "Kept." in dict(read_rows(folder.database)).values()


def test_a_log_without_its_database_is_kept_for_it(folder: Folder) -> None:
    with running_server(folder.database.parent) as server:
        server.send(a_draft("Only in the log."))
        server.kill()
    folder.move()
    started = run_py(folder.database.parent, "desk-link")
    assert (started.returncode, folder.log.name in started.stderr) == (1, True)
    folder.move_back()
    assert "Only in the log." in dict(read_rows(folder.database)).values()


def test_a_damaged_database_is_refused_after_a_sudden_end(folder: Folder) -> None:
    with running_server(folder.database.parent) as server:
        server.send(a_draft("Kept."))
        server.kill()
    with folder.database.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(os.urandom(8 * 4096))
    started = run_py(folder.database.parent, "desk-link")
    assert (started.returncode, len(started.stderr.splitlines())) == (1, 1)
    assert "damaged" in started.stderr
    assert "restore" in started.stderr
