"""A scribe enters pledges for people: from paper cards one by one, and many pasted from a spreadsheet."""

import csv
import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft, shut
from tests.support.asking import desk_changes_since
from tests.support.cases import case
from tests.web.test_roles import HTML, JSON, error_of, everything_stored
from wall.core import sheet as reading
from wall.core.content import Content
from wall.core.errors import BadInput, TryAgain
from wall.core.event_settings import EventSettings
from wall.core.prompts import Prompts
from wall.core.sheet import LONGEST_SHEET, MOST_LINES, MOST_ROWS, read_sheet
from wall.services.events.lifecycle import archive_event
from wall.services.events.settings import change_prompts, edit_event
from wall.services.pledges.adding import LATEST_OWN
from wall.services.pledges.editing import correct_pledge
from wall.services.pledges.moderation import hide_pledge, hold_pledge, show_pledge
from wall.services.pledges.submitting import Submitted
from wall.store import Store
from wall.web.desk import adding
from wall.web.kit.context import Parts

HEADING = "Added for someone else"


class ScribeDesk:
    """Where pledges are entered for people."""

    def __init__(self, browser: FlaskClient, code: str) -> None:
        self._browser = browser
        self._path = f"/desk/e/{code}/enter"

    def enter(self, sent: dict[str, Any], accept: str = JSON) -> TestResponse:
        return self._post("", sent, accept)

    def page(self, query: str = "") -> str:
        return self._browser.get(f"{self._path}{query}", headers={"Accept": HTML}).text

    def preview(self, sheet: str, accept: str = HTML) -> TestResponse:
        return self._post("/sheet", {"sheet": sheet}, accept)

    def rows_of(self, sheet: str) -> str:
        """What the button of a preview sends."""
        found = re.search(r'name="rows" value="([^"]*)"', self.preview(sheet).text)
        assert found, "the preview offers to store something"
        return html.unescape(found[1])

    def store_rows(self, rows: str, accept: str = JSON) -> TestResponse:
        return self._post("/rows", {"rows": rows}, accept)

    def change(self, card: dict[str, Any], form: dict[str, Any], accept: str = JSON) -> TestResponse:
        return self._post(f"/{card['id']}", form, accept)

    def take_back(self, card: dict[str, Any], accept: str = HTML) -> TestResponse:
        return self._post(f"/{card['id']}/take-back", {}, accept)

    def _post(self, path: str, form: dict[str, Any], accept: str) -> TestResponse:
        return self._browser.post(self._path + path, data=form, headers={"Accept": accept})


@pytest.fixture
def desk(cast: Cast, signed_in: SignIn) -> ScribeDesk:
    return ScribeDesk(signed_in(cast.scribe), cast.event.code)


def on_desk(parts: Parts, cast: Cast) -> list[dict[str, Any]]:
    """The event's pledges, as a moderator sees them."""
    answer = desk_changes_since(parts.store, parts.addresses, cast.moderator, cast.event.code, 0)
    pledges: list[dict[str, Any]] = answer["pledges"]
    return pledges


def check_before_opening(store: Store, cast: Cast) -> None:
    """From now on pledges wait for an organiser."""
    settings = EventSettings(cast.event.title, cast.event.question, moderation="before")
    edit_event(store, cast.organiser, cast.event.code, settings)


def test_a_pledge_is_stored_once_for_its_key_and_marked(desk: ScribeDesk, parts: Parts, cast: Cast) -> None:
    card = a_draft("I will call first.", name="Zofia", organisation="Ward 4", theme="Safety")
    first, again = desk.enter(card), desk.enter(card)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    (pledge,) = on_desk(parts, cast)
    assert (pledge["text"], pledge["name"], pledge["organisation"], pledge["theme"]) == (
        "I will call first.", "Zofia", "Ward 4", "Safety",
    )  # fmt: skip
    assert (pledge["entered_by"], pledge["status"]) == (cast.scribe.id, "shown")


def test_the_audit_names_who_entered_it_and_once(desk: ScribeDesk, store: Store, cast: Cast) -> None:
    card = a_draft("I will call first.")
    pledge = desk.enter(card).get_json()["pledge"]
    desk.enter(card)
    with store.read() as connection:
        (row,) = connection.exec_driver_sql(
            "SELECT event_id, organiser_id, pledge_id FROM audit WHERE action = 'enter'"
        )
    assert tuple(row) == (cast.event.id, cast.scribe.id, pledge["id"])


def test_a_scribe_gets_no_receipt_of_somebody_else(desk: ScribeDesk) -> None:
    assert "receipt" not in desk.enter(a_draft("I will call first.")).text


def test_what_an_attendee_sent_was_entered_by_nobody(parts: Parts, cast: Cast, pledge: Submitted) -> None:
    assert [one["entered_by"] for one in on_desk(parts, cast)] == [None]


def test_what_a_scribe_enters_waits_where_others_wait(desk: ScribeDesk, store: Store, cast: Cast) -> None:
    detailed = desk.enter(a_draft("Visit bed 4.")).get_json()["pledge"]
    assert (detailed["status"], detailed["held_for"]) == ("waiting", "patient_details")

    check_before_opening(store, cast)
    plain = desk.enter(a_draft("I will call first.")).get_json()["pledge"]
    assert (plain["status"], plain["held_for"]) == ("waiting", "")


def test_cards_are_entered_when_the_event_is_over(
    desk: ScribeDesk, store: Store, cast: Cast, guest: FlaskClient
) -> None:
    shut(store, cast.event.code)
    assert desk.enter(a_draft("From a card.")).status_code == 201
    assert desk.store_rows(desk.rows_of("From a sheet.")).status_code == 200
    archive_event(store, cast.organiser, cast.event.code)
    assert desk.enter(a_draft("From another card.")).status_code == 201
    assert guest.post(f"/e/{cast.event.code}/pledges", json=a_draft("Late.")).status_code == 403


def test_without_javascript_the_next_card_is_ready(desk: ScribeDesk, cast: Cast) -> None:
    answer = desk.enter(a_draft("I will call first."), HTML)
    assert (answer.status_code, answer.location) == (303, f"/desk/e/{cast.event.code}/enter?entered=1")
    assert "Pledge 1 saved." in desk.page("?entered=1")


@pytest.mark.parametrize(
    ("field", "wrong", "kept"),
    [
        ("text", "", "Ward 4"),
        ("text", "x" * 281, "x" * 281),
        ("name", "y" * 61, "y" * 61),
        ("theme", "Cake", "I will call first."),
    ],
)
def test_without_javascript_what_does_not_fit_is_said_beside_its_field_and_stays_typed(
    desk: ScribeDesk, database: str, field: str, wrong: str, kept: str
) -> None:
    card = a_draft("I will call first.", name="Zofia", organisation="Ward 4") | {field: wrong}
    stored = everything_stored(database)
    refused = desk.enter(card)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, [field])
    page = desk.enter(card, HTML)
    assert page.status_code == 422
    assert re.search(rf'<p class="problem" id="{field}-problem">\w', page.text)
    assert (kept in page.text, card["key"] in page.text) == (True, True)
    assert everything_stored(database) == stored


def test_a_key_of_another_card_is_refused_and_the_text_stays(desk: ScribeDesk, database: str) -> None:
    card = a_draft("I will call first.")
    desk.enter(card)
    stored = everything_stored(database)
    assert error_of(desk.enter(card | {"text": "I will wait."})) == (409, "key_reused")
    assert "I will wait." in desk.enter(card | {"text": "I will wait."}, HTML).text
    assert everything_stored(database) == stored


LISTEN = Content("Listen.", "Maria", "Ward 4", "Safety")


@pytest.mark.parametrize(
    ("pasted", "contents"),
    [
        ("Listen.\tMaria\tWard 4\tSafety", [LISTEN]),
        ("Listen.\tMaria\tWard 4\tSafety\tanother column\t", [LISTEN]),
        ("  Listen. \t Maria\t\tSafety\r\nAct.\r\n", [Content("Listen.", "Maria", "", "Safety"), Content("Act.")]),
        ("Listen.\nAct.\n", [Content("Listen."), Content("Act.")]),
        ("Listen.\rAct.\r", [Content("Listen."), Content("Act.")]),
        ('"Listen.\nThen act."\tMaria\nAct.', [Content("Listen.\nThen act.", "Maria"), Content("Act.")]),
        ('"Say ""yes"".\nOften."', [Content('Say "yes".\nOften.')]),
        ('"Listen.\tMaria\nAct.', [Content('"Listen.', "Maria"), Content("Act.")]),
        ('"Be kind" to all', [Content('"Be kind" to all')]),
        ('Say "yes" often.', [Content('Say "yes" often.')]),
        ("\n\nListen.\n\t\t\t\n   \nAct.\n\n", [Content("Listen."), Content("Act.")]),
        ("Theme\tName\t  PLEDGE\tWhere from\nSafety\tMaria\tListen.\tWard 4", [LISTEN]),
        ("When\tpledge\tTable\nMonday\tListen.\t7\nTuesday\tAct.\t8", [Content("Listen."), Content("Act.")]),
        ("text\nListen.", [Content("Listen.")]),
        ("Name\tTheme\nListen.\tMaria", [Content("Name", "Theme"), Content("Listen.", "Maria")]),
        ("Listen\vthen act.\tMaria", [Content("Listen\nthen act.", "Maria")]),
        ("Listen\u2028then act.\tMaria\x85Ann", [Content("Listen\nthen act.", "Maria Ann")]),
        ("=1+1\n+44 calls a day\n@team", [Content("=1+1"), Content("+44 calls a day"), Content("@team")]),
    ],
    ids=lambda value: ascii(value)[:50] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_sheet_is_read_as_it_was_copied(cast: Cast, pasted: str, contents: list[Content]) -> None:
    assert [row.content for row in read_sheet(pasted, cast.event)] == contents


def test_rows_are_counted_before_they_are_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: Any) -> None:
        raise AssertionError("there are too many")

    monkeypatch.setattr(reading, "_read_row", read)
    for pasted in ("a\n" * 100_000, "\n" * 100_000, "x" * (LONGEST_SHEET + 1)):
        with pytest.raises(BadInput):
            read_sheet(pasted, cast.event)


def test_the_columns_may_be_named_in_the_reader_s_language(desk: ScribeDesk) -> None:
    rows = desk.rows_of("Name\tPledge\nMaria\tListen.")
    assert json.loads(rows)[0]["name"] == "Maria"


def test_rows_are_numbered_as_in_the_sheet(cast: Cast) -> None:
    pasted = 'Pledge\nListen.\n\n"Act\nnow."\nGo.'
    assert [row.number for row in read_sheet(pasted, cast.event)] == [2, 4, 5]


DO_NOT_FIT = {
    "x" * 281: ["text"],
    "\tMaria": ["text"],
    "Listen.\t" + "y" * 61: ["name"],
    "Listen.\t\t\tCake": ["theme"],
    "Listen.\x00": ["text"],
    "x" * 281 + "\t\t\tCake": ["text", "theme"],
    '"Listen.\nAct.\n' + "Go.\n" * 100 + '"': ["text"],
}


def test_a_row_that_does_not_fit_says_why(cast: Cast) -> None:
    for row, fields in DO_NOT_FIT.items():
        with case(ascii(row)):
            (read,) = read_sheet(row, cast.event)
            assert (read.content, list(read.problems)) == (None, fields)


@pytest.mark.parametrize(
    "pasted", ["", " \n\t\t\n", "Pledge\tName\n", "Listen.\n" * (MOST_ROWS + 1), "x" * 200_000,
        "\n" * (MOST_LINES + 1) + "Listen."],
    ids=["nothing", "blanks", "headings alone", "too many", "one endless cell", "too many empty ones"],
)  # fmt: skip
def test_a_sheet_without_rows_or_with_too_many_is_refused_and_stays_typed(
    desk: ScribeDesk, database: str, pasted: str
) -> None:
    stored = everything_stored(database)
    refused = desk.preview(pasted, JSON)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, ["sheet"])
    page = desk.preview(pasted)
    assert (page.status_code, '<details class="sheet" open>' in page.text) == (422, True)
    assert pasted.strip() in page.text
    assert everything_stored(database) == stored


def test_a_preview_shows_every_row_and_stores_none(desk: ScribeDesk, database: str) -> None:
    stored = everything_stored(database)
    page = desk.preview("Listen.\tMaria\nAct.\t\t\tCake\n<b>Go.</b>").text
    assert everything_stored(database) == stored
    assert all(text in page for text in ("Listen.", "Maria", "Act.", "Cake", "&lt;b&gt;Go.&lt;/b&gt;"))
    assert "Choose a theme from the list." in page
    rows = json.loads(desk.rows_of("Listen.\tMaria\nAct.\t\t\tCake\n<b>Go.</b>"))
    assert [row["text"] for row in rows] == ["Listen.", "<b>Go.</b>"]


def waits_in(page: str) -> list[str]:
    """What each row of a preview says of its waiting; empty where it does not wait."""
    rows = re.findall(r"<tr[^>]*><td>\d+</td>.*?</tr>", page, re.DOTALL)
    return ["".join(re.findall(r'<span class="waits">(.*?)</span>', row)) for row in rows]


def test_a_preview_says_which_rows_will_wait_and_they_do(
    desk: ScribeDesk, store: Store, parts: Parts, cast: Cast
) -> None:
    change_prompts(store, cast.organiser, cast.event.code, Prompts(("Safety",), (), ("synerg*",), "en"))
    sheet = "Listen.\nVisit bed 4.\nFind synergies.\nAct.\t\t\tCake"
    page = desk.preview(sheet).text
    assert waits_in(page) == [
        "",
        "Will wait for approval: it may identify a patient.",
        "Will wait for approval: it contains a word to check.",
        "",
    ]
    assert re.search(r"<b>2</b> rows will wait for approval", page)
    desk.store_rows(desk.rows_of(sheet))
    assert [one["status"] for one in on_desk(parts, cast)] == ["shown", "waiting", "waiting"]


def test_where_organisers_look_first_every_row_that_fits_will_wait(
    desk: ScribeDesk, store: Store, cast: Cast
) -> None:
    check_before_opening(store, cast)
    page = desk.preview("Listen.\nAct.\t\t\tCake").text
    assert waits_in(page) == ["Will wait for approval.", ""]
    assert re.search(r"<b>1</b> row will wait for approval", page)


def test_where_no_row_fits_nothing_is_offered_to_be_stored(desk: ScribeDesk) -> None:
    assert "Save these rows" not in desk.preview("Act.\t\t\tCake").text


def test_the_rows_are_stored_once_however_often_somebody_presses(
    desk: ScribeDesk, parts: Parts, cast: Cast
) -> None:
    rows = desk.rows_of("Listen.\tMaria\tWard 4\tSafety\nAct.")
    for _ in range(2):
        answer = desk.store_rows(rows, HTML)
        assert answer.location == f"/desk/e/{cast.event.code}/enter?rows=2"
    assert [(one["number"], one["text"], one["entered_by"]) for one in on_desk(parts, cast)] == [
        (1, "Listen.", cast.scribe.id),
        (2, "Act.", cast.scribe.id),
    ]
    assert "2 rows saved." in desk.page("?rows=2")


def test_all_rows_are_stored_or_none(desk: ScribeDesk, store: Store, cast: Cast, database: str) -> None:
    rows = desk.rows_of("Act.\nListen.\t\t\tSafety")
    change_prompts(store, cast.organiser, cast.event.code, Prompts(("Kindness",), (), (), "en"))
    stored = everything_stored(database)
    refused = desk.store_rows(rows)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, ["theme"])
    assert everything_stored(database) == stored


def rows_on(page: TestResponse) -> list[dict[str, Any]]:
    found = re.search(r'name="rows" value="([^"]*)"', page.text)
    rows: list[dict[str, Any]] = json.loads(html.unescape(found[1])) if found else []
    return rows


def test_a_refused_sheet_is_shown_again_and_what_fits_can_be_stored(
    desk: ScribeDesk, store: Store, cast: Cast, parts: Parts
) -> None:
    rows = desk.rows_of("Pledge\tTheme\nListen.\tSafety\n\nAct.\n")
    change_prompts(store, cast.organiser, cast.event.code, Prompts(("Kindness",), (), (), "en"))
    refused = desk.store_rows(rows, HTML)

    assert refused.status_code == 422
    assert 'role="alert">There is a problem.' in refused.text
    assert re.findall(r'<td>(\d)</td><td dir="auto">(\w+\.)', refused.text) == [
        ("2", "Listen."),
        ("4", "Act."),
    ]
    assert "Choose a theme from the list." in refused.text
    left = rows_on(refused)
    assert left == json.loads(rows)[1:]
    desk.store_rows(json.dumps(left))
    assert [one["text"] for one in on_desk(parts, cast)] == ["Act."]


def test_a_sheet_that_could_not_be_stored_just_now_is_still_there(
    desk: ScribeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_busy(*_: Any) -> None:
        raise TryAgain

    rows = desk.rows_of("Listen.\tMaria\nAct.")
    monkeypatch.setattr(adding, "enter_pledges", be_busy)
    page = desk.store_rows(rows, HTML)
    assert (page.status_code, rows_on(page)) == (503, json.loads(rows))
    assert "Nothing was lost. Try again shortly." in page.text


def test_the_same_sheet_pasted_again_is_stored_once_and_another_one_anew(
    desk: ScribeDesk, parts: Parts, cast: Cast
) -> None:
    for sheet in ("Listen.\nListen.", "Listen.\nListen.", "Listen.\nAct."):
        assert desk.store_rows(desk.rows_of(sheet)).status_code == 200
    assert [one["text"] for one in on_desk(parts, cast)] == ["Listen.", "Listen.", "Listen.", "Act."]


def test_two_events_do_not_share_the_rows_of_a_sheet(cast: Cast) -> None:
    ours, theirs = (read_sheet("Listen.\nAct.", event) for event in (cast.event, cast.other_event))
    assert len({one.key for one in [*ours, *theirs]}) == 4


def row(**cells: Any) -> dict[str, Any]:
    return {"key": "00000000-0000-4000-8000-000000000001", "text": "Listen."} | cells


NO_ROWS = [
    "", "Listen.", "null", "7", '"text"', "{}", json.dumps(row()), "[]", "[1]", "[[]]", "[null]", "[{}]",
     json.dumps([row(), "Act."]), json.dumps([row(), {"text": "Act."}]), json.dumps([row(key="7")]),
     json.dumps([row(text=5)]), json.dumps([row(), row(name=["Maria"])]), json.dumps([row(text="\ud800")]),
     json.dumps([row(theme="Cake")]), json.dumps([row()] * (MOST_ROWS + 1)), "[" * 100_000,
     '{"a":' * 100_000, "[" + "9" * 5_000 + "]",
]  # fmt: skip


def test_rubbish_instead_of_rows_stores_nothing(desk: ScribeDesk, database: str) -> None:
    stored = everything_stored(database)
    for rows in NO_ROWS:
        with case(rows):
            assert error_of(desk.store_rows(rows)) == (422, "bad_input")
            assert desk.store_rows(rows, HTML).status_code == 422
            assert everything_stored(database) == stored


def test_a_whole_sheet_of_long_pledges_is_taken(desk: ScribeDesk, parts: Parts, cast: Cast) -> None:
    long = "ش" * cast.event.text_limit
    rows = desk.rows_of(f"{long}\n" * MOST_ROWS)
    assert len(desk.store_rows(rows).get_json()["pledges"]) == MOST_ROWS
    assert {one["text"] for one in on_desk(parts, cast)} == {long}


def test_an_event_that_asks_no_name_takes_none_from_a_sheet(
    desk: ScribeDesk, parts: Parts, cast: Cast, store: Store
) -> None:
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", asks=("organisation",)))
    assert "Maria" not in desk.rows_of("Listen.\tMaria\tWard 4")
    desk.store_rows(json.dumps([row(name="Maria")]))
    desk.enter(a_draft("Act.", name="Maria"))
    assert [one["name"] for one in on_desk(parts, cast)] == ["", ""]


def test_a_scribe_corrects_what_they_entered(
    desk: ScribeDesk, parts: Parts, cast: Cast, store: Store
) -> None:
    card = desk.enter(a_draft("Listn more.", name="Zofia", theme="Safety")).get_json()["pledge"]
    page = desk.page(f"/{card['id']}")
    assert ("Listn more." in page, "Zofia" in page) == (True, True)
    form = {"text": "Listen more.", "name": "Zofia", "theme": "Safety", "seen": card["version"]}
    told = desk.change(card, form, HTML)

    assert (told.status_code, told.location) == (303, f"/desk/e/{cast.event.code}/enter")
    (corrected,) = on_desk(parts, cast)
    assert (corrected["text"], corrected["name"], corrected["status"]) == ("Listen more.", "Zofia", "shown")
    assert (corrected["entered_by"], corrected["decided_by"]) == (cast.scribe.id, None)
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT text FROM revisions").scalars().all()
        done = connection.exec_driver_sql("SELECT organiser_id FROM audit WHERE action = 'correct'").scalars()
        assert (kept, done.all()) == (["Listn more."], [cast.scribe.id])


def test_a_scribe_s_correction_goes_round_no_moderator(desk: ScribeDesk, cast: Cast, store: Store) -> None:
    card = desk.enter(a_draft("Listen more.")).get_json()["pledge"]
    assert desk.change(card, {"text": "Visit bed 4."}).get_json()["pledge"]["status"] == "waiting"
    assert desk.change(card, {"text": "Visit a patient."}).get_json()["pledge"]["status"] == "shown"
    hold_pledge(store, cast.moderator, cast.event.code, card["id"])
    assert desk.change(card, {"text": "Visit."}).get_json()["pledge"]["status"] == "waiting"
    hide_pledge(store, cast.moderator, cast.event.code, card["id"])
    assert desk.change(card, {"text": "Visit me."}).get_json()["pledge"]["status"] == "hidden"


def test_a_scribe_s_correction_that_does_not_fit_or_comes_too_late_stays_typed(
    desk: ScribeDesk, cast: Cast, store: Store, database: str
) -> None:
    card = desk.enter(a_draft("Listen more.")).get_json()["pledge"]
    long = desk.change(card, {"text": "x" * 281}, HTML)
    assert (long.status_code, "x" * 281 in long.text, 'id="text-problem">' in long.text) == (422, True, True)

    correct_pledge(store, cast.moderator, cast.event.code, card["id"], Content("Listen to me."))
    stored = everything_stored(database)
    late = desk.change(card, {"text": "Listen!", "seen": card["version"]}, HTML)
    assert (late.status_code, "Listen!" in late.text) == (409, True)
    assert (
        "Someone else has just changed this pledge. Nothing was changed. Check it and try again." in late.text
    )
    assert everything_stored(database) == stored


def test_a_scribe_takes_back_what_they_entered_and_a_moderator_can_show_it_again(
    desk: ScribeDesk, parts: Parts, cast: Cast, store: Store
) -> None:
    card = desk.enter(a_draft("Twice by mistake.")).get_json()["pledge"]
    for _ in range(2):
        assert desk.take_back(card).status_code == 303
    (hidden,) = on_desk(parts, cast)
    assert (hidden["status"], hidden["decided_by"]) == ("hidden", cast.scribe.id)
    with store.read() as connection:
        hid = (
            connection.exec_driver_sql("SELECT organiser_id FROM audit WHERE action = 'hide'").scalars().all()
        )
    assert hid == [cast.scribe.id]
    show_pledge(store, cast.moderator, cast.event.code, card["id"])
    assert on_desk(parts, cast)[0]["status"] == "shown"


def test_what_somebody_else_sent_or_entered_is_out_of_a_scribe_s_reach(
    desk: ScribeDesk, pledge: Submitted, cast: Cast, signed_in: SignIn, database: str
) -> None:
    others = ScribeDesk(signed_in(cast.organiser), cast.event.code)
    foreign = [
        others.enter(a_draft("Ours.")).get_json()["pledge"],
        {"id": pledge.pledge.id},
        {"id": "0" * 16},
    ]
    stored = everything_stored(database)
    for one in foreign:
        assert "This pledge was not found. Check the link." in desk.page(f"/{one['id']}")
        for accept in (JSON, HTML):
            assert desk.change(one, {"text": "Mine."}, accept).status_code == 404
            assert desk.take_back(one, accept).status_code == 404
    assert everything_stored(database) == stored


def test_the_page_lists_what_its_reader_entered_last(desk: ScribeDesk, cast: Cast, signed_in: SignIn) -> None:
    ScribeDesk(signed_in(cast.organiser), cast.event.code).enter(a_draft("Somebody else’s."))
    desk.store_rows(desk.rows_of("\n".join(f"Pledge {number}." for number in range(LATEST_OWN + 5))))
    listed = re.findall(r'<p class="text" dir="auto">(.+)</p>', desk.page())
    assert listed == [f"Pledge {number}." for number in range(LATEST_OWN + 4, 4, -1)]


def test_the_export_tells_what_was_entered_for_somebody_and_keeps_formulas_text(
    desk: ScribeDesk, cast: Cast, signed_in: SignIn, pledge: Submitted
) -> None:
    desk.store_rows(desk.rows_of("=HYPERLINK(1)"))
    told = signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}/export.csv").text
    sent, entered = csv.DictReader(told.splitlines())
    assert (sent["Pledge"], sent[HEADING]) == ("Listen more.", "")
    assert (entered["Pledge"], entered[HEADING]) == ("'=HYPERLINK(1)", "yes")
