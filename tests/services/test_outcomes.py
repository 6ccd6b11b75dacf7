"""How pledges went: authors reply on their private pages, and the follow-up wall shows what may be seen."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft, shut
from tests.live.test_watching import Screen, say
from tests.support.asking import changes_since
from wall.core.clock import iso
from wall.core.drafts import read_draft
from wall.core.errors import ChangedMeanwhile, PledgeWithdrawn
from wall.core.outcomes import OUTCOME_WORDS
from wall.core.pledges import Outcome, Status
from wall.services.events.remote import freeze_wall
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.outcomes import answer_pledge, hide_sentence, show_sentence
from wall.services.pledges.receipts import find_receipt, withdraw_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.web.kit.context import Parts

HTML = {"Accept": "text/html"}


@pytest.fixture
def url(pledge: Submitted) -> str:
    return f"/receipt/{pledge.receipt_token}"


def kept_wall(parts: Parts, code: str, since: int = 0) -> dict[str, Any]:
    return changes_since(parts.store, parts.addresses, code, since, "kept")


@pytest.mark.parametrize(
    ("days", "headings"),
    [
        (0, ["remind", "change", "copy", "data"]),
        (1, ["remind", "going", "change", "copy", "data"]),
        (6, ["going", "remind", "change", "copy", "data"]),
        (90, ["going", "remind", "change", "copy", "data"]),
    ],
)
def test_the_private_page_offers_a_reminder_first_and_weeks_later_asks_first(
    guest: FlaskClient, url: str, database: str, days: int, headings: list[str]
) -> None:
    a_while_ago = iso(datetime.now(UTC) - timedelta(days=days))
    run(database, f"UPDATE pledges SET created_at = '{a_while_ago}'")  # noqa: S608  our own words
    page = guest.get(url, headers=HTML).text
    assert re.findall(r'<h2 id="(\w+)-title">', page) == headings
    assert ("you wrote:" in page) == (days >= 6)


def test_who_has_answered_on_the_first_day_finds_the_answer(guest: FlaskClient, url: str) -> None:
    guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": ""}, headers=HTML)
    assert 'id="going-title"' in guest.get(url, headers=HTML).text


@pytest.mark.parametrize("outcome", Outcome, ids=str)
def test_an_author_says_how_it_is_going(guest: FlaskClient, url: str, outcome: Outcome) -> None:
    told = guest.post(f"{url}/answer", json={"outcome": outcome, "sentence": "We meet on Fridays."})
    assert told.json
    answer = told.json["pledge"]["answer"]
    assert (answer["outcome"], answer["sentence"], answer["status"]) == (
        outcome,
        "We meet on Fridays.",
        "shown",
    )


def test_one_tap_is_enough_also_without_script_and_after_the_event(
    store: Store, cast: Cast, guest: FlaskClient, url: str
) -> None:
    shut(store, cast.event.code)
    answered = guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": ""}, headers=HTML)
    assert (answered.status_code, answered.location) == (303, f"{url}#going")
    page = guest.get(url, headers=HTML).text
    assert 'value="kept" data-sign="✓" aria-pressed="true"' in page
    assert "Thank you. You replied on" in page


def test_an_answer_of_another_day_is_kept_beside_the_first_and_one_of_the_same_day_gives_way(
    store: Store, database: str, pledge: Submitted
) -> None:
    token = pledge.receipt_token
    answer_pledge(store, token, Outcome.STILL_GOING, "Slowly.")
    answer_pledge(store, token, Outcome.KEPT, "Done.")
    assert answers_in(database) == [("kept", "Done.")]

    run(database, "UPDATE answers SET at = '2026-01-01T10:00:00.000Z'")
    answer_pledge(store, token, Outcome.CHANGED, "")
    assert answers_in(database) == [("kept", "Done."), ("changed", "")]
    answer = find_receipt(store, token)[0].answer
    assert answer
    assert answer.outcome is Outcome.CHANGED


def test_saying_the_same_again_changes_nothing(store: Store, pledge: Submitted) -> None:
    once = answer_pledge(store, pledge.receipt_token, Outcome.KEPT, "Done.")
    assert answer_pledge(store, pledge.receipt_token, Outcome.KEPT, "Done.") == once


def test_what_was_taken_back_is_not_answered(
    store: Store, guest: FlaskClient, pledge: Submitted, url: str
) -> None:
    withdraw_pledge(store, pledge.receipt_token)
    with pytest.raises(PledgeWithdrawn):
        answer_pledge(store, pledge.receipt_token, Outcome.KEPT, "")
    assert 'id="going"' not in guest.get(url, headers=HTML).text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "nearly"}, "outcome"),
        ({"outcome": ["kept"]}, "outcome"),
        ({"outcome": "kept", "sentence": "x" * 141}, "sentence"),
        ({"outcome": "kept", "sentence": "\u202eevil"}, "sentence"),
        ({"outcome": "kept", "sentence": 5}, "sentence"),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_field_and_changes_nothing(
    store: Store, guest: FlaskClient, pledge: Submitted, url: str, sent: dict[str, Any], field: str
) -> None:
    told = guest.post(f"{url}/answer", json=sent)
    assert told.status_code == 422
    assert told.json
    assert list(told.json["error"]["fields"]) == [field]
    assert find_receipt(store, pledge.receipt_token)[0] == pledge.pledge


def test_what_was_typed_stays_on_the_page(guest: FlaskClient, url: str) -> None:
    page = guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": "x" * 141}, headers=HTML)
    assert page.status_code == 422
    assert f'value="{"x" * 141}"' in page.text
    assert 'id="sentence-problem" >' in page.text


@pytest.mark.parametrize("outcome", ["kept", "still_going", "changed"])
def test_the_kept_wall_tells_what_became_of_a_pledge(
    parts: Parts, cast: Cast, pledge: Submitted, outcome: str
) -> None:
    say(parts.store, cast.event.code, "Nobody says how it goes.")
    answer_pledge(parts.store, pledge.receipt_token, Outcome(outcome), "We meet on Fridays.")
    (told,) = kept_wall(parts, cast.event.code)["pledges"]
    assert (told["text"], told["outcome"], told["sentence"]) == (
        "Listen more.",
        outcome,
        "We meet on Fridays.",
    )


def test_what_was_dropped_leaves_the_kept_wall_and_is_not_told(
    parts: Parts, cast: Cast, pledge: Submitted
) -> None:
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "")
    version = kept_wall(parts, cast.event.code)["to"]
    answer_pledge(parts.store, pledge.receipt_token, Outcome.DROPPED, "No time.")
    told = kept_wall(parts, cast.event.code, version)
    assert (told["pledges"], told["removed"]) == ([], [pledge.pledge.id])
    assert "No time." not in str(kept_wall(parts, cast.event.code))


def test_a_hidden_pledge_is_not_on_the_kept_wall_either(parts: Parts, cast: Cast, pledge: Submitted) -> None:
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "")
    hide_pledge(parts.store, cast.organiser, cast.event.code, pledge.pledge.id)
    assert kept_wall(parts, cast.event.code)["pledges"] == []


@pytest.mark.parametrize("sentence", ["Visit bed 4.", "It was shit."])
def test_a_sentence_that_needs_a_look_waits_and_is_told_to_nobody(
    parts: Parts, cast: Cast, guest: FlaskClient, pledge: Submitted, url: str, sentence: str
) -> None:
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, sentence)
    (told,) = kept_wall(parts, cast.event.code)["pledges"]
    assert (told["outcome"], told["sentence"]) == ("kept", "")
    for path in ("/wall/kept", "/wall/kept/text", "/pledges?as=kept", "/pledges", "/wall/text"):
        assert sentence not in guest.get(f"/e/{cast.event.code}{path}").text
    assert "An organiser will check your comment before others see it." in guest.get(url, headers=HTML).text


def test_where_organisers_look_first_they_look_at_sentences_too(
    parts: Parts, cast: Cast, database: str, pledge: Submitted
) -> None:
    run(database, "UPDATE events SET moderation = 'before'")
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "We meet on Fridays.")
    assert kept_wall(parts, cast.event.code)["pledges"][0]["sentence"] == ""


def test_a_moderator_shows_and_hides_a_sentence(
    parts: Parts, cast: Cast, signed_in: SignIn, pledge: Submitted
) -> None:
    answered = answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "Visit bed 4.")
    assert answered.answer
    address = f"/desk/e/{cast.event.code}/pledges/{pledge.pledge.id}/sentence"
    desk, seen = signed_in(cast.moderator), answered.answer.at
    for to, told in (("show", "Visit bed 4."), ("hide", "")):
        assert desk.post(address, data={"to": to, "seen": seen}, headers=HTML).status_code == 303
        assert kept_wall(parts, cast.event.code)["pledges"][0]["sentence"] == told
    assert "approved a comment" in desk.get(f"/desk/e/{cast.event.code}/audit").text


def test_a_sentence_that_its_author_changed_meanwhile_is_not_shown_unread(
    parts: Parts, cast: Cast, pledge: Submitted
) -> None:
    code, token = cast.event.code, pledge.receipt_token
    before = answer_pledge(parts.store, token, Outcome.KEPT, "Visit bed 4.").answer
    answer_pledge(parts.store, token, Outcome.KEPT, "Visit bed 5.")
    assert before
    for settle in (show_sentence, hide_sentence):
        with pytest.raises(ChangedMeanwhile):
            settle(parts.store, cast.moderator, code, pledge.pledge.id, before.at)
    answer = find_receipt(parts.store, token)[0].answer
    assert answer
    assert answer.status is Status.WAITING


def test_a_sentence_that_was_hidden_stays_hidden_and_another_one_waits(
    parts: Parts, cast: Cast, pledge: Submitted
) -> None:
    code, token = cast.event.code, pledge.receipt_token
    answer = answer_pledge(parts.store, token, Outcome.KEPT, "Not for the wall.").answer
    assert answer
    hide_sentence(parts.store, cast.moderator, code, pledge.pledge.id, answer.at)
    for outcome, sentence in ((Outcome.CHANGED, "Not for the wall."), (Outcome.KEPT, "Nor this one.")):
        answer_pledge(parts.store, token, outcome, sentence)
        (told,) = kept_wall(parts, code)["pledges"]
        assert (told["outcome"], told["sentence"]) == (outcome, "")


def test_a_sentence_that_was_shown_needs_no_second_look(
    parts: Parts, cast: Cast, database: str, pledge: Submitted
) -> None:
    run(database, "UPDATE events SET moderation = 'before'")
    answer = answer_pledge(parts.store, pledge.receipt_token, Outcome.STILL_GOING, "On Fridays.").answer
    assert answer
    show_sentence(parts.store, cast.moderator, cast.event.code, pledge.pledge.id, answer.at)
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "On Fridays.")
    assert kept_wall(parts, cast.event.code)["pledges"][0]["sentence"] == "On Fridays."


def test_nobody_can_read_from_a_version_who_dropped_a_pledge(
    store: Store, cast: Cast, guest: FlaskClient, pledge: Submitted
) -> None:
    addresses = [
        f"/e/{cast.event.code}/pledges?{asked}" for asked in ("", "since=1", "as=kept", "as=kept&since=1")
    ]
    before = [guest.get(address).json for address in addresses]
    answer_pledge(store, pledge.receipt_token, Outcome.DROPPED, "No time.")
    assert [guest.get(address).json for address in addresses] == before


def test_a_frozen_kept_wall_shows_no_words_that_nobody_has_seen(
    parts: Parts, cast: Cast, pledge: Submitted
) -> None:
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "Seen.")
    frozen_at = freeze_wall(parts.store, cast.moderator, cast.event.code).frozen_at
    answer_pledge(parts.store, pledge.receipt_token, Outcome.KEPT, "Not seen yet.")
    (told,) = kept_wall(parts, cast.event.code)["pledges"]
    assert frozen_at is not None
    assert told["shown_since"] > frozen_at


def test_the_same_said_on_another_day_is_an_answer_of_that_day(
    store: Store, database: str, pledge: Submitted
) -> None:
    for _ in range(2):
        answer_pledge(store, pledge.receipt_token, Outcome.STILL_GOING, "")
        run(database, "UPDATE answers SET at = '2026-01-01T10:00:00.000Z'")
    assert answers_in(database) == [("still_going", "")] * 2


def test_an_answer_that_could_not_be_stored_says_so_without_script(
    store: Store, cast: Cast, guest: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut(store, cast.event.code)
    monkeypatch.setattr(store.ledger, "closed", True)
    page = guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": "Typed."}, headers=HTML)
    assert page.status_code == 503
    assert "The server cannot save this at the moment. Nothing was lost. Try again shortly." in page.text
    assert 'value="Typed."' in page.text


def test_the_comment_comes_after_the_reply_and_neither_changes_the_other(
    guest: FlaskClient, url: str
) -> None:
    assert 'id="sentence"' not in guest.get(url, headers=HTML).text
    guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": ""}, headers=HTML)
    guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": "We meet on Fridays."}, headers=HTML)
    outcomes, comment = re.findall(
        r"<form .*?/answer.*?</form>", guest.get(url, headers=HTML).text, re.DOTALL
    )
    assert re.findall(r'name="outcome" value="(\w+)"', outcomes) == list(OUTCOME_WORDS)
    assert '<input type="hidden" name="sentence" value="We meet on Fridays.">' in outcomes
    assert '<input type="hidden" name="outcome" value="kept">' in comment
    assert comment.count("<button") == 1  # so it is what Enter presses


def test_one_word_is_used_for_what_an_author_replied(guest: FlaskClient, url: str) -> None:
    guest.post(f"{url}/answer", data={"outcome": "kept", "sentence": "Done."}, headers=HTML)
    for page in (url, f"{url}/everything"):
        read = re.sub(r"<.*?>", "", guest.get(page, headers=HTML).text, flags=re.DOTALL)
        assert re.search("repl(y|ies|ied)", read, re.IGNORECASE)
        assert not re.search("answer|update", read, re.IGNORECASE)


def test_the_desk_says_the_truth_of_what_was_dropped_and_of_what_was_taken_back(
    store: Store, cast: Cast, signed_in: SignIn, pledge: Submitted
) -> None:
    taken_back = say(store, cast.event.code, "Taken back.")
    answer_pledge(store, pledge.receipt_token, Outcome.DROPPED, "No time.")
    answer_pledge(store, taken_back.receipt_token, Outcome.KEPT, "Visit bed 4.")
    withdraw_pledge(store, taken_back.receipt_token)
    page = signed_in(cast.moderator).get(f"/desk/e/{cast.event.code}/look-back", headers=HTML).text
    assert "No time." in page
    assert [words for words in ("May be shown on the follow-up wall.", "Visit bed 4.") if words in page] == []


def test_the_kept_wall_is_told_at_once_and_the_other_walls_hear_no_outcome(
    app: Flask, guest: FlaskClient, store: Store, cast: Cast, pledge: Submitted
) -> None:
    kept, wall = Screen(app, guest), Screen(app, app.test_client())
    version = kept.watch(event=cast.event.code, **{"as": "kept"})["to"]
    wall.watch(event=cast.event.code)
    answer_pledge(store, pledge.receipt_token, Outcome.KEPT, "We meet on Fridays.")

    assert kept.next_changes(version)["pledges"][0]["outcome"] == "kept"
    (told,) = wall.next_changes(version)["pledges"]
    assert not {"outcome", "sentence", "answer"} & set(told)


def test_a_phone_that_sends_once_more_after_an_answer_gets_its_first_answer(store: Store, cast: Cast) -> None:
    draft = read_draft(a_draft("Listen more."))
    first = submit_pledge(store, cast.event.code, draft)
    answer_pledge(store, first.receipt_token, Outcome.KEPT, "")
    again = submit_pledge(store, cast.event.code, draft)
    assert (again.new, again.receipt_token) == (False, first.receipt_token)


def test_an_answer_does_not_stand_in_the_way_of_a_moderator(
    store: Store, cast: Cast, pledge: Submitted
) -> None:
    answer_pledge(store, pledge.receipt_token, Outcome.KEPT, "")
    hidden = hide_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id, seen=pledge.pledge.version)
    assert hidden.status is Status.HIDDEN


def answers_in(database: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        return connection.execute("SELECT outcome, sentence FROM answers ORDER BY id").fetchall()


def run(database: str, statement: str) -> None:
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement)
