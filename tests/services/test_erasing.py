"""All that is kept of one pledge is shown to its author, and erased for good when they ask: from every file, in time."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from tests.export.test_exporting import all_text
from tests.live.test_watching import Screen, say
from tests.services.test_retention import NEXT_YEAR, in_files, let_the_day_pass
from tests.support.asking import changes_since, desk_changes_since
from tests.support.running import OwnServer, run_py, wait_until
from wall.cli.threads import threading_runtime
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.errors import KeyReused, PageNotFound, PledgeNotFound, StatusChangeNotAllowed
from wall.core.exports import Choice, FileKind
from wall.core.pledges import Outcome, Status
from wall.core.retention import Retention, gone_from_backups
from wall.core.server.backups import BACKUP_DAYS
from wall.services.events.deleting import clear_event, delete_event
from wall.services.events.finding import find_event
from wall.services.events.settings import choose_retention
from wall.services.exports.exporting import offer_export
from wall.services.exports.transfer import export_event, import_event
from wall.services.pledges.editing import correct_pledge
from wall.services.pledges.erasing import erase_own, erase_pledge, read_everything
from wall.services.pledges.me_too import say_me_too
from wall.services.pledges.moderation import hide_pledge, show_pledge
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.receipts import find_receipt, withdraw_pledge
from wall.services.pledges.revising import take_name_off
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.services.server.backups import back_up, back_up_and_prune
from wall.store import Store
from wall.store.engine import empty_log
from wall.store.files.backups import stamp
from wall.web.kit.context import Parts

HTML = {"Accept": "text/html"}
OFF_LOOP = threading_runtime().off_loop
WORDS = ("Shadow Zebedee", "Zebedee Quux", "Ward Eightyeight", "Shadow Zebediah", "Zebedee wrote back")


@pytest.fixture
def written(store: Store, cast: Cast) -> Submitted:
    """A pledge with everything that can hang on one."""
    code = cast.event.code
    draft = read_draft(
        a_draft("Shadow Zebediah.", name="Zebedee Quux", organisation="Ward Eightyeight", theme="Safety")
    )
    sent = submit_pledge(store, code, draft)
    corrected = Content("Shadow Zebedee.", "Zebedee Quux", "Ward Eightyeight", "Safety")
    correct_pledge(store, cast.moderator, code, sent.pledge.id, corrected)
    say_me_too(store, code, sent.pledge.id, "somebody’s phone")
    answer_pledge(store, sent.receipt_token, Outcome.KEPT, "Zebedee wrote back.")
    return sent


def test_its_author_is_shown_everything(guest: FlaskClient, written: Submitted) -> None:
    url = f"/receipt/{written.receipt_token}/everything"
    told, page = guest.get(url).json, guest.get(url, headers=HTML).text
    assert told
    assert told["pledge"]["text"] == "Shadow Zebedee."
    assert told["pledge"]["organisation"] == "Ward Eightyeight"
    assert told["pledge"]["me_too"] == 1
    assert [one["text"] for one in told["earlier"]] == ["Shadow Zebediah."]
    assert [one["sentence"] for one in told["answers"]] == ["Zebedee wrote back."]
    assert [one["what"] for one in told["deeds"]] == ["edited a pledge"]
    assert [words for words in WORDS if words not in page] == []


def test_nobody_else_is_named_or_told_a_secret(
    guest: FlaskClient, signed_in: SignIn, cast: Cast, written: Submitted
) -> None:
    own = guest.get(f"/receipt/{written.receipt_token}/everything").text
    desk = signed_in(cast.organiser).get(
        f"/desk/e/{cast.event.code}/pledges/{written.pledge.id}/everything", headers=HTML
    )
    assert [name for name in ("Dewi", "phone") if name in own] == []
    assert written.receipt_token not in desk.text


def test_its_author_erases_it_and_is_told_until_when_copies_have_it(
    store: Store, guest: FlaskClient, written: Submitted
) -> None:
    answer = guest.post(f"/receipt/{written.receipt_token}/erase", headers=HTML)
    page = guest.get(answer.location, headers=HTML)
    gone = gone_from_backups()
    assert f"{gone.day} {gone:%B %Y}" in page.text
    for path in ("", "/everything", "/qr.svg"):
        assert guest.get(f"/receipt/{written.receipt_token}{path}").status_code == 404
    with pytest.raises(PledgeNotFound):
        erase_own(store, OFF_LOOP, written.receipt_token)


def test_an_organiser_shows_and_erases_it_when_its_author_asks(
    store: Store, cast: Cast, signed_in: SignIn, written: Submitted
) -> None:
    desk = signed_in(cast.organiser)
    address = f"/desk/e/{cast.event.code}/pledges/{written.pledge.id}"
    assert "Zebedee wrote back." in desk.get(f"{address}/everything", headers=HTML).text
    erased = desk.post(f"{address}/erase", headers=HTML)
    assert (erased.status_code, erased.location) == (303, f"{address}/everything")
    assert "Only its number remains." in desk.get(erased.location, headers=HTML).text
    assert "erased a pledge" in desk.get(f"/desk/e/{cast.event.code}/audit").text


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_no_export_has_it_any_more_and_the_totals_still_add_up(
    store: Store, cast: Cast, signed_in: SignIn, written: Submitted, kind: FileKind
) -> None:
    say(store, cast.event.code, "Stays.")
    erase_own(store, OFF_LOOP, written.receipt_token)
    desk, code = signed_in(cast.organiser), cast.event.code
    told = all_text(kind, desk.get(f"/desk/e/{code}/export.{kind}?status=shown&status=withdrawn").data)
    assert "Stays." in told
    assert [words for words in WORDS if words in told] == []
    totals = offer_export(store, cast.organiser, code).totals
    assert (totals.received, totals.shown, totals.withdrawn) == (2, 1, 1)


def test_no_file_of_the_database_and_no_later_backup_has_it(
    store: Store, cast: Cast, tmp_path: Path, written: Submitted
) -> None:
    secrets = (*WORDS, written.receipt_token, "somebody’s phone")
    say(store, cast.event.code, "Stays.")
    assert in_files(tmp_path, *secrets) == list(secrets)
    erase_own(store, OFF_LOOP, written.receipt_token)
    assert in_files(tmp_path, *secrets) == []
    back_up(store.backups, OFF_LOOP)
    assert in_files(tmp_path, *secrets) == []
    assert in_files(tmp_path, "Stays.") == ["Stays."]


def test_wherever_in_the_database_it_was_nothing_of_it_stays(
    store: Store, cast: Cast, tmp_path: Path
) -> None:
    """Pages split and move; what was in them before must not be left behind."""
    dice = Random(5)
    sent = [
        say(store, cast.event.code, f"Secret{number:03} " + "word " * dice.randint(1, 50))
        for number in range(120)
    ]
    chosen = dice.sample(range(120), 60)
    for number in chosen:
        answer_pledge(store, sent[number].receipt_token, Outcome.KEPT, f"Answer{number:03}")
    for number in chosen:
        erase_own(store, OFF_LOOP, sent[number].receipt_token)
    gone = [f"{kind}{number:03}" for number in chosen for kind in ("Secret", "Answer")]
    assert in_files(tmp_path, *gone) == []
    kept = [f"Secret{number:03}" for number in range(120) if number not in chosen]
    assert in_files(tmp_path, *kept) == kept


def test_a_reader_in_the_way_only_puts_the_wiping_off(
    store: Store, tmp_path: Path, written: Submitted
) -> None:
    with store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM pledges").scalar()
        erase_own(store, OFF_LOOP, written.receipt_token)
    store.wipe()
    assert in_files(tmp_path, *WORDS) == []


def test_earlier_backups_are_gone_by_the_day_that_was_told(
    store: Store, tmp_path: Path, written: Submitted
) -> None:
    backup = back_up(store.backups, OFF_LOOP)
    erase_own(store, OFF_LOOP, written.receipt_token)
    assert in_files(tmp_path, WORDS[0]) == [WORDS[0]]
    longest = datetime.now(UTC) - timedelta(days=BACKUP_DAYS, minutes=1)
    backup.rename(backup.with_name(f"wall-{stamp(longest)}.db"))
    back_up_and_prune(store.backups, OFF_LOOP)
    assert in_files(tmp_path, WORDS[0]) == []


def restored(folder: Path, backup: Path) -> str:
    """What the command says; the database is what the backup holds."""
    done = run_py(folder, "restore", str(backup))
    assert done.returncode == 0, done.stdout
    return str(done.stdout)


def in_database(folder: Path, *words: str) -> list[str]:
    held = (folder / "wall.db").read_bytes()
    return [word for word in words if word.encode() in held]


def test_a_restore_of_an_earlier_backup_does_not_bring_it_back(
    store: Store, cast: Cast, tmp_path: Path, written: Submitted
) -> None:
    stays = say(store, cast.event.code, "Stays.")
    backup = back_up(store.backups, OFF_LOOP)
    erase_own(store, OFF_LOOP, written.receipt_token)
    store.close()
    assert "erased again" not in restored(tmp_path, backup)
    assert in_database(tmp_path, *WORDS) == []
    with closing(sqlite3.connect(tmp_path / "wall.db")) as connection:
        rows = dict(connection.execute("SELECT id, text FROM pledges").fetchall())
    assert rows == {written.pledge.id: "", stays.pledge.id: "Stays."}


def test_nor_does_one_after_a_wrong_older_one(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    older = back_up(store.backups, OFF_LOOP)
    sent: Submitted = request.getfixturevalue("written")
    right = back_up(store.backups, OFF_LOOP)
    erase_own(store, OFF_LOOP, sent.receipt_token)
    store.close()
    for backup in (older, right):
        restored(tmp_path, backup)
    assert in_database(tmp_path, *WORDS) == []


def test_nor_one_after_the_event_was_cleared(
    store: Store, cast: Cast, tmp_path: Path, written: Submitted
) -> None:
    backup = back_up(store.backups, OFF_LOOP)
    erase_own(store, OFF_LOOP, written.receipt_token)
    clear_event(store, OFF_LOOP, cast.organiser, cast.event.code, cast.event.title)
    store.close()
    restored(tmp_path, backup)
    assert in_database(tmp_path, *WORDS) == []


def test_nor_does_it_bring_names_back_that_were_let_go_also_with_another_day_since(
    store: Store, cast: Cast, tmp_path: Path, written: Submitted
) -> None:
    backup = back_up(store.backups, OFF_LOOP)
    let_the_day_pass(store, cast.event.code)
    choose_retention(store, cast.organiser, cast.event.code, Retention(NEXT_YEAR, ""))
    store.close()
    restored(tmp_path, backup)
    assert in_database(tmp_path, "Zebedee Quux", "Ward Eightyeight", written.receipt_token) == []
    assert in_database(tmp_path, "Shadow Zebedee.") == ["Shadow Zebedee."]


def test_nor_a_name_that_its_author_took_off(store: Store, tmp_path: Path, written: Submitted) -> None:
    backup = back_up(store.backups, OFF_LOOP)
    take_name_off(store, written.receipt_token)
    store.close()
    restored(tmp_path, backup)
    assert in_database(tmp_path, "Zebedee Quux", "Ward Eightyeight") == ["Ward Eightyeight"]


def test_nor_does_an_event_that_comes_back_from_its_file(
    store: Store, cast: Cast, tmp_path: Path, written: Submitted
) -> None:
    file = tmp_path / "carried" / "event.db"
    file.parent.mkdir()
    export_event(store, cast.event.code, file)
    erase_own(store, OFF_LOOP, written.receipt_token)
    delete_event(store, cast.organiser, cast.event.code, cast.event.title)
    import_event(store, file)
    store.wipe()
    file.unlink()
    assert in_files(tmp_path, *WORDS) == []


def damage(database: Path) -> None:
    database.write_bytes(b"SQLite format 3\0" + bytes(5000))


def empty(database: Path) -> None:
    database.write_bytes(b"")


@pytest.mark.parametrize("lose", [damage, empty, Path.unlink], ids=lambda one: one.__name__)
def test_a_restore_where_no_database_can_be_read_says_what_it_cannot_know(
    store: Store, tmp_path: Path, written: Submitted, lose: Callable[[Path], None]
) -> None:
    backup = back_up(store.backups, OFF_LOOP)
    erase_own(store, OFF_LOOP, written.receipt_token)
    store.close()
    lose(tmp_path / "wall.db")
    assert "Erase again what was erased after this backup was made." in restored(tmp_path, backup)


def test_a_file_that_was_made_before_is_not_handed_out_any_more(
    parts: Parts, cast: Cast, written: Submitted
) -> None:
    job = parts.exports.start(cast.organiser, cast.event.code, FileKind.CSV, Choice())
    wait_until(lambda: job.ready, "the file is ready")
    erase_own(parts.store, OFF_LOOP, written.receipt_token)
    with pytest.raises(PageNotFound):
        parts.exports.find(cast.organiser, cast.event.code, job.id)


def test_what_is_erased_while_others_are_wiped_away_is_wiped_too(
    store: Store, tmp_path: Path, written: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased: list[bool] = []

    def empty_and_erase(file: Path) -> bool:
        done = empty_log(file)
        if not erased:
            erased.append(True)
            take_name_off(store, written.receipt_token)
        return done

    monkeypatch.setattr("wall.store.store.empty_log", empty_and_erase)
    store.erase(lambda transaction: transaction.record("test"))  # the others
    for _ in range(2):
        store.wipe()
    assert erased == [True]
    assert in_files(tmp_path, "Zebedee Quux") == []


def test_every_screen_hears_of_it(
    app: Flask, guest: FlaskClient, parts: Parts, cast: Cast, written: Submitted
) -> None:
    wall = Screen(app, guest)
    version = wall.watch(event=cast.event.code)["to"]
    erase_own(parts.store, OFF_LOOP, written.receipt_token)
    told = wall.next_changes(version)
    assert (told["pledges"], told["removed"]) == ([], [written.pledge.id])
    (at_desk,) = desk_changes_since(parts.store, parts.addresses, cast.organiser, cast.event.code, version)[
        "pledges"
    ]
    assert (at_desk["erased"], at_desk["text"], at_desk["name"]) == (True, "", "")


def test_what_the_public_never_saw_is_not_even_named_when_it_is_erased(parts: Parts, cast: Cast) -> None:
    sent = say(parts.store, cast.event.code, "Visit bed 4.")
    version = find_event(parts.store, cast.event.code).version
    erase_own(parts.store, OFF_LOOP, sent.receipt_token)
    told = changes_since(parts.store, parts.addresses, cast.event.code, version)
    assert (told["pledges"], told["removed"]) == ([], [])


def test_what_was_taken_back_can_be_erased_too(store: Store, written: Submitted) -> None:
    withdraw_pledge(store, written.receipt_token)
    erase_own(store, OFF_LOOP, written.receipt_token)
    with pytest.raises(PledgeNotFound):
        read_everything(store, written.receipt_token)


def test_nobody_shows_corrects_or_finds_it_again(store: Store, cast: Cast, written: Submitted) -> None:
    code, pledge_id = cast.event.code, written.pledge.id
    erase_pledge(store, OFF_LOOP, cast.organiser, code, pledge_id)
    with pytest.raises(StatusChangeNotAllowed):
        show_pledge(store, cast.moderator, code, pledge_id)
    with pytest.raises(StatusChangeNotAllowed):
        hide_pledge(store, cast.moderator, code, pledge_id)
    with pytest.raises(StatusChangeNotAllowed):
        correct_pledge(store, cast.moderator, code, pledge_id, Content("Shadow Zebedee."))
    with pytest.raises(PledgeNotFound):
        find_receipt(store, written.receipt_token)


def test_a_phone_that_sends_it_once_more_does_not_bring_it_back(store: Store, cast: Cast) -> None:
    draft = read_draft(a_draft("Shadow Zebedee."))
    sent = submit_pledge(store, cast.event.code, draft)
    erase_own(store, OFF_LOOP, sent.receipt_token)
    with pytest.raises(KeyReused):
        submit_pledge(store, cast.event.code, draft)


def test_erasing_twice_is_done_once(store: Store, cast: Cast, written: Submitted) -> None:
    for _ in range(2):
        erase_pledge(store, OFF_LOOP, cast.organiser, cast.event.code, written.pledge.id)
        event = find_event(store, cast.event.code)
    assert event.version == find_event(store, cast.event.code).version
    with store.read() as connection:
        erased = connection.exec_driver_sql("SELECT count(*) FROM audit WHERE action = 'erase'").scalar()
    assert erased == 1


def test_its_number_is_not_given_again(store: Store, cast: Cast, written: Submitted) -> None:
    erase_own(store, OFF_LOOP, written.receipt_token)
    assert say(store, cast.event.code, "Next.").pledge.number == written.pledge.number + 1


@pytest.mark.parametrize("path", ["/everything", "/erase"])
def test_a_guessed_address_shows_and_erases_nothing(
    store: Store, guest: FlaskClient, written: Submitted, path: str
) -> None:
    wrong = f"/receipt/{written.receipt_token[:-1]}_{path}"
    method = "POST" if path == "/erase" else "GET"
    assert guest.open(wrong, method=method).status_code == 404
    assert find_receipt(store, written.receipt_token)[0].status is Status.SHOWN


def test_the_logs_of_a_server_hold_nothing_of_it(own_server: OwnServer) -> None:
    wait_until(
        lambda: list(own_server.folder.glob("backups/*.db")), "the first backup is made, before the name came"
    )
    sent = own_server.send(a_draft("Shadow Zebedee.", name="Zebedee Quux"))[1]
    path = sent["receipt"].removeprefix(own_server.url)
    own_server.post(f"{path}/answer", {"outcome": "kept", "sentence": "Zebedee wrote back."})
    own_server.get(f"{path}/everything")
    told = own_server.post(f"{path}/erase", {})
    assert told == (200, {"gone_from_backups": gone_from_backups().isoformat()})
    own_server.stop()
    printed = "\n".join(own_server.printed)
    assert [words for words in (*WORDS, path) if words in printed] == []
    assert in_files(own_server.folder, *WORDS) == []


def test_what_is_taken_along_is_plain_json(guest: FlaskClient, written: Submitted) -> None:
    told = guest.get(f"/receipt/{written.receipt_token}/everything")
    assert set(json.loads(told.data)) == {"event", "pledge", "earlier", "answers", "deeds", "keep_until"}
