"""An organiser takes all pledges out, after a backup that holds every pledge, or deletes an event for good."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft
from tests.live.test_watching import Screen, say
from tests.store.test_backups import OFF_LOOP
from tests.support.pictures import PNG
from tests.support.running import PROJECT, wait_until
from tests.web.test_roles import HTML, JSON, error_of, everything_stored
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.people.roles import Role
from wall.services.events.deleting import MOST_TRIES, EventContents, read_event_contents
from wall.services.events.finding import find_event
from wall.services.events.look import set_logo
from wall.services.events.remote import freeze_wall, spotlight_pledge
from wall.services.people.invitations import invite
from wall.services.pledges.editing import correct_pledge
from wall.services.pledges.me_too import say_me_too
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.receipts import withdraw_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store

TABLES = ("pledges", "revisions", "me_toos")
BackUp = Callable[[str], Path]


@pytest.fixture
def tried_out(store: Store, cast: Cast, pledge: Submitted) -> list[Submitted]:
    """Pledges of every kind in the event, and one in the other event."""
    code = cast.event.code
    hidden, taken_back = say(store, code, "Hide me."), say(store, code, "Take me back.")
    correct_pledge(store, cast.moderator, code, pledge.pledge.id, Content("Listen well.", "Marie"))
    say_me_too(store, code, pledge.pledge.id, "a phone")
    hide_pledge(store, cast.moderator, code, hidden.pledge.id)
    withdraw_pledge(store, taken_back.receipt_token)
    say(store, cast.other_event.code, "There.")
    return [pledge, hidden, taken_back]


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


class Settings:
    """The organiser's settings page, with its last steps."""

    def __init__(self, browser: FlaskClient, code: str) -> None:
        self._browser = browser
        self._path = f"/desk/e/{code}"

    def clear(self, accept: str = HTML, typed: str = "Q launch") -> TestResponse:
        return self._browser.post(f"{self._path}/clear", data={"typed": typed}, headers={"Accept": accept})

    def delete(self, typed: str, accept: str = JSON) -> TestResponse:
        return self._browser.post(f"{self._path}/delete", data={"typed": typed}, headers={"Accept": accept})

    def page(self, address: str = "") -> str:
        return self._browser.get(address or f"{self._path}/settings", headers={"Accept": HTML}).text


@pytest.fixture
def settings(cast: Cast, signed_in: SignIn) -> Settings:
    return Settings(signed_in(cast.organiser), cast.event.code)


def rows_in(database: str | Path) -> dict[str, list[Any]]:
    """Every pledge of a database, with all that hangs on it."""
    with closing(sqlite3.connect(str(database).removeprefix("sqlite:///"))) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608


def of_event(guest: FlaskClient, code: str, since: int = 0) -> TestResponse:
    return guest.get(f"/e/{code}/pledges", query_string={"since": since})


def test_a_backup_holds_everything_before_anything_is_cleared(
    settings: Settings, tried_out: list[Submitted], database: str, backups: Path
) -> None:
    before = rows_in(database)
    assert all(before.values())
    cleared = settings.clear()

    (backup,) = backups.iterdir()
    assert rows_in(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    assert cleared.status_code == 303
    assert backup.name in settings.page(cleared.location)


def test_git_takes_no_backup_along() -> None:
    assert "/backups/" in (PROJECT / ".gitignore").read_text().splitlines()


def test_before_clearing_the_page_says_how_many_pledges_would_go_and_since_when(
    settings: Settings, cast: Cast, store: Store, tried_out: list[Submitted]
) -> None:
    first = min(one.pledge.created_at for one in tried_out)
    page = settings.page()
    assert "Pledges in this event: <b>3</b>" in page
    assert f'first sent: <b><time datetime="{first}"' in page
    assert read_event_contents(store, cast.organiser, cast.event.code) == EventContents(
        find_event(store, cast.event.code), 3, first
    )


def test_where_there_is_no_pledge_nothing_is_offered_to_be_cleared(settings: Settings) -> None:
    assert ("This event has no pledges." in settings.page(), "/clear" in settings.page()) == (True, False)


def test_the_page_says_who_brings_cleared_pledges_back_and_from_where(
    settings: Settings, tried_out: list[Submitted]
) -> None:
    where = "“backups” folder"
    assert (where in settings.page(), "The person who runs the server can restore" in settings.page()) == (
        True,
        True,
    )
    cleared = settings.page(settings.clear().location)
    assert (where in cleared, "The person who runs the server can restore" in cleared) == (True, True)


@pytest.mark.parametrize("typed", ["", "Q", "Q launch!", "Another day"])
def test_another_name_clears_nothing_and_makes_no_backup(
    settings: Settings, tried_out: list[Submitted], database: str, backups: Path, typed: str
) -> None:
    stored = everything_stored(database)
    refused = settings.clear(JSON, typed)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, ["typed"])
    page = settings.clear(HTML, typed)
    assert (page.status_code, "That is not the name of this event. Nothing was deleted." in page.text) == (
        422,
        True,
    )
    assert 'id="clear-problem"' in page.text
    assert 'id="delete-problem"' not in page.text
    assert (everything_stored(database), backups.exists()) == (stored, False)


def test_every_pledge_is_gone_and_numbers_begin_again(
    settings: Settings,
    tried_out: list[Submitted],
    cast: Cast,
    store: Store,
    database: str,
    guest: FlaskClient,
) -> None:
    (elsewhere,) = of_event(guest, cast.other_event.code).get_json()["pledges"]
    before = find_event(store, cast.event.code)
    settings.clear()

    rows = rows_in(database)
    assert [row[0] for row in rows.pop("pledges")] == [elsewhere["id"]]
    assert rows == {"revisions": [], "me_toos": []}
    assert find_event(store, cast.event.code).version > before.version
    assert say(store, cast.event.code, "The first.").pledge.number == 1
    assert of_event(guest, cast.other_event.code).get_json()["pledges"] == [elsewhere]


def test_an_author_of_a_trial_finds_it_gone_and_may_send_again(
    settings: Settings, cast: Cast, store: Store, guest: FlaskClient
) -> None:
    sent = a_draft("Listen more.")
    receipt = submit_pledge(store, cast.event.code, read_draft(sent)).receipt_token
    settings.clear()
    assert guest.get(f"/receipt/{receipt}").status_code == 404
    again = guest.post(f"/e/{cast.event.code}/pledges", json=sent)
    assert (again.status_code, again.get_json()["pledge"]["number"]) == (201, 1)


def test_a_screen_from_before_starts_again_and_one_from_after_goes_on(
    settings: Settings, tried_out: list[Submitted], cast: Cast, store: Store, guest: FlaskClient, app: Flask
) -> None:
    code = cast.event.code
    before = of_event(guest, code).get_json()["to"]
    settings.clear()

    assert error_of(of_event(guest, code, before)) == (422, "version_unknown")
    assert Screen(app, guest).watch(event=code, since=before)["error"]["code"] == "version_unknown"
    fresh = of_event(guest, code).get_json()
    assert (fresh["pledges"], fresh["removed"]) == ([], [])

    first = say(store, code, "The first.")
    later = of_event(guest, code, fresh["to"]).get_json()
    assert [one["id"] for one in later["pledges"]] == [first.pledge.id]


def test_walls_desks_and_phones_that_watch_hear_that_all_is_gone(
    settings: Settings,
    tried_out: list[Submitted],
    cast: Cast,
    signed_in: SignIn,
    app: Flask,
    guest: FlaskClient,
) -> None:
    wall, phone = Screen(app, guest), Screen(app, app.test_client())
    desk = Screen(app, signed_in(cast.moderator), "/desk")
    before = wall.watch(event=cast.event.code)["to"]
    desk.watch(event=cast.event.code)
    phone.watch(**{"event": cast.event.code, "as": "phone"})
    settings.clear()

    for screen in (wall, desk):
        wait_until(lambda: heard_after(screen, before), "the screen hears of it")  # noqa: B023
        (told,) = heard_after(screen, before)
        assert (told["from"], told["pledges"]) == (0, [])  # a gap, after which it starts again
    wait_until(lambda: [room["shown"] for room in phone.heard("room")][-1:] == [0], "the phone hears of it")


def test_nothing_stays_in_the_spotlight_and_the_scene_and_settings_stay(
    settings: Settings, tried_out: list[Submitted], cast: Cast, store: Store
) -> None:
    spotlight_pledge(store, cast.moderator, cast.event.code, tried_out[0].pledge.id)
    freeze_wall(store, cast.moderator, cast.event.code)
    settings.clear()
    event = find_event(store, cast.event.code)
    assert (event.wall.scene, event.wall.spotlight, event.wall.frozen_at) == ("one", "", None)
    assert (event.title, event.themes, event.open) == (cast.event.title, cast.event.themes, True)


def test_a_pledge_that_comes_while_the_backup_is_made_is_in_the_backup(
    settings: Settings, tried_out: list[Submitted], cast: Cast, store: Store, backups: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    back_up: BackUp = store.back_up
    late: list[Submitted] = []

    def back_up_slowly(name: str) -> Path:
        copy = back_up(name)
        if not late:
            late.append(say(store, cast.event.code, "In between."))
        return copy

    monkeypatch.setattr(store, "back_up", back_up_slowly)
    assert settings.clear().status_code == 303
    (backup,) = backups.iterdir()
    assert late[0].pledge.id in [row[0] for row in rows_in(backup)["pledges"]]
    assert find_event(store, cast.event.code).last_number == 0


def test_a_room_that_never_pauses_is_not_cleared(
    settings: Settings, cast: Cast, store: Store, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up: BackUp = store.back_up

    def back_up_slowly(name: str) -> Path:
        copy = back_up(name)
        say(store, cast.event.code, "In between.")
        return copy

    monkeypatch.setattr(store, "back_up", back_up_slowly)
    assert error_of(settings.clear(JSON)) == (503, "try_again")
    assert find_event(store, cast.event.code).last_number == MOST_TRIES
    assert list(backups.iterdir()) == []


@pytest.mark.parametrize("accept", [JSON, HTML])
def test_without_a_backup_nothing_is_cleared(
    settings: Settings, tried_out: list[Submitted], backups: Path, database: str, accept: str
) -> None:
    backups.write_text("A file where the folder should be.")
    stored = everything_stored(database)
    refused = settings.clear(accept)
    assert (
        refused.status_code,
        "The backup failed, so nothing was deleted." in refused.text,
    ) == (503, True)
    assert everything_stored(database) == stored


def test_a_backup_that_breaks_off_leaves_no_half_file(
    settings: Settings, tried_out: list[Submitted], backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert error_of(settings.clear(JSON)) == (503, "backup_failed")
    assert list(backups.iterdir()) == []


@pytest.mark.parametrize("typed", ["Q launch", "  q   LAUNCH\n"])
def test_an_event_is_deleted_when_its_name_is_typed(
    settings: Settings, cast: Cast, signed_in: SignIn, store: Store, typed: str
) -> None:
    assert settings.delete(typed, HTML).location == "/desk/events"
    assert cast.event.code not in settings.page("/desk/events")
    for person in (cast.organiser, cast.moderator, cast.scribe):
        assert signed_in(person).get(f"/desk/e/{cast.event.code}").status_code == 404


@pytest.mark.parametrize("typed", ["", "Q", "Q launch!", "Another day", "Qlaunch"])
def test_another_name_deletes_nothing(
    settings: Settings, tried_out: list[Submitted], database: str, typed: str
) -> None:
    stored = everything_stored(database)
    refused = settings.delete(typed)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, ["typed"])
    page = settings.delete(typed, HTML)
    assert (page.status_code, "Nothing was deleted." in page.text) == (422, True)
    assert 'id="clear-problem"' not in page.text
    assert everything_stored(database) == stored


def test_nothing_of_a_deleted_event_is_left_in_any_table(
    settings: Settings, tried_out: list[Submitted], cast: Cast, store: Store, database: str
) -> None:
    set_logo(store, OFF_LOOP, cast.organiser, cast.event.code, PNG)
    invite(store, cast.organiser, cast.event.code, Role.SCRIBE)
    ids = [one.pledge.id for one in tried_out]
    secrets = [one.receipt_token for one in tried_out]
    words = [cast.event.code, cast.event.title, cast.event.question, "Listen", "Hide me.", "Take me", "Mari"]
    traces = [*ids, *secrets, *words, PNG.hex()]
    stored = "\n".join(everything_stored(database))
    assert all(trace.lower() in stored.lower() for trace in traces)

    settings.delete(cast.event.title)
    left = "\n".join(everything_stored(database)).lower()
    assert [trace for trace in traces if trace.lower() in left] == []
    assert tables_that_know(cast.event.id, database) == []


def test_a_deleted_event_is_gone_for_everybody(
    settings: Settings, pledge: Submitted, cast: Cast, guest: FlaskClient
) -> None:
    settings.delete(cast.event.title)
    code = cast.event.code
    for path in (f"/e/{code}", f"/e/{code}/pledges", f"/e/{code}/wall", f"/receipt/{pledge.receipt_token}"):
        assert guest.get(path).status_code == 404
    assert error_of(guest.post(f"/e/{code}/pledges", json=a_draft("Late."))) == (404, "event_not_found")


def test_another_event_does_not_notice(
    settings: Settings, tried_out: list[Submitted], cast: Cast, guest: FlaskClient, signed_in: SignIn
) -> None:
    before = of_event(guest, cast.other_event.code).get_json()
    settings.delete(cast.event.title)
    assert of_event(guest, cast.other_event.code).get_json() == before
    assert signed_in(cast.other_organiser).get(f"/desk/e/{cast.other_event.code}").status_code == 200


def test_a_wall_that_watches_hears_that_its_event_is_gone(
    settings: Settings, cast: Cast, app: Flask, guest: FlaskClient
) -> None:
    wall, other_wall = Screen(app, guest), Screen(app, app.test_client())
    wall.watch(event=cast.event.code)
    other_wall.watch(event=cast.other_event.code)
    settings.delete(cast.event.title)
    wait_until(lambda: wall.heard("gone"), "the wall hears of it")
    assert wall.heard("gone") == [{"event": cast.event.code}]
    assert other_wall.heard("gone") == []


def heard_after(screen: Screen, version: int) -> list[dict[str, Any]]:
    """The changes that took a screen past a version."""
    return [changes for changes in screen.heard("changes") if changes["to"] > version]


def tables_that_know(event_id: int, database: str) -> list[str]:
    """Where a row still points at an event, or a pledge's row at a pledge that is not there."""
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        columns = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names
        }
        theirs = [
            name
            for name in names
            if "event_id" in columns[name]
            and connection.execute(f"SELECT 1 FROM {name} WHERE event_id = ?", (event_id,)).fetchone()  # noqa: S608
        ]
        return theirs + [row[0] for row in connection.execute("PRAGMA foreign_key_check")]
