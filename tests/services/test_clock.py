"""One reading of a wrong clock takes nothing away: somebody is asked first, once."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Cast, SignIn, a_draft
from tests.services.test_retention import NAME, YESTERDAY, in_files, looking_often
from tests.support.running import OwnServer, run_py, wait_until
from wall.cli.threads import threading_runtime
from wall.core.clock import MOST_AHEAD, MOST_BEHIND, doubt_of, iso
from wall.core.drafts import read_draft
from wall.core.exports import FileKind
from wall.core.people.organisers import Organiser
from wall.services import clock
from wall.services.clock import clock_doubt, follow_clock
from wall.services.events.finding import find_event
from wall.services.events.retention import remove_names_where_due
from wall.services.pledges.submitting import submit_pledge
from wall.services.server.backups import back_up, back_up_and_prune, list_backups
from wall.store import Store, heartbeats
from wall.store.files.backups import stamp
from wall.web.kit.language import format_day

OFF_LOOP = threading_runtime().off_loop
HTML = {"Accept": "text/html"}
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
A_YEAR = timedelta(days=365)
TODAY = {"day": datetime.now(UTC).date().isoformat()}


def known_until(store: Store, moment: datetime) -> None:
    """The latest at which the clock is known to have been right."""
    store.write(lambda transaction: heartbeats.trust_clock(transaction, iso(moment)))


@pytest.fixture
def due(store: Store, cast: Cast) -> str:
    """The code of an event whose names have to go by the clock, which is a year ahead of all that is known."""
    code = cast.event.code
    submit_pledge(store, code, read_draft(a_draft("Listen more.", name=NAME)))
    store.write(lambda transaction: transaction.change_event(code, keep_until=YESTERDAY))
    known_until(store, datetime.now(UTC) - A_YEAR)
    return code


@pytest.mark.parametrize(
    ("ahead", "believed"),
    [
        (timedelta(), True),
        (timedelta(days=7), True),
        (MOST_AHEAD, True),
        (MOST_AHEAD + timedelta(seconds=1), False),
        (timedelta(days=30), False),
        (A_YEAR * 10, False),
        (-timedelta(hours=14), True),
        (-MOST_BEHIND - timedelta(seconds=1), False),
        (-A_YEAR * 50, False),
    ],
    ids=str,
)
def test_a_clock_is_believed_near_what_is_known(ahead: timedelta, believed: bool) -> None:
    assert (doubt_of(NOON + ahead, NOON) is None) is believed


def test_a_clock_far_ahead_lets_go_of_nothing_until_somebody_says_that_it_is_right(
    store: Store, cast: Cast, signed_in: SignIn, tmp_path: Path, due: str
) -> None:
    remove_names_where_due(store)
    assert find_event(store, due).open
    assert in_files(tmp_path, NAME) == [NAME]

    assert signed_in(cast.co_organiser).post("/desk/clock", data=TODAY).status_code == 303
    remove_names_where_due(store)
    store.wipe()
    assert not find_event(store, due).open
    assert in_files(tmp_path, NAME) == []


def test_only_organisers_are_asked_and_only_they_may_say(
    store: Store, app: Flask, cast: Cast, signed_in: SignIn, due: str
) -> None:
    def asked(person: Organiser) -> bool:
        return "/desk/clock" in signed_in(person).get("/desk/events", headers=HTML).text

    assert [asked(one) for one in (cast.organiser, cast.other_organiser, cast.moderator, cast.scribe)] == [
        *(True, True, False, False)
    ]
    for helper in (cast.moderator, cast.scribe):
        assert signed_in(helper).post("/desk/clock", data=TODAY).status_code == 403
    assert app.test_client().post("/desk/clock", data=TODAY).status_code in (302, 401, 403)
    assert clock_doubt(store)
    signed_in(cast.organiser).post("/desk/clock", data=TODAY)
    assert not asked(cast.organiser)


def test_the_question_names_both_days(store: Store, cast: Cast, signed_in: SignIn, due: str) -> None:
    page = signed_in(cast.organiser).get("/desk/events", headers=HTML).text
    now = datetime.now(UTC)
    assert f"Is today {format_day(now.date().isoformat())}?" in page
    assert f"recorded here is {format_day((now - A_YEAR).date().isoformat())}" in page


@pytest.mark.parametrize("day", ["", "2001-01-01", "today", "9" * 400])
def test_a_page_from_another_day_says_nothing(
    store: Store, cast: Cast, signed_in: SignIn, due: str, day: str
) -> None:
    signed_in(cast.organiser).post("/desk/clock", data={"day": day})
    assert clock_doubt(store)


def test_a_laptop_that_is_used_every_week_is_never_asked_about(
    store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow_clock(store)
    for week in range(1, 60):
        monkeypatch.setattr(clock, "datetime", at(datetime.now(UTC) + week * timedelta(days=7)))
        assert follow_clock(store) is None
    monkeypatch.setattr(clock, "datetime", at(datetime.now(UTC) + 100 * A_YEAR))
    for _ in range(3):
        assert follow_clock(store)  # it does not get used to it


def at(moment: datetime) -> Any:
    """The class of a datetime whose now is this moment."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return moment

    return Then


def test_what_was_pledged_under_a_wrong_clock_does_not_move_what_is_known(store: Store, due: str) -> None:
    for _ in range(3):
        submit_pledge(store, due, read_draft(a_draft("By a wrong clock.")))
        assert follow_clock(store)


def test_a_database_from_before_is_known_until_its_latest_deed(store: Store, cast: Cast) -> None:
    store.write(lambda transaction: transaction.record("open_event", organiser_id=cast.organiser.id))
    with store.read() as connection:
        assert heartbeats.newest_time(connection)
    store.write(lambda transaction: transaction.connection.exec_driver_sql("DELETE FROM heartbeats"))
    for table, column in (("audit", "at"), ("events", "created_at"), ("pledges", "updated_at")):
        store.write(
            lambda transaction, table=table, column=column: transaction.connection.exec_driver_sql(  # type: ignore[misc]
                f"UPDATE {table} SET {column} = '2020-01-01T00:00:00.000Z'"  # noqa: S608
            )
        )
    doubt = follow_clock(store)
    assert doubt
    assert doubt.known == datetime(2020, 1, 1, tzinfo=UTC)


def test_no_backup_goes_while_the_clock_is_in_doubt(store: Store, due: str) -> None:
    made = back_up(store.backups, OFF_LOOP)
    old = made.rename(made.with_name(f"wall-{stamp(datetime.now(UTC) - A_YEAR)}.db"))
    back_up_and_prune(store.backups, OFF_LOOP, clock_right=lambda: clock_doubt(store) is None)
    assert old.exists()
    known_until(store, datetime.now(UTC))
    back_up_and_prune(store.backups, OFF_LOOP, clock_right=lambda: clock_doubt(store) is None)
    assert not old.exists()


def test_the_newest_good_backup_never_goes(store: Store, cast: Cast) -> None:
    made = back_up(store.backups, OFF_LOOP)
    good = made.rename(made.with_name(f"wall-{stamp(datetime.now(UTC) - A_YEAR)}.db"))
    damaged = good.with_name(f"wall-{stamp(datetime.now(UTC) - A_YEAR / 2)}.db")
    damaged.write_bytes(good.read_bytes()[:-1])
    store.backups.prune()
    assert (good.exists(), damaged.exists()) == (True, False)
    back_up(store.backups, OFF_LOOP)
    store.backups.prune()
    assert not good.exists()


def test_a_copy_from_the_future_is_not_fresh_and_does_not_outlive_its_time(store: Store, cast: Cast) -> None:
    made = back_up(store.backups, OFF_LOOP)
    made.rename(made.with_name(f"wall-{stamp(datetime.now(UTC) + 9 * A_YEAR)}.db"))
    back_up_and_prune(store.backups, OFF_LOOP)
    backups = list_backups(store.backups)
    assert [one.good for one in backups] == [True, True]
    assert max(one.at for one in backups) <= iso(datetime.now(UTC) + timedelta(minutes=1))


def test_times_to_come_in_the_data_break_no_page_and_no_file(
    store: Store, cast: Cast, signed_in: SignIn
) -> None:
    code = cast.event.code
    sent = submit_pledge(store, code, read_draft(a_draft("By a wrong clock.", name=NAME)))
    store.write(
        lambda transaction: transaction.connection.exec_driver_sql(
            "UPDATE pledges SET created_at = '2051-01-01T00:00:00.000Z', updated_at = '2051-01-01T00:00:00.000Z'"
        )
    )
    submit_pledge(store, code, read_draft(a_draft("By the right one.")))
    desk = signed_in(cast.organiser)
    for path in ("", "/look-back", "/audit", *(f"/export.{kind}" for kind in FileKind)):
        assert desk.get(f"/desk/e/{code}{path}", headers=HTML).status_code == 200
    for path in ("/wall", "/wall/text", "/wall/kept/text", ""):
        assert desk.get(f"/e/{code}{path}", headers=HTML).status_code == 200
    assert desk.get(f"/receipt/{sent.receipt_token}", headers=HTML).status_code == 200


def test_a_server_whose_clock_is_ahead_asks_in_the_terminal_and_takes_a_word_for_it(
    own_server: OwnServer, tmp_path: Path
) -> None:
    own_server.send(a_draft("Listen more.", name=NAME))
    own_server.stop()
    with closing(sqlite3.connect(tmp_path / "wall.db")) as connection, connection:
        long_ago = iso(datetime.now(UTC) - A_YEAR)
        connection.execute("UPDATE heartbeats SET at = ?", (long_ago,))
        connection.execute("UPDATE events SET keep_until = ?", (YESTERDAY,))
    with looking_often(tmp_path) as again:
        wait_until(lambda: any("confirm-clock" in line for line in again.printed), "it asks")
        assert again.get(f"/e/{again.code}/pledges")[1]["pledges"][0]["name"] == NAME
        assert run_py(tmp_path, "confirm-clock").returncode == 0
        wait_until(
            lambda: not again.get(f"/e/{again.code}/pledges")[1]["pledges"][0]["name"], "names are removed"
        )
