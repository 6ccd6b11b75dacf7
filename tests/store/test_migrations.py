"""Every database that was ever published comes up to today's tables; one with other tables is refused in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from tests.conftest import OpenApp, a_draft, settings_for
from tests.support.running import run_py, running_server
from wall.store.engine import open_writer
from wall.store.migrate import MIGRATIONS
from wall.store.schema_check import differences, unexpected_objects

PUBLISHED = {
    "0001_the_first_tables.py": "1d55e1fc08b5a15b",
    "0002_what_the_wall_does.py": "bf1915fbffbcfab3",
    "0003_what_the_phone_can_do.py": "474376f4e88da2ed",
    "0004_what_the_desk_can_do.py": "82a7ef6061718572",
    "0005_the_day_after.py": "7393d4b525a13831",
    "0006_letting_go.py": "03c8a2be6345222b",
    "0007_what_the_first_0006_left_out.py": "d4b7c8256e2dc6eb",
    "0008_sessions.py": "120f8e245ae8a69d",
    "0009_names_are_labels.py": "b79e03599ee191b7",
    "0010_forms_count_once.py": "27fa5d16baa95f5a",
    "0011_how_phones_get_here.py": "3b934b1091bd0aef",
}
REVISIONS = sorted(name[:4] for name in PUBLISHED)
AT = "2026-11-24T09:00:00.000Z"
ROWS: dict[str, dict[str, Any]] = {
    "organisers": {
        "id": 1,
        "name": "Ann",
        "folded_name": "ann",
        "password_hash": None,
        "session_number": 1,  # until 0008
        "created_at": AT,
    },
    "events": {
        "id": 1,
        "code": "Q7K4",
        "title": "Q launch",
        "question": "What will you give back?",
        "open": 1,
        "language": "en",
        "themes": "[]",
        "text_limit": 280,
        "moderation": "after",
        "version": 1,
        "last_number": 1,
        "created_at": AT,
    },
    "event_organisers": {"event_id": 1, "organiser_id": 1},
    "pledges": {
        "id": "a0a0a0a0a0a0a0a0",
        "event_id": 1,
        "number": 1,
        "key": "11111111-1111-4111-8111-111111111111",
        "receipt_token": "a" * 22,
        "text": "Listen more.",
        "name": "Maria",
        "organisation": "",
        "theme": "",
        "status": "shown",
        "pinned": 0,
        "created_at": AT,
        "updated_at": AT,
        "version": 1,
        "first_shown": 1,
    },
}


@pytest.mark.parametrize("file", sorted((MIGRATIONS / "versions").glob("0*.py")), ids=lambda file: file.name)
def test_a_published_migration_is_never_changed(file: Path) -> None:
    found = sha256(file.read_bytes()).hexdigest()[:16]
    assert PUBLISHED.get(file.name) == found, (
        f"{file.name} was published, and databases that ran it never run it again: put it back as it was and add a new "
        f"migration. If it is a new one: now that it is as it shall stay, note it in PUBLISHED with {found!r}."
    )


def make_published(database: Path, revision: str) -> None:
    """A database with somebody's pledge, as it was left by the migrations up to this one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = open_writer(f"sqlite:///{database}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for table, everything in ROWS.items():
            there = {name for _, name, *_ in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
            row = {name: value for name, value in everything.items() if name in there}
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                tuple(row.values()),
            )
    engine.dispose()


def make_first_0006(database: Path) -> None:
    """As 0006 was when it was first published: no erasures, and an answer has no version."""
    make_published(database, "0006")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("ALTER TABLE answers DROP COLUMN version")
        connection.execute("DROP TABLE erasures")
        answer = "INSERT INTO answers (pledge_id, at, outcome, sentence) VALUES (?, ?, 'kept', 'Every day.')"
        connection.execute(answer, (ROWS["pledges"]["id"], AT))


FIRST_0006 = "0006 as it was first"


def make(database: Path, revision: str) -> None:
    if revision == FIRST_0006:
        make_first_0006(database)
    else:
        make_published(database, revision)


@pytest.mark.parametrize("revision", [*REVISIONS, FIRST_0006])
def test_a_database_of_every_published_state_starts_and_works(
    tmp_path: Path, open_app: OpenApp, revision: str
) -> None:
    make(tmp_path / "wall.db", revision)
    phone = open_app(settings_for(f"sqlite:///{tmp_path / 'wall.db'}")).test_client()
    told = phone.get("/e/Q7K4/pledges")
    assert (told.status_code, [one["text"] for one in told.get_json()["pledges"]]) == (200, ["Listen more."])
    assert phone.post("/e/Q7K4/pledges", json=a_draft("And the next.")).status_code == 201
    assert phone.get(f"/receipt/{'a' * 22}").status_code == 200
    assert phone.get("/e/Q7K4/wall/kept").status_code == 200


@pytest.mark.parametrize("revision", [REVISIONS[0], FIRST_0006])
def test_a_server_starts_on_it_and_works(tmp_path: Path, revision: str) -> None:
    make(tmp_path / "wall.db", revision)
    with running_server(tmp_path) as server:
        status, told = server.get("/e/Q7K4/pledges")
        assert (status, [one["text"] for one in told["pledges"]]) == (200, ["Listen more."])
        assert server.post("/e/Q7K4/pledges", a_draft("And the next."))[0] == 201
        assert server.get(f"/receipt/{'a' * 22}")[0] == 200
        assert server.get("/e/Q7K4/wall/kept")[0] == 200


@pytest.fixture
def opened(empty_database: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "wall.db").write_bytes(empty_database.read_bytes())
    with closing(sqlite3.connect(tmp_path / "wall.db", isolation_level=None)) as connection:
        yield connection


OTHERWISE = {
    "ALTER TABLE answers DROP COLUMN version": "answers has no column version",
    "DROP TABLE erasures": "there is no table erasures",
    "DROP INDEX ix_answers_pledge_id": "answers has no index on pledge_id",
    "ALTER TABLE events ADD COLUMN more TEXT NOT NULL DEFAULT ''": "events has a column more",
    "CREATE TRIGGER t AFTER INSERT ON pledges BEGIN DELETE FROM pledges; END": "the trigger t is not ours",
    "CREATE VIEW v AS SELECT 1": "the view v is not ours",
    "CREATE UNIQUE INDEX u ON pledges (text)": "pledges may have no two rows of the same text",
    "DROP TABLE heartbeats; CREATE TABLE heartbeats (id INTEGER NOT NULL PRIMARY KEY, at TEXT)": "heartbeats.at",
}


@pytest.mark.parametrize("change", OTHERWISE)
def test_a_start_refuses_a_database_with_other_tables_in_one_line_and_says_what_helps(
    opened: sqlite3.Connection, tmp_path: Path, change: str
) -> None:
    opened.executescript(change)
    opened.close()
    ended = run_py(tmp_path, "desk-link")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert OTHERWISE[change] in ended.stderr
    assert "run.py restore" in ended.stderr


def test_tables_and_indexes_that_somebody_added_stop_no_start(
    opened: sqlite3.Connection, tmp_path: Path
) -> None:
    opened.executescript("CREATE TABLE mine (x); CREATE INDEX slow ON pledges (text); ANALYZE")
    opened.close()
    assert run_py(tmp_path, "desk-link").returncode == 0


def test_what_the_migrations_make_is_ours_and_nothing_else(opened: sqlite3.Connection) -> None:
    assert differences(opened) == []
    assert unexpected_objects(opened) == []
