"""An event moves to another server as one file, with everything but the people of its desk."""

import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cast, a_draft
from tests.live.test_watching import say
from tests.store.test_backups import (
    OFF_LOOP,
    copied_by_hand_and_torn,
    empty,
    flip_in_the_middle,
    make_text,
    truncate,
)
from tests.support.asking import changes_since, desk_changes_since
from tests.support.pictures import PNG
from tests.support.running import OwnServer, run_py, running_server
from tests.web.test_roles import everything_stored
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.errors import EventNotFound, VersionUnknown
from wall.core.names import EARLIER_TEAM
from wall.core.people.roles import Role
from wall.services.events.audit import read_audit
from wall.services.events.creating import make_event, make_first_event
from wall.services.events.finding import find_event
from wall.services.events.look import set_logo
from wall.services.exports.transfer import export_event, import_event
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.editing import correct_pledge
from wall.services.pledges.me_too import say_me_too
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.receipts import find_receipt, withdraw_pledge
from wall.services.pledges.submitting import submit_pledge
from wall.services.server.addresses import Addresses
from wall.services.server.backups import back_up
from wall.store import CannotBackUp, CannotUse, Store, open_store
from wall.store.files.transfer import NOT_TRANSFERRED, TRANSFERRED
from wall.store.files.working_copy import VERSIONS_AHEAD
from wall.store.queries import organisers, team
from wall.store.tables import metadata

ADDRESSES = Addresses("http://wall.test", 8000)
SENT = a_draft("Listen more.", name="Maria")


@pytest.fixture
def full(store: Store, cast: Cast) -> str:
    """The code of an event in which everything has happened."""
    code = cast.event.code
    pledge = submit_pledge(store, code, read_draft(SENT)).pledge
    correct_pledge(store, cast.moderator, code, pledge.id, Content("Listen well.", "Marie"))
    say_me_too(store, code, pledge.id, "a phone")
    hide_pledge(store, cast.moderator, code, say(store, code, "Hide me.").pledge.id)
    withdraw_pledge(store, say(store, code, "Take me back.").receipt_token)
    enter_pledges(store, cast.scribe, code, [read_draft(a_draft("From a card."))])
    set_logo(store, OFF_LOOP, cast.organiser, code, PNG)
    say(store, cast.other_event.code, "Somewhere else.")

    def answer(transaction: Any) -> None:
        transaction.connection.exec_driver_sql(
            "INSERT INTO answers (pledge_id, at, outcome, sentence) VALUES (?, ?, 'kept', 'Every day.')",
            (pledge.id, transaction.now),
        )

    store.write(answer)
    return code


@pytest.fixture
def file(store: Store, full: str, tmp_path: Path) -> Path:
    export_event(store, full, tmp_path / "q-launch.event")
    return tmp_path / "q-launch.event"


@pytest.fixture
def elsewhere(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    """Another server, with an event and an organiser of its own."""
    shutil.copy(empty_database, tmp_path / "elsewhere.db")
    opened = open_store(f"sqlite:///{tmp_path / 'elsewhere.db'}", OFF_LOOP)
    make_first_event(opened)
    yield opened
    opened.close()


def everything_of(store: Store, code: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of an event, without the numbers that each server gives by itself and who did what."""
    event_id = find_event(store, code).id
    left_out = {"event_id", "organiser_id", "decided_by", "entered_by"}
    theirs = "SELECT id FROM pledges WHERE event_id = :event"
    found = {}
    with store.read() as connection:
        for table in TRANSFERRED[1:]:
            mine = "event_id = :event" if "event_id" in table.c else f"pledge_id IN ({theirs})"
            columns = [column.name for column in table.c if column.name not in left_out]
            if table.name != "pledges":
                columns = [name for name in columns if name != "id"]
            order = "number" if table.name == "pledges" else "rowid"
            rows = connection.exec_driver_sql(
                f"SELECT {', '.join(columns)} FROM {table.name} WHERE {mine} ORDER BY {order}",  # noqa: S608
                {"event": event_id},
            )
            found[table.name] = [dict(row) for row in rows.mappings()]
    return found


def test_an_event_arrives_with_everything_that_was_in_it(
    store: Store, elsewhere: Store, full: str, file: Path
) -> None:
    there = everything_of(store, full)
    assert all(there.values())
    event, before = import_event(elsewhere, file)
    assert event.code == before == full

    here = everything_of(elsewhere, full)
    assert here["audit"].pop()["action"] == "import_event"
    assert here == there
    left = find_event(store, full)
    assert (event.title, event.question, event.themes, event.wall) == (
        left.title,
        left.question,
        left.themes,
        left.wall,
    )


def test_a_phone_s_retry_and_its_receipt_go_on(store: Store, elsewhere: Store, full: str, file: Path) -> None:
    import_event(elsewhere, file)
    again = submit_pledge(elsewhere, full, read_draft(SENT))
    first = submit_pledge(store, full, read_draft(SENT))
    assert (again.new, again.pledge.id, again.receipt_token) == (False, first.pledge.id, first.receipt_token)
    assert find_receipt(elsewhere, again.receipt_token)[0].content.text == "Listen well."
    following = say(elsewhere, full, "The next.")
    assert following.pledge.number == find_event(store, full).last_number + 1


def test_screens_from_before_start_again(store: Store, elsewhere: Store, full: str, file: Path) -> None:
    before = find_event(store, full).version
    import_event(elsewhere, file)
    for version in (1, before, before + 50):
        with pytest.raises(VersionUnknown):
            changes_since(elsewhere, ADDRESSES, full, version)
    assert changes_since(elsewhere, ADDRESSES, full, 0)["to"] == before + VERSIONS_AHEAD


def test_the_first_organiser_runs_it_and_nobody_of_its_team_comes_along(
    elsewhere: Store, cast: Cast, full: str, file: Path
) -> None:
    event, _ = import_event(elsewhere, file)
    with elsewhere.read() as connection:
        owner = organisers.by_id(connection, organisers.first(connection))
        members = team.of_event(connection, event.id)
    assert owner
    assert [(member.name, member.role) for member in members] == [(owner.name, Role.ORGANISER)]

    told = desk_changes_since(elsewhere, ADDRESSES, owner, full, 0)
    assert EARLIER_TEAM in told["people"].values()
    assert [pledge["text"] for pledge in told["pledges"] if pledge["entered_by"]] == ["From a card."]
    who = {entry.action: entry.who for entry in read_audit(elsewhere, owner, full)}
    assert (who["import_event"], who["hide"], who["withdraw"]) == (owner.name, EARLIER_TEAM, "")


def test_the_file_holds_this_event_alone_and_no_names_of_its_desk(
    store: Store, cast: Cast, full: str, tmp_path: Path
) -> None:
    people = [cast.organiser, cast.co_organiser, cast.other_organiser, cast.moderator, cast.scribe]
    names = {person.name: f"{person.name} of the desk" for person in people}

    def rename(transaction: Any) -> None:
        for name, longer in names.items():
            query = "UPDATE organisers SET name = ?, folded_name = ?, password_hash = ? WHERE name = ?"
            transaction.connection.exec_driver_sql(query, (longer, longer, "a hash of a password", name))

    store.write(rename)
    export_event(store, full, tmp_path / "alone.event")
    content = (tmp_path / "alone.event").read_bytes()
    absent = [*names.values(), "a hash of a password", "Somewhere else.", cast.other_event.title]
    assert [one for one in absent if one.encode() in content] == []
    assert b"From a card." in content
    assert stat.S_IMODE((tmp_path / "alone.event").stat().st_mode) == 0o600


def test_a_code_that_is_taken_gives_way_to_a_new_one(
    store: Store, elsewhere: Store, cast: Cast, full: str, file: Path
) -> None:
    with elsewhere.read() as connection:
        owner = organisers.first(connection)
    taken = make_event(elsewhere, owner, title="Here first", question="?")
    elsewhere.write(
        lambda transaction: transaction.connection.exec_driver_sql(
            "UPDATE events SET code = ? WHERE id = ?", (full, taken.id)
        )
    )
    event, before = import_event(elsewhere, file)
    assert before == full
    assert event.code not in (full, "")
    assert find_event(elsewhere, full).title == "Here first"
    assert everything_of(elsewhere, event.code)["pledges"] == everything_of(store, full)["pledges"]


def test_the_same_file_is_taken_once(
    store: Store, elsewhere: Store, full: str, file: Path, tmp_path: Path
) -> None:
    import_event(elsewhere, file)
    stored = everything_stored(str(tmp_path / "elsewhere.db"))
    with pytest.raises(CannotUse, match=f"is here already, as {full}"):
        import_event(elsewhere, file)
    assert everything_stored(str(tmp_path / "elsewhere.db")) == stored
    with pytest.raises(CannotUse, match=f"is here already, as {full}"):
        import_event(store, file)  # it never left


def test_an_empty_event_is_taken_once_too(store: Store, elsewhere: Store, cast: Cast, tmp_path: Path) -> None:
    export_event(store, cast.event.code, tmp_path / "empty.event")
    import_event(elsewhere, tmp_path / "empty.event")
    with pytest.raises(CannotUse, match="is here already"):
        import_event(elsewhere, tmp_path / "empty.event")


@pytest.mark.parametrize("damage", [truncate, empty, make_text, flip_in_the_middle, copied_by_hand_and_torn])
def test_a_damaged_file_changes_nothing(
    elsewhere: Store, store: Store, cast: Cast, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    for number in range(20):
        say(store, cast.event.code, f"{number}: listen more, listen more, listen more")
    export_event(store, cast.event.code, tmp_path / "torn.event")
    damage(tmp_path / "torn.event")
    stored = everything_stored(str(tmp_path / "elsewhere.db"))
    with pytest.raises(CannotUse, match="Nothing was changed"):
        import_event(elsewhere, tmp_path / "torn.event")
    assert everything_stored(str(tmp_path / "elsewhere.db")) == stored


def test_a_backup_is_no_event_and_an_event_is_no_backup(
    store: Store, elsewhere: Store, file: Path, tmp_path: Path
) -> None:
    with pytest.raises(CannotUse, match=r"run\.py restore"):
        import_event(elsewhere, back_up(store.backups, OFF_LOOP))
    refused = run_py(tmp_path / "backups", "restore", str(file))
    assert refused.returncode == 1
    assert f"import-event {file}" in refused.stderr
    assert not (tmp_path / "backups" / "wall.db").exists()


def test_an_event_that_is_not_there_or_a_disk_that_is_full_leaves_no_file(
    store: Store, full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EventNotFound):
        export_event(store, "QQQQ", tmp_path / "nothing.event")

    def no_room(*_: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    with pytest.raises(CannotBackUp, match="No space left"):
        export_event(store, full, tmp_path / "nothing.event")
    assert list(tmp_path.glob("nothing.event*")) == []


def test_every_table_is_carried_or_left_on_purpose() -> None:
    assert {table.name for table in TRANSFERRED} | set(NOT_TRANSFERRED) == set(metadata.tables)


def test_an_event_moves_between_two_running_servers(own_server: OwnServer, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    sent = a_draft("Listen more.")
    receipt = own_server.send(sent)[1]["receipt"]
    left = run_py(tmp_path, "export-event", own_server.code.lower(), str(tmp_path / "moved.event"))
    assert left.returncode == 0, left.stderr
    with running_server(there) as other:
        arrived = run_py(there, "import-event", str(tmp_path / "moved.event"))
        assert arrived.returncode == 0, arrived.stderr
        assert own_server.code in arrived.stdout
        path = f"/e/{own_server.code}/pledges"
        assert other.post(path, sent)[1]["receipt"].split("/")[-1] == receipt.split("/")[-1]
        assert [pledge["text"] for pledge in other.get(path)[1]["pledges"]] == ["Listen more."]
        again = run_py(there, "import-event", str(tmp_path / "moved.event"))
        assert (again.returncode, len(again.stderr.splitlines())) == (1, 1)
    with closing(sqlite3.connect(there / "wall.db")) as connection:
        assert connection.execute("SELECT count(*) FROM pledges").fetchone() == (1,)
