"""A file from elsewhere is a stranger: what it brings passes the rules of everything that comes by HTTP, or is refused."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cast
from tests.live.test_watching import say
from tests.store.test_backups import OFF_LOOP
from tests.support.cases import case
from tests.support.pictures import PNG, a_picture
from tests.support.running import run_py
from tests.web.test_roles import everything_stored
from wall.core.pledges import Outcome
from wall.core.row_rules import RULES
from wall.services.events.finding import find_event
from wall.services.events.look import find_logo, set_logo
from wall.services.exports.transfer import export_event, import_event
from wall.services.pledges.outcomes import answer_pledge
from wall.services.server.backups import back_up
from wall.store import CannotUse, Store, open_store
from wall.store.files.seal import Kind, seal
from wall.store.tables import metadata


@pytest.fixture
def full(store: Store, cast: Cast) -> str:
    """The code of an event with a pledge, an answer and a logo."""
    code = cast.event.code
    sent = say(store, code, "Listen more.")
    answer_pledge(store, sent.receipt_token, Outcome.KEPT, "Every day.")
    set_logo(store, OFF_LOOP, cast.organiser, code, PNG)
    return code


@pytest.fixture
def file(store: Store, full: str, tmp_path: Path) -> Path:
    export_event(store, full, tmp_path / "q-launch.event")
    return tmp_path / "q-launch.event"


@pytest.fixture
def backup(store: Store, full: str) -> Path:
    return back_up(store.backups, OFF_LOOP)


@pytest.fixture
def elsewhere(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    """Another server."""
    (tmp_path / "there").mkdir()
    shutil.copy(empty_database, tmp_path / "there" / "wall.db")
    opened = open_store(f"sqlite:///{tmp_path / 'there' / 'wall.db'}", OFF_LOOP)
    yield opened
    opened.close()


def rewrite(file: Path, change: str, *values: Any, kind: Kind = Kind.EVENT) -> None:
    """What somebody does who knows how the files are made: change it, and seal it again."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        if values:
            connection.execute(change, values)
        else:
            connection.executescript(change)
    seal(file, kind)


def refusal_of(store: Store, file: Path) -> str:
    """What is said to whoever brings a file that is not taken."""
    with pytest.raises(CannotUse, match="Nothing was changed") as refused:
        import_event(store, file)
    return str(refused.value)


def stored_in(store: Store) -> list[str]:
    return everything_stored(f"{store.backups.folder.parent / 'wall.db'}")


ACTS_BY_ITSELF = {
    "a trigger": "CREATE TRIGGER t AFTER UPDATE ON events BEGIN UPDATE pledges SET text = 'Mine'; END",
    "a view": "CREATE VIEW v AS SELECT * FROM pledges",
    "a table": "CREATE TABLE mine (x)",
    "a virtual table": "CREATE VIRTUAL TABLE mine USING fts5(x)",
    "a computed column": "ALTER TABLE events ADD COLUMN more TEXT AS (upper(title))",
    "a rule": "ALTER TABLE events ADD COLUMN more TEXT CHECK (more <> 'a')",
    "an order of its own": "ALTER TABLE events ADD COLUMN more TEXT COLLATE NOCASE",
    "an index on what is computed": "CREATE INDEX i ON pledges (abs(number))",
    "an index on some": "CREATE INDEX i ON pledges (number) WHERE number > 1",
    "a default that is computed": "DROP TABLE heartbeats; CREATE TABLE heartbeats "
    "(id INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL DEFAULT (hex(9)))",
}
"""Refused before anything of it is used: it would act on the first row that we touch."""
NOT_OUR_TABLES = {
    "one column more": "ALTER TABLE events ADD COLUMN more TEXT",
    "one column less": "ALTER TABLE events DROP COLUMN contact",
    "one rule less": "DROP INDEX ix_answers_pledge_id",
}


def test_a_file_with_anything_but_our_tables_is_refused(elsewhere: Store, file: Path) -> None:
    before, good = stored_in(elsewhere), file.read_bytes()
    for name, change in (ACTS_BY_ITSELF | NOT_OUR_TABLES).items():
        with case(name):
            file.write_bytes(good)
            rewrite(file, change)
            why = (
                "holds what Scribe Wall never writes"
                if name in ACTS_BY_ITSELF
                else "does not have the tables"
            )
            assert why in refusal_of(elsewhere, file)
            assert stored_in(elsewhere) == before
    file.write_bytes(good)
    import_event(elsewhere, file)


@pytest.mark.parametrize("change", ["a trigger", "a view", "a virtual table", "a rule"])
def test_so_is_a_backup(backup: Path, tmp_path: Path, change: str) -> None:
    (tmp_path / "there").mkdir()
    rewrite(backup, ACTS_BY_ITSELF[change], kind=Kind.BACKUP)
    refused = run_py(tmp_path / "there", "restore", str(backup))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "holds what Scribe Wall never writes" in refused.stderr
    assert "Nothing was changed" in refused.stderr
    assert not (tmp_path / "there" / "wall.db").exists()


def test_what_analyze_leaves_is_in_nobody_s_way(elsewhere: Store, file: Path, full: str) -> None:
    rewrite(file, "ANALYZE")
    assert import_event(elsewhere, file)[0].code == full


NEVER_OURS: list[tuple[str, Any]] = [
    ("events.code", "../x"), ("events.code", "q7k4"), ("events.code", "ABCDE"),
    ("events.title", ""), ("events.title", "x" * 81), ("events.title", b"Q launch"),
    ("events.open", 7), ("events.open", "yes"), ("events.language", "xx"), ("events.moderation", "never"),
    ("events.themes", "{}"), ("events.themes", '["' + "x" * 41 + '"]'), ("events.themes", "[" * 50_000),
    ("events.themes", "[1]"), ("events.asks", '["password"]'), ("events.text_limit", 1_000_000),
    ("events.version", 9_223_372_036_854_775_807), ("events.version", -1), ("events.version", "many"),
    ("events.last_number", 0), ("events.created_at", "yesterday"), ("events.created_at", "2026-02-31T00:00:00.000Z"),
    ("events.wall", "[]"), ("events.wall", '{"scene": "explode"}'), ("events.wall", '{"accent": "red;}"}'),
    ("events.wall", '{"more": 1}'), ("events.wall", '{"blank": 1}'), ("events.wall", '{"frozen_at": 99}'),
    ("events.wall", '{"logo": "../../x"}'), ("events.keep_until", "2026-13-01"), ("events.let_go_at", "1"),
    ("events.emptied", 99), ("events.rehearsal", 1),
    ("pledges.id", "x"), ("pledges.id", "<script>alert(1)"), ("pledges.status", "vanished"),
    ("pledges.held_for", "ransom"), ("pledges.key", "mine"), ("pledges.receipt_token", "../desk"),
    ("pledges.number", 0), ("pledges.number", 99), ("pledges.version", 99), ("pledges.shown_since", 99),
    ("pledges.text", ""), ("pledges.text", "x" * 1_001), ("pledges.text", b"7"), ("pledges.name", "x" * 61),
    ("pledges.me_too", -1), ("pledges.pinned", 2), ("pledges.created_at", ""), ("pledges.text", "x" * 5_000_000),
    ("answers.outcome", "eaten"), ("answers.status", "vanished"), ("answers.sentence", "x" * 141),
    ("answers.pledge_id", "a" * 16),
    ("audit.action", "own_the_server"), ("audit.action", "<b>"), ("audit.pledge_id", "x"),
    ("logos.kind", "image/svg+xml"), ("logos.kind", 'image/png" onload="alert(1)'), ("logos.picture", "text"),
]  # fmt: skip


def test_a_row_that_could_not_have_come_by_http_is_refused_by_its_name(elsewhere: Store, file: Path) -> None:
    before, good = stored_in(elsewhere), file.read_bytes()
    for field, value in NEVER_OURS:
        table, column = field.split(".")
        with case(f"{field} = {value!r:.60}"):
            file.write_bytes(good)
            rewrite(file, f'UPDATE {table} SET "{column}" = ?', value)  # noqa: S608
            assert "\n" not in refusal_of(elsewhere, file)
            assert stored_in(elsewhere) == before
    file.write_bytes(good)
    import_event(elsewhere, file)


def test_a_text_that_is_no_unicode_is_refused_without_a_word_of_it(elsewhere: Store, file: Path) -> None:
    rewrite(file, "UPDATE pledges SET text = CAST(x'53656372657420ff' AS TEXT)")
    with pytest.raises(CannotUse, match="pledges cannot be read") as refused:
        import_event(elsewhere, file)
    assert "Secret" not in str(refused.value)


def test_what_no_screen_can_show_is_taken_out_of_a_text_and_the_words_stay(
    elsewhere: Store, file: Path, full: str, caplog: pytest.LogCaptureFixture
) -> None:
    rewrite(file, "UPDATE pledges SET text = ?", "Listen\x1b[2J \u202emore\x00\ufdd0.\r\n")
    rewrite(file, "UPDATE events SET title = ?", "Q\x1b]0;mine\x07 launch")
    event, _ = import_event(elsewhere, file)
    with elsewhere.read() as connection:
        (text,) = connection.exec_driver_sql("SELECT text FROM pledges").one()
    assert text == "Listen[2J more."
    assert event.title == "Q]0;mine launch"
    assert "2 rows" in caplog.text
    assert "Listen" not in caplog.text


def logo_of(store: Store, code: str) -> tuple[str, bytes]:
    return find_logo(store, code, find_event(store, code).wall.logo)


def test_a_logo_is_drawn_anew_when_it_arrives(elsewhere: Store, file: Path, full: str) -> None:
    rewrite(file, "UPDATE logos SET picture = ?", a_picture("JPEG", comment=b"on the ward"))
    import_event(elsewhere, file)
    kind, picture = logo_of(elsewhere, full)
    assert kind == "image/jpeg"
    assert b"on the ward" not in picture


@pytest.mark.parametrize("picture", [b"<svg onload='alert(1)'/>", a_picture(size=(300, 300))[:150]])
def test_a_logo_that_is_none_stays_away_and_the_event_comes(
    elsewhere: Store, file: Path, full: str, picture: bytes
) -> None:
    rewrite(file, "UPDATE logos SET picture = ?", picture)
    import_event(elsewhere, file)
    assert find_event(elsewhere, full).wall.logo == ""
    with elsewhere.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM logos").scalar() == 0


def test_a_restore_holds_every_row_to_the_same_rules(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    rewrite(backup, "UPDATE pledges SET status = 'vanished'", kind=Kind.BACKUP)
    refused = run_py(tmp_path / "there", "restore", str(backup))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "pledges, row 1, status" in refused.stderr


def test_a_restore_of_our_own_backup_changes_no_word(
    store: Store, backup: Path, full: str, tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    assert run_py(tmp_path / "there", "restore", str(backup)).stderr == ""
    restored = open_store(f"sqlite:///{tmp_path / 'there' / 'wall.db'}", OFF_LOOP)
    try:
        for code in (full,):
            assert logo_of(restored, code) == logo_of(store, code)
            assert find_event(restored, code).title == find_event(store, code).title
    finally:
        restored.close()


def test_every_column_has_a_rule() -> None:
    missing = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if column.name not in RULES.get(table.name, {})
    }
    assert missing == set()
