"""How long names are kept: chosen by an organiser, shown to attendees, and then they are nowhere any more."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from tests.export.test_exporting import all_text
from tests.live.test_watching import Screen
from tests.support.asking import changes_since
from tests.support.running import PROJECT, OwnServer, running_server, wait_until
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.errors import EventClosed, PledgeNotFound, RetentionOver
from wall.core.exports import FileKind
from wall.core.pledges import Outcome
from wall.core.retention import Retention, gone_from_backups, today, usual_last_day
from wall.services.events.creating import duplicate_event
from wall.services.events.finding import find_event
from wall.services.events.lifecycle import close_event, open_event
from wall.services.events.retention import remove_names_at_start, remove_names_where_due
from wall.services.events.settings import choose_retention
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.me_too import say_me_too
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.receipts import find_receipt
from wall.services.pledges.revising import edit_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.web.kit.context import Parts

HTML = {"Accept": "text/html"}
YESTERDAY = (today() - timedelta(days=1)).isoformat()
NEXT_YEAR = (today() + timedelta(days=200)).isoformat()
NAME, PLACE, EARLIER = "Zebedee Quux", "Ward Eightyeight", "Zebediah Earlier"


@pytest.fixture
def named(store: Store, cast: Cast) -> Submitted:
    """A pledge with a name, another one before, an answer and somebody's *me too*."""
    code = cast.event.code
    sent = submit_pledge(store, code, read_draft(a_draft("Listen more.", name=EARLIER, organisation=PLACE)))
    edit_pledge(store, sent.receipt_token, Content("Listen twice.", NAME, PLACE))
    say_me_too(store, code, sent.pledge.id, "a device of somebody")
    answer_pledge(store, sent.receipt_token, Outcome.KEPT, "We meet on Fridays.")
    return sent


def let_the_day_pass(store: Store, code: str) -> None:
    store.write(lambda transaction: transaction.change_event(code, keep_until=YESTERDAY))
    remove_names_where_due(store)


def in_files(folder: Path, *words: str) -> list[str]:
    """Which of these words any file below a folder holds, as it is on the disk."""
    held = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return [word for word in words if word.encode() in held]


def test_after_the_day_names_are_in_no_file_of_the_database(
    store: Store, cast: Cast, tmp_path: Path, named: Submitted
) -> None:
    secrets = (NAME, PLACE, EARLIER, named.receipt_token, "a device of somebody")
    assert in_files(tmp_path, *secrets) == list(secrets)
    let_the_day_pass(store, cast.event.code)
    store.wipe()
    assert in_files(tmp_path, *secrets) == []
    assert in_files(tmp_path, "Listen twice.", "We meet on Fridays.") == [
        "Listen twice.",
        "We meet on Fridays.",
    ]


def test_until_the_day_is_over_everything_stays(store: Store, cast: Cast, named: Submitted) -> None:
    store.write(lambda tx: tx.change_event(cast.event.code, keep_until=today().isoformat()))
    remove_names_where_due(store)
    assert find_receipt(store, named.receipt_token)[0].content.name == NAME


def test_receipts_end_and_the_event_closes(
    store: Store, cast: Cast, guest: FlaskClient, named: Submitted
) -> None:
    let_the_day_pass(store, cast.event.code)
    with pytest.raises(PledgeNotFound):
        find_receipt(store, named.receipt_token)
    assert guest.get(f"/receipt/{named.receipt_token}", headers=HTML).status_code == 404
    assert not find_event(store, cast.event.code).open


def test_a_phone_that_sends_once_more_gets_no_receipt_back(store: Store, cast: Cast) -> None:
    draft = read_draft(a_draft("Listen more.", name=NAME))
    submit_pledge(store, cast.event.code, draft)
    let_the_day_pass(store, cast.event.code)
    with pytest.raises(EventClosed):
        submit_pledge(store, cast.event.code, draft)


def test_every_screen_hears_that_the_names_are_gone(
    app: Flask, guest: FlaskClient, parts: Parts, cast: Cast, named: Submitted
) -> None:
    wall = Screen(app, guest)
    version = wall.watch(event=cast.event.code)["to"]
    let_the_day_pass(parts.store, cast.event.code)
    parts.store.write(lambda transaction: transaction.next_version(cast.event.code))
    wall.next_changes(version)

    told = changes_since(parts.store, parts.addresses, cast.event.code, version)
    assert [(one["text"], one["name"], one["organisation"]) for one in told["pledges"]] == [
        ("Listen twice.", "", "")
    ]
    assert told["pledges"][0]["me_too"] == 1


def test_nothing_with_a_name_comes_in_any_more(store: Store, cast: Cast, named: Submitted) -> None:
    let_the_day_pass(store, cast.event.code)
    draft = read_draft(a_draft("From a card.", name=NAME, organisation=PLACE))
    (entered,) = enter_pledges(store, cast.scribe, cast.event.code, [draft])
    assert (entered.pledge.content.name, entered.pledge.content.organisation) == ("", "")
    with pytest.raises(EventClosed):
        say_me_too(store, cast.event.code, named.pledge.id, "another device")


def test_an_event_is_let_go_once(store: Store, cast: Cast, named: Submitted) -> None:
    let_the_day_pass(store, cast.event.code)
    event = find_event(store, cast.event.code)
    remove_names_where_due(store)
    assert find_event(store, cast.event.code) == event
    assert event.let_go_at


def test_events_without_a_last_day_and_those_of_others_keep_theirs(
    store: Store, cast: Cast, named: Submitted
) -> None:
    there = submit_pledge(store, cast.other_event.code, read_draft(a_draft("There.", name=NAME)))
    choose_retention(store, cast.other_organiser, cast.other_event.code, Retention("", ""))
    let_the_day_pass(store, cast.event.code)
    assert find_receipt(store, there.receipt_token)[0].content.name == NAME


def test_it_opens_again_with_another_day_and_not_before(store: Store, cast: Cast, named: Submitted) -> None:
    code = cast.event.code
    let_the_day_pass(store, code)
    with pytest.raises(RetentionOver):
        open_event(store, cast.organiser, code)
    choose_retention(store, cast.organiser, code, Retention(NEXT_YEAR, ""))
    assert open_event(store, cast.organiser, code).open
    fresh = submit_pledge(store, code, read_draft(a_draft("Again.", name=NAME)))
    assert fresh.pledge.content.name == NAME


def test_no_device_is_counted_twice_when_it_opens_again(store: Store, cast: Cast, named: Submitted) -> None:
    code = cast.event.code
    let_the_day_pass(store, code)
    choose_retention(store, cast.organiser, code, Retention(NEXT_YEAR, ""))
    open_event(store, cast.organiser, code)
    with pytest.raises(EventClosed):
        say_me_too(store, code, named.pledge.id, "a device of somebody")
    fresh = submit_pledge(store, code, read_draft(a_draft("Again.")))
    assert say_me_too(store, code, fresh.pledge.id, "a device of somebody").me_too == 1


def test_a_full_disk_keeps_no_server_from_starting(
    store: Store, cast: Cast, named: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(lambda transaction: transaction.change_event(cast.event.code, keep_until=YESTERDAY))
    with monkeypatch.context() as trouble:
        trouble.setattr(store.ledger, "closed", True)
        remove_names_at_start(store)
    assert find_receipt(store, named.receipt_token)[0].content.name == NAME
    remove_names_at_start(store)
    assert find_event(store, cast.event.code).let_go_at


def test_a_closed_event_whose_day_is_near_opens_as_any_other(store: Store, cast: Cast) -> None:
    close_event(store, cast.organiser, cast.event.code)
    assert open_event(store, cast.organiser, cast.event.code).open


def test_a_new_event_keeps_names_for_a_year_and_a_copy_begins_anew(store: Store, cast: Cast) -> None:
    assert find_event(store, cast.event.code).keep_until == usual_last_day()
    choose_retention(store, cast.organiser, cast.event.code, Retention(NEXT_YEAR, "ig@example.org"))
    copy = duplicate_event(store, cast.organiser, cast.event.code)
    assert (copy.keep_until, copy.contact) == (usual_last_day(), "ig@example.org")


@pytest.mark.parametrize(
    "day",
    [
        "yesterday",
        "2027-13-01",
        "20270101",
        YESTERDAY,
        "9999-12-31",
        "2027-1-1",
        "٢٠٢٧-٠١-٠١",
        today().isoformat(),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    store: Store, cast: Cast, signed_in: SignIn, day: str
) -> None:
    before = find_event(store, cast.event.code)
    sent = {"keep_until": day, "contact": "ig@example.org"}
    page = signed_in(cast.organiser).post(f"/desk/e/{before.code}/keeping", data=sent, headers=HTML)
    assert page.status_code == 422
    assert 'id="keep_until-problem"' in page.text
    assert 'value="ig@example.org"' in page.text
    assert find_event(store, before.code) == before


def test_an_organiser_chooses_the_day_and_whom_people_can_ask(
    store: Store, cast: Cast, guest: FlaskClient, signed_in: SignIn
) -> None:
    desk, code = signed_in(cast.organiser), cast.event.code
    sent = {"keep_until": NEXT_YEAR, "contact": "ig@example.org"}
    assert desk.post(f"/desk/e/{code}/keeping", data=sent, headers=HTML).status_code == 303
    written = date.fromisoformat(NEXT_YEAR)
    told = f"{written.day} {written:%B %Y}"
    for path in ("", "/privacy"):
        assert told in guest.get(f"/e/{code}{path}", headers=HTML).text
    assert "ig@example.org" in guest.get(f"/e/{code}/privacy").text
    assert "changed how long names are kept" in desk.get(f"/desk/e/{code}/audit").text


def test_the_contact_can_be_put_right_after_the_day(
    store: Store, cast: Cast, signed_in: SignIn, named: Submitted
) -> None:
    let_the_day_pass(store, cast.event.code)
    let_go_at = find_event(store, cast.event.code).let_go_at
    sent = {"keep_until": YESTERDAY, "contact": "ig@example.org"}
    desk = signed_in(cast.organiser)
    assert desk.post(f"/desk/e/{cast.event.code}/keeping", data=sent, headers=HTML).status_code == 303
    event = find_event(store, cast.event.code)
    assert (event.contact, event.let_go_at) == ("ig@example.org", let_go_at)


@pytest.mark.parametrize(
    ("changed", "told", "untold"),
    [
        (
            {},
            [
                "Your name, if you give it.",
                "Everyone in the room, on the wall and on their phones, straight away.",
            ],
            ["This event has no end date for keeping names."],
        ),
        (
            {"asks": ()},
            ["Your pledge, and when you wrote it."],
            ["Your name, if", "Your organisation, if you give it."],
        ),
        (
            {"moderation": "before"},
            ["Everyone in the room, on the wall and on their phones, after an organiser has approved it."],
            ["on their phones, straight away."],
        ),
        (
            {"keep_until": ""},
            ["This event has no end date for keeping names."],
            ["We keep names and organisations until"],
        ),
        (
            {"themes": ()},
            ["For anything else, or if you have lost the link, ask an organiser."],
            ["Your theme, if you choose one."],
        ),
        ({"let_go_at": "2026-11-01T00:00:00.000Z"}, ["were removed on 1 November 2026"], ["Your name, if"]),
    ],
    ids=str,
)
def test_the_privacy_page_is_written_from_the_event_s_own_settings(
    store: Store, cast: Cast, guest: FlaskClient, changed: dict[str, Any], told: list[str], untold: list[str]
) -> None:
    store.write(lambda transaction: transaction.change_event(cast.event.code, **changed))
    page = guest.get(f"/e/{cast.event.code}/privacy", headers=HTML).text
    assert [words for words in told if words not in page] == []
    assert [words for words in untold if words in page] == []


def test_what_was_taken_out_is_in_no_backup_from_the_day_on_that_is_told() -> None:
    assert gone_from_backups(date(2026, 11, 25)) == date(2026, 12, 26)


def test_a_server_lets_go_by_itself_and_its_logs_hold_no_name(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        wait_until(
            lambda: list(tmp_path.glob("backups/*.db")), "the first backup is made, before the name came"
        )
        server.send(a_draft("Listen more.", name=NAME, organisation=PLACE))
        with closing(sqlite3.connect(tmp_path / "wall.db")) as connection, connection:
            connection.execute("UPDATE events SET keep_until = ?", (YESTERDAY,))
        server.stop()
        server.start_again()
        assert server.get(f"/e/{code_of(tmp_path)}/pledges")[1]["pledges"][0]["name"] == ""
        wait_until(lambda: in_files(tmp_path, NAME, PLACE) == [], "no file has the name any more")
        assert NAME not in "".join(server.printed)


def code_of(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "wall.db")) as connection:
        return str(connection.execute("SELECT code FROM events").fetchone()[0])


LOOKS_OFTEN = """
import run
run._patch()
from wall.services.events import retention
retention.LOOK_EVERY_SECONDS = 1
run.main()
"""
"""The real server looks every 20 seconds."""


@contextmanager
def looking_often(folder: Path) -> Iterator[OwnServer]:
    program = [sys.executable, "-c", LOOKS_OFTEN]
    with running_server(folder, program, PYTHONPATH=str(PROJECT), ASYNC_MODE="eventlet") as server:
        yield server


def test_while_it_runs_a_server_notices_that_the_day_has_passed(tmp_path: Path) -> None:
    with looking_often(tmp_path) as server:
        server.send(a_draft("Listen more.", name=NAME))
        with closing(sqlite3.connect(tmp_path / "wall.db", timeout=30)) as connection, connection:
            connection.execute("UPDATE events SET keep_until = ?", (YESTERDAY,))
        wait_until(
            lambda: server.get(f"/e/{server.code}/pledges")[1]["pledges"][0]["name"] == "", "the name is gone"
        )


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_no_export_has_the_names_any_more(
    store: Store, cast: Cast, signed_in: SignIn, named: Submitted, kind: FileKind
) -> None:
    let_the_day_pass(store, cast.event.code)
    desk, code = signed_in(cast.organiser), cast.event.code
    told = all_text(kind, desk.get(f"/desk/e/{code}/export.{kind}").data)
    assert "Listen twice." in told
    assert [word for word in (NAME, PLACE, EARLIER, named.receipt_token) if word in told] == []


def test_the_time_at_which_names_went_is_in_the_export(store: Store, cast: Cast, signed_in: SignIn) -> None:
    let_the_day_pass(store, cast.event.code)
    told = signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}/export.json").json
    assert told
    assert told["event"]["let_go_at"] == find_event(store, cast.event.code).let_go_at != ""
