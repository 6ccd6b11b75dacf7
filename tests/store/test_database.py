"""The tables: made by migrations alone, and every hot query has its index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event

from tests.conftest import Cast, a_draft
from tests.support.asking import changes_since
from tests.support.running import run_py
from wall.core.drafts import read_draft
from wall.services.events.finding import find_event, open_events
from wall.services.pledges.receipts import find_receipt
from wall.services.pledges.submitting import submit_pledge
from wall.store.engine import open_writer
from wall.store.tables import metadata
from wall.web.kit.context import Parts


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_writer(database)
    yield opened
    opened.dispose()


def test_the_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    run_py(tmp_path, "desk-link")
    with closing(sqlite3.connect(tmp_path / "wall.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = run_py(tmp_path, "desk-link")

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1


def test_every_hot_query_uses_an_index(parts: Parts, cast: Cast, database: str) -> None:
    code = cast.event.code
    draft = read_draft(a_draft("Listen more."))
    with listened_to() as statements:
        sent = submit_pledge(parts.store, code, draft)
        submit_pledge(parts.store, code, draft)
        changes_since(parts.store, parts.addresses, code, 0)
        parts.feeds.room(code)
        find_event(parts.store, code)
        open_events(parts.store)
        find_receipt(parts.store, sent.receipt_token)

    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        plans = {statement: plan_of(connection, statement) for statement in statements}
    assert any("FROM pledges" in statement for statement in plans)
    for statement, plan in plans.items():
        if "events.open" not in statement:  # a handful of events, read once for each visit to /
            assert not [step for step in plan if step.startswith("SCAN")], statement


class listened_to:  # noqa: N801  reads as a sentence
    """All statements that any engine runs meanwhile."""

    def __enter__(self) -> set[str]:
        self._statements: set[str] = set()
        event.listen(Engine, "before_cursor_execute", self._note)
        return self._statements

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "INSERT")):
            self._statements.add(statement)


def plan_of(connection: sqlite3.Connection, statement: str) -> list[str]:
    values = [1] * statement.count("?")
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
