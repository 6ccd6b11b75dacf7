"""What was pledged and what became of it: sums that are right, in every language, and pictures that match them."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from tests.live.test_watching import say
from wall.core.clock import iso
from wall.core.drafts import read_draft
from wall.core.languages import LANGUAGES
from wall.core.pledges import Outcome
from wall.core.summary import MOST_BARS, Day, GivenAnswer, Summand, by_day, over_time, summarise_pledges
from wall.core.texts.frequent_words import MOST_WORDS, FrequentWords, Word
from wall.services.events.summary import summarise_event
from wall.services.pledges.me_too import say_me_too
from wall.services.pledges.moderation import hide_pledge
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.receipts import withdraw_pledge
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.web.desk.charts import columns, curves, shares, values_up_to

START = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def seen(text: str = "Listen.", *, theme: str = "", organisation: str = "", me_too: int = 0) -> Summand:
    return Summand(iso(START), text, theme, organisation, me_too)


def test_pledges_and_me_too_are_counted_by_theme_and_those_without_one_come_last() -> None:
    pledged = summarise_pledges(
        [
            seen(me_too=3),
            seen(me_too=1),
            seen(),
            seen(theme="Safety", me_too=2),
            seen(theme="Care"),
            seen(theme="Care"),
        ]
    )
    assert [(one.name, one.pledges, one.me_too) for one in pledged.themes] == [
        ("Care", 2, 0),
        ("Safety", 1, 2),
        ("", 3, 4),
    ]
    assert (pledged.pledges, pledged.me_too) == (6, 6)


def test_an_organisation_is_one_however_it_is_typed() -> None:
    spelled = ("Leeds Teaching", "leeds  teaching", "LEEDS TEACHING", "Leeds Teaching", "Hull")
    pledged = summarise_pledges(seen(organisation=one) for one in spelled)
    assert [(one.name, one.pledges) for one in pledged.organisations] == [("Leeds Teaching", 4), ("Hull", 1)]


@pytest.mark.parametrize(
    ("minutes", "apart"),
    [([0, 0, 3], 1), ([0, 40], 5), ([0, 300], 15), ([0, 3 * 1440], 180), ([0, 300 * 1440], 30 * 1440)],
)
def test_time_is_cut_into_as_many_equal_stretches_as_a_picture_has_room_for(
    minutes: list[int], apart: int
) -> None:
    stretches = over_time([START + timedelta(minutes=one) for one in minutes])
    assert len(stretches) <= MOST_BARS + 1
    assert sum(one.pledges for one in stretches) == len(minutes)
    starts = [datetime.fromisoformat(one.at) for one in stretches]
    assert {later - earlier for earlier, later in pairwise(starts)} == {timedelta(minutes=apart)}


def test_one_moment_is_one_stretch_and_none_is_none() -> None:
    assert [one.pledges for one in over_time([START, START])] == [2]
    assert over_time([]) == []


def frequent_words(texts: list[str]) -> list[Word]:
    words = FrequentWords()
    for text in texts:
        words.add(text)
    return words.most_frequent()


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["I will listen to the patients.", "Listen more.", "listen, listen"], {"listen": 3}),
        (["Byddaf yn gwrando ar y claf.", "Gwrando mwy a thrwsio llai."], {"gwrando": 2}),
        (["Będę słuchać pacjentów.", "Słuchać i nie przerywać."], {"słuchać": 2}),
        (["سأستمع إلى المريض", "كل المريض في القسم"], {"المريض": 2}),
        (["Ask the NHS.", "The NHS asks."], {"NHS": 2}),
        (["The patient’s view", "a patient's view"], {"patient": 2, "view": 2}),
        (["one 2026 b7", "one 2026 b7"], {}),
        (["Only here."], {}),
    ],
)
def test_frequent_words_leave_out_what_every_sentence_has(texts: list[str], told: dict[str, int]) -> None:
    assert {one.word: one.pledges for one in frequent_words(texts)} == told


def test_the_most_frequent_words_come_first_and_not_too_many() -> None:
    texts = [f"word{chr(97 + one % 26)}{chr(97 + one // 26)}" for one in range(60)] * 2 + [
        "wordaa patients"
    ] * 3
    words = frequent_words(texts)
    assert (words[0].word, words[0].pledges, len(words)) == ("wordaa", 5, MOST_WORDS)


def test_day_by_day_an_author_counts_once_with_what_was_said_last() -> None:
    answers = [
        GivenAnswer("a", "2026-12-01T10:00:00.000Z", Outcome.STILL_GOING),
        GivenAnswer("b", "2026-12-01T11:00:00.000Z", Outcome.KEPT),
        GivenAnswer("a", "2026-12-09T10:00:00.000Z", Outcome.KEPT),
        GivenAnswer("b", "2026-12-24T10:00:00.000Z", Outcome.DROPPED),
    ]
    assert by_day(answers) == [Day("2026-12-01", 2, 1), Day("2026-12-09", 2, 2), Day("2026-12-24", 2, 1)]


@pytest.fixture
def followed(store: Store, cast: Cast, database: str) -> list[Submitted]:
    """Pledges of forty days ago, some with answers, and one of today."""
    sent = [say(store, cast.event.code, f"Pledge {number}") for number in range(4)]
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"), timeout=10)) as connection, connection:
        connection.execute("UPDATE pledges SET created_at = ?", (days_ago(40),))
    for one, ago, outcome in (
        (0, 33, Outcome.STILL_GOING),
        (0, 10, Outcome.KEPT),
        (1, 32, Outcome.DROPPED),
        (2, 1, Outcome.CHANGED),
    ):
        answer_pledge(store, sent[one].receipt_token, outcome, "")
        with (
            closing(sqlite3.connect(database.removeprefix("sqlite:///"), timeout=10)) as connection,
            connection,
        ):
            connection.execute(
                "UPDATE answers SET at = ? WHERE id = (SELECT max(id) FROM answers)", (days_ago(ago),)
            )
    say(store, cast.event.code, "Of today")
    return sent


def days_ago(days: int) -> str:
    return iso(datetime.now(UTC) - timedelta(days=days))


def test_how_it_stood_after_7_30_and_90_days(store: Store, cast: Cast, followed: list[Submitted]) -> None:
    stands = summarise_event(store, cast.organiser, cast.event.code).follow_up.stands
    told = [
        (one.days, one.asked, {name.value: count for name, count in one.outcomes.items() if count})
        for one in stands
    ]
    assert told == [
        (7, 4, {"still_going": 1}),
        (30, 4, {"kept": 1, "dropped": 1}),
        (90, 0, {}),
        (None, 5, {"kept": 1, "dropped": 1, "changed": 1}),
    ]


def test_who_took_a_pledge_back_is_not_asked(store: Store, cast: Cast, followed: list[Submitted]) -> None:
    withdraw_pledge(store, followed[0].receipt_token)
    found = summarise_event(store, cast.organiser, cast.event.code).follow_up
    assert (found.stands[-1].asked, found.stands[-1].answered) == (4, 2)
    assert found.days[-1].answered == 2


def test_only_what_is_on_the_wall_is_what_was_pledged(store: Store, cast: Cast, pledge: Submitted) -> None:
    code = cast.event.code
    shown = submit_pledge(store, code, read_draft(a_draft("Say thank you.", organisation="Hull")))
    hide_pledge(store, cast.organiser, code, pledge.pledge.id)
    say(store, code, "Visit bed 4.")
    for device in ("a", "b"):
        say_me_too(store, code, shown.pledge.id, device)
    found = summarise_event(store, cast.moderator, code)
    assert (found.pledged.pledges, found.pledged.me_too) == (1, 2)
    assert [one.content.text for one in found.most_agreed] == ["Say thank you."]


def test_sentences_that_wait_come_first(store: Store, cast: Cast) -> None:
    for sentence in ("Fine.", "Visit bed 4.", "Good."):
        answer_pledge(store, say(store, cast.event.code, "Listen.").receipt_token, Outcome.KEPT, sentence)
    found = summarise_event(store, cast.organiser, cast.event.code)
    assert [one.answer.sentence for one in found.sentences if one.answer] == [
        "Visit bed 4.",
        "Good.",
        "Fine.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_it_all_in_every_language(
    cast: Cast, signed_in: SignIn, followed: list[Submitted], language: str
) -> None:
    page = signed_in(cast.organiser).get(
        f"/desk/e/{cast.event.code}/look-back", headers={"Accept": "text/html", "Accept-Language": language}
    )
    assert page.status_code == 200
    assert page.text.count('<svg class="') >= 6
    assert "nan" not in page.text


def test_an_event_without_pledges_has_a_page_too(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.organiser).get(
        f"/desk/e/{cast.event.code}/look-back", headers={"Accept": "text/html"}
    )
    assert "There are no pledges on the wall yet." in page.text
    assert (
        "No one has replied yet. Authors can reply on their private page at any time. Those who set a reminder are asked after 7, 30 or 90 days."
        in page.text
    )


def test_what_people_wrote_cannot_become_part_of_the_page(
    store: Store, cast: Cast, signed_in: SignIn
) -> None:
    for _ in range(2):
        draft = a_draft("<script>alert(1)</script> quiet", organisation="<img src=x onerror=alert(1)>")
        sent = submit_pledge(store, cast.event.code, read_draft(draft))
        answer_pledge(store, sent.receipt_token, Outcome.KEPT, "<b>kept</b>")
    page = signed_in(cast.organiser).get(
        f"/desk/e/{cast.event.code}/look-back", headers={"Accept": "text/html"}
    )
    assert [tag for tag in ("<script>alert", "<img src=x", "<b>kept") if tag in page.text] == []


def paths(drawn: Any, name: str) -> int:
    return len(re.findall(rf'<g class="{name}"', drawn))


def test_pictures_have_a_part_for_each_number_but_none() -> None:
    assert paths(columns([3, 0, 1], [4, 2, 0]), "column") == 2
    assert paths(shares([("kept", 2), ("dropped", 0)], 4), "kept") == 1
    assert paths(shares([("kept", 2), ("dropped", 0)], 4), "dropped") == 0
    assert paths(curves([("answered", [1, 2]), ("kept", [0, 1])], [0, 1], [2, 1, 0]), "answered") == 1


@pytest.mark.parametrize(
    ("most", "values"),
    [
        (0, [1, 0]),
        (1, [1, 0]),
        (3, [3, 2, 1, 0]),
        (7, [8, 6, 4, 2, 0]),
        (9, [10, 5, 0]),
        (124, [150, 100, 50, 0]),
    ],
)
def test_an_axis_has_few_values_which_are_round(most: int, values: list[int]) -> None:
    assert values_up_to(most) == values


def test_a_bar_ends_where_the_axis_has_its_value() -> None:
    drawn = columns([4, 2, 1], [4, 2, 0])
    places = re.findall(r'translate\([\d.]+ ([\d.]+)\)"><rect width="[\d.]+" height="([\d.]+)"', drawn)
    assert [(float(y), float(high)) for y, high in places] == [(0, 220), (110, 110), (165, 55)]
    (lines,) = re.findall(r'class="lines" d="([^"]*)"', drawn)
    assert re.findall(r"M0.0 ([\d.]+)", lines) == ["0.0", "110.0"]


@pytest.mark.parametrize(
    "drawn",
    [
        columns([], [1, 0]),
        columns([0], [1, 0]),
        shares([], 0),
        curves([], [], [1, 0]),
        curves([("kept", [0])], [0], [1, 0]),
    ],
)
def test_a_picture_of_nothing_is_a_picture(drawn: Any) -> None:
    assert str(drawn).startswith('<svg class="')
    assert "nan" not in drawn


def test_the_same_numbers_make_the_same_picture() -> None:
    assert columns([1, 2, 3], [3, 0]) == columns([1, 2, 3], [3, 0])


def test_a_guest_sees_none_of_it(cast: Cast, guest: FlaskClient) -> None:
    answer = guest.get(f"/desk/e/{cast.event.code}/look-back", headers={"Accept": "text/html"})
    assert (answer.status_code, "pledge" in answer.text.lower()) == (302, False)
