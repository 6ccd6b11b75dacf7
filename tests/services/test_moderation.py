"""A moderator decides what the room sees: one tap, many at once, a typo put right; all of it can be undone."""

import ast
import html
import re
from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast, SignIn, a_draft
from tests.live.test_watching import say
from tests.support.running import PROJECT
from tests.web.test_roles import HTML, JSON, error_of, everything_stored
from wall.core.audit import ACTIONS
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.event_settings import EventSettings
from wall.core.people.organisers import Organiser
from wall.core.prompts import Prompts
from wall.core.wall_state import SCENES
from wall.services.events.audit import MOST_ON_A_PAGE
from wall.services.events.deleting import clear_event
from wall.services.events.remote import freeze_wall
from wall.services.events.settings import change_prompts, edit_event
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.me_too import say_me_too
from wall.services.pledges.moderation import MOST_AT_ONCE, hide_pledge, pin_pledge, show_pledge
from wall.services.pledges.receipts import withdraw_pledge
from wall.services.pledges.revising import edit_pledge, take_name_off
from wall.services.pledges.submitting import Submitted, submit_pledge
from wall.store import Store
from wall.web.kit.context import Parts

STATUS = {"show": "shown", "hide": "hidden", "hold": "waiting"}


class Desk:
    """A desk of the event, as its pages and programs use it."""

    def __init__(self, browser: FlaskClient, code: str) -> None:
        self._browser = browser
        self._path = f"/desk/e/{code}"

    def decide(self, pledge: Submitted, decision: str, **form: Any) -> TestResponse:
        return self._post(f"/pledges/{pledge.pledge.id}/{decision}", form)

    def decide_on_many(self, to: str, seen: Iterable[str], accept: str = JSON) -> TestResponse:
        return self._post("/pledges/move", {"to": to, "pledge": list(seen)}, accept)

    def correct(self, pledge: Submitted, accept: str = JSON, **form: Any) -> TestResponse:
        return self._post(f"/pledges/{pledge.pledge.id}", form, accept)

    def page(self, path: str = "") -> str:
        return self._browser.get(self._path + path, headers={"Accept": HTML}).text

    def changes(self, since: int = 0) -> dict[str, Any]:
        changes: dict[str, Any] = self._browser.get(
            f"{self._path}/pledges", query_string={"since": since}
        ).get_json()
        return changes

    def sees(self, pledge: Submitted) -> dict[str, Any]:
        """A pledge as it is on the screen now."""
        return next(one for one in self.changes()["pledges"] if one["id"] == pledge.pledge.id)

    def seen(self, pledge: Submitted) -> str:
        """How a form says which pledge it is about, and what was on the screen."""
        return f"{pledge.pledge.id}:{self.sees(pledge)['version']}"

    def _post(self, path: str, form: dict[str, Any], accept: str = JSON) -> TestResponse:
        return self._browser.post(self._path + path, data=form, headers={"Accept": accept})


@pytest.fixture
def desk(cast: Cast, signed_in: SignIn) -> Desk:
    """The moderator's."""
    return Desk(signed_in(cast.moderator), cast.event.code)


@pytest.fixture
def other_desk(cast: Cast, signed_in: SignIn) -> Desk:
    """Somebody else's, of the same event."""
    return Desk(signed_in(cast.co_organiser), cast.event.code)


def audit_of(store: Store, pledge: Submitted) -> list[tuple[str, int | None]]:
    """What was done with a pledge, and by whom."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT action, organiser_id FROM audit WHERE pledge_id = ? ORDER BY id", (pledge.pledge.id,)
        )
        return [(row.action, row.organiser_id) for row in rows]


@pytest.mark.parametrize(("before", "decision"), list(permutations(STATUS, 2)))
def test_every_decision_can_be_undone_and_is_in_the_audit(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store, before: str, decision: str
) -> None:
    desk.decide(pledge, before)
    for step in (decision, before):
        told = desk.decide(pledge, step, seen=desk.sees(pledge)["version"]).get_json()["pledge"]
        assert (told["status"], desk.sees(pledge)["status"]) == (STATUS[step], STATUS[step])
    assert audit_of(store, pledge)[-2:] == [(decision, cast.moderator.id), (before, cast.moderator.id)]


def test_a_pledge_is_pinned_and_unpinned(desk: Desk, pledge: Submitted, cast: Cast, store: Store) -> None:
    assert desk.decide(pledge, "pin").get_json()["pledge"]["pinned"] is True
    assert desk.decide(pledge, "unpin").get_json()["pledge"]["pinned"] is False
    assert audit_of(store, pledge) == [("pin", cast.moderator.id), ("unpin", cast.moderator.id)]


@pytest.mark.parametrize("decision", ["pin", "unpin", *STATUS])
def test_deciding_the_same_twice_changes_nothing_and_is_no_conflict(
    desk: Desk, other_desk: Desk, pledge: Submitted, database: str, decision: str
) -> None:
    seen = desk.sees(pledge)["version"]
    first = desk.decide(pledge, decision, seen=seen)
    stored = everything_stored(database)
    again = other_desk.decide(pledge, decision, seen=seen)
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert everything_stored(database) == stored


def test_there_is_no_other_decision(desk: Desk, pledge: Submitted, database: str) -> None:
    stored = everything_stored(database)
    assert desk.decide(pledge, "explode").status_code == 404
    assert everything_stored(database) == stored


@pytest.mark.parametrize("decision", ["hide", "hold"])
def test_what_its_author_changed_meanwhile_is_not_decided_on(
    desk: Desk, pledge: Submitted, store: Store, database: str, decision: str
) -> None:
    seen = desk.sees(pledge)["version"]
    edit_pledge(store, pledge.receipt_token, Content("Listen to everybody."))
    stored = everything_stored(database)
    refused = desk.decide(pledge, decision, seen=seen)
    assert error_of(refused) == (409, "changed_meanwhile")
    assert everything_stored(database) == stored

    assert desk.decide(pledge, decision, seen=desk.sees(pledge)["version"]).status_code == 200


def test_what_another_moderator_decided_meanwhile_stays(
    desk: Desk, other_desk: Desk, pledge: Submitted, database: str
) -> None:
    seen = desk.sees(pledge)["version"]
    other_desk.decide(pledge, "hide", seen=seen)
    stored = everything_stored(database)
    assert error_of(desk.decide(pledge, "hold", seen=seen)) == (409, "changed_meanwhile")
    assert everything_stored(database) == stored


def test_me_too_and_a_pin_are_no_reason_to_look_again(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store
) -> None:
    seen = desk.sees(pledge)["version"]
    say_me_too(store, cast.event.code, pledge.pledge.id, "a phone")
    pin_pledge(store, cast.co_organiser, cast.event.code, pledge.pledge.id)
    assert desk.sees(pledge)["version"] > seen
    assert desk.decide(pledge, "hide", seen=seen).status_code == 200


def test_a_program_that_does_not_say_what_it_saw_decides(desk: Desk, pledge: Submitted, store: Store) -> None:
    edit_pledge(store, pledge.receipt_token, Content("Listen to everybody."))
    assert desk.decide(pledge, "hide").get_json()["pledge"]["status"] == "hidden"


def test_many_are_decided_on_at_once_but_for_those_that_changed(
    desk: Desk, other_desk: Desk, cast: Cast, store: Store
) -> None:
    one, changed, taken_back, last = (say(store, cast.event.code, f"Pledge {n}.") for n in range(4))
    seen = [desk.seen(pledge) for pledge in (one, changed, taken_back, last)]
    other_desk.decide(changed, "hide")
    withdraw_pledge(store, taken_back.receipt_token)

    moved = desk.decide_on_many("hold", seen).get_json()["pledges"]
    assert [(pledge["id"], pledge["status"]) for pledge in moved] == [
        (one.pledge.id, "waiting"),
        (last.pledge.id, "waiting"),
    ]
    assert (desk.sees(changed)["status"], desk.sees(taken_back)["status"]) == ("hidden", "withdrawn")
    assert audit_of(store, last) == [("hold", cast.moderator.id)]

    undo = [f"{pledge['id']}:{pledge['version']}" for pledge in moved]
    assert desk.decide_on_many("show", undo, HTML).location == f"/desk/e/{cast.event.code}"
    assert (desk.sees(one)["status"], desk.sees(last)["status"]) == ("shown", "shown")


def test_pledges_of_another_event_and_unknown_ones_are_left(
    desk: Desk, cast: Cast, store: Store, database: str
) -> None:
    elsewhere = say(store, cast.other_event.code, "There.")
    stored = everything_stored(database)
    answer = desk.decide_on_many("hide", [f"{elsewhere.pledge.id}:99", f"{'0' * 16}:99"])
    assert (answer.status_code, answer.get_json()) == (200, {"pledges": []})
    assert everything_stored(database) == stored


@pytest.mark.parametrize(
    ("to", "wrong"),
    [
        ("explode", []),
        ("", []),
        ("hide", ["everything"]),
        ("hide", ["0123456789abcdef"]),
        ("hide", ["0123456789abcdef:"]),
        ("hide", ["0123456789abcdef:-1"]),
        ("hide", ["0123456789abcdef:1:2"]),
        ("hide", ["0123456789ABCDEF:1"]),
        ("hide", [f"0123456789abcdef:{'9' * 400}"]),
        ("hide", ["0123456789abcdef:1"] * MOST_AT_ONCE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_rubbish_among_many_moves_none(
    desk: Desk, pledge: Submitted, database: str, to: str, wrong: list[str]
) -> None:
    seen = desk.seen(pledge)
    stored = everything_stored(database)
    refused = desk.decide_on_many(to, [seen, *wrong])
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, ["pledge"])
    assert everything_stored(database) == stored


def test_as_many_as_are_allowed_move(desk: Desk, cast: Cast, store: Store) -> None:
    drafts = [read_draft(a_draft(f"Pledge {number}.")) for number in range(MOST_AT_ONCE)]
    entered = enter_pledges(store, cast.scribe, cast.event.code, drafts)
    seen = [f"{one.pledge.id}:{one.version}" for one in entered]
    assert len(desk.decide_on_many("hide", seen).get_json()["pledges"]) == MOST_AT_ONCE
    assert {pledge["status"] for pledge in desk.changes()["pledges"]} == {"hidden"}


@pytest.mark.parametrize("where", STATUS)
def test_a_typo_is_put_right_where_the_pledge_is_and_what_it_said_is_kept(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store, where: str
) -> None:
    desk.decide(pledge, where)
    seen = desk.sees(pledge)["version"]
    told = desk.correct(pledge, text="Listen even more.", name="Maria", theme="Safety", seen=seen)
    corrected = told.get_json()["pledge"]
    assert (corrected["text"], corrected["theme"]) == ("Listen even more.", "Safety")
    assert corrected["status"] == STATUS[where]
    assert desk.sees(pledge) == corrected
    with store.read() as connection:
        (kept,) = connection.exec_driver_sql("SELECT pledge_id, text, name, theme FROM revisions")
    assert tuple(kept) == (pledge.pledge.id, "Listen more.", "Maria", "")
    assert audit_of(store, pledge)[-1] == ("correct", cast.moderator.id)


def test_what_it_said_before_can_be_put_back_from_the_page(
    desk: Desk, pledge: Submitted, cast: Cast, guest: FlaskClient
) -> None:
    desk.correct(pledge, text="Listen less.")
    page = desk.page(f"/pledges/{pledge.pledge.id}").partition("Earlier versions")[2]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    answer = desk.correct(pledge, HTML, **{name: html.unescape(value) for name, value in fields.items()})

    assert answer.location == f"/desk/e/{cast.event.code}#pledge-{pledge.pledge.id}"
    (shown,) = guest.get(f"/e/{cast.event.code}/pledges").get_json()["pledges"]
    assert (shown["text"], shown["name"]) == ("Listen more.", "Maria")
    assert "Listen less." in desk.page(f"/pledges/{pledge.pledge.id}")


def everything_asked(store: Store, cast: Cast) -> Submitted:
    """A pledge from when the event asked for names and had a theme, which it does no more."""
    draft = a_draft("Listn more.", name="Maria", organisation="Ward 4", theme="Safety")
    sent = submit_pledge(store, cast.event.code, read_draft(draft))
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", asks=("organisation",)))
    return sent


@pytest.mark.parametrize("themes", [(), ("Kindness",)], ids=["no themes", "other themes"])
def test_a_correction_loses_nothing_that_the_event_does_not_ask_any_more(
    desk: Desk, cast: Cast, store: Store, themes: tuple[str, ...]
) -> None:
    old = everything_asked(store, cast)
    change_prompts(store, cast.organiser, cast.event.code, Prompts(themes, (), (), "en"))
    form = on_form(desk.page(f"/pledges/{old.pledge.id}"))
    assert list(form) == ["text", "organisation", *(["theme"] if themes else [])]

    desk.correct(old, **form | {"text": "Listen more.", "name": "Mario"})
    told = desk.sees(old)
    assert (told["text"], told["name"], told["organisation"], told["theme"]) == (
        "Listen more.", "Maria", "Ward 4", "Safety",
    )  # fmt: skip


def on_form(page: str) -> dict[str, str]:
    """What a browser would send of the first form of the page, but for what is hidden."""
    form = page.partition('<form class="stack"')[2].partition("</form>")[0]
    text = re.findall(r'<textarea id="(text)"[^>]*>([^<]*)</textarea>', form)
    inputs = re.findall(r'<input id="(\w+)"[^>]* value="([^"]*)"', form)
    chosen = re.findall(r"<option[^>]* selected>([^<]*)</option>", form)
    return dict([*text, *inputs, *(("theme", theme) for theme in chosen)])


@pytest.mark.parametrize("themes", [(), ("Kindness",)], ids=["no themes", "other themes"])
def test_what_it_said_can_be_put_back_though_the_event_has_its_theme_no_more(
    desk: Desk, cast: Cast, store: Store, themes: tuple[str, ...]
) -> None:
    old = everything_asked(store, cast)
    desk.correct(old, text="Listen more.", organisation="Ward 4", theme="")
    change_prompts(store, cast.organiser, cast.event.code, Prompts(themes, (), (), "en"))
    back = desk.correct(old, HTML, text="Listn more.", name="Maria", organisation="Ward 4", theme="Safety")

    assert back.status_code == 303
    assert (desk.sees(old)["text"], desk.sees(old)["theme"]) == ("Listn more.", "Safety" if themes else "")


def test_what_is_wrong_with_a_field_that_the_page_has_not_is_said_above(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store
) -> None:
    edit_event(store, cast.organiser, cast.event.code, EventSettings("Q", "?", asks=()))
    page = desk.correct(pledge, HTML, text="Listen less.", name="y" * 61)
    assert page.status_code == 422
    assert 'role="alert">Use 60 characters or fewer.</p>' in page.text


def test_a_corrected_pledge_stays_on_a_frozen_wall_and_what_came_later_stays_off_it(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store, guest: FlaskClient
) -> None:
    frozen_at = freeze_wall(store, cast.moderator, cast.event.code).frozen_at
    assert frozen_at is not None
    later = say(store, cast.event.code, "Later.")
    desk.correct(pledge, text="Listen even more.", name="Maria")
    desk.correct(later, text="Much later.")

    told = guest.get(f"/e/{cast.event.code}/pledges?since={frozen_at}").get_json()["pledges"]
    assert [(one["text"], one["shown_since"] <= frozen_at) for one in told] == [
        ("Listen even more.", True),
        ("Much later.", False),
    ]


def test_a_name_that_its_author_took_off_cannot_be_put_back(
    desk: Desk, pledge: Submitted, store: Store
) -> None:
    desk.correct(pledge, text="Listen less.", name="Maria")
    take_name_off(store, pledge.receipt_token)
    assert "Maria" not in desk.page(f"/pledges/{pledge.pledge.id}")


@pytest.mark.parametrize(
    ("field", "wrong", "kept"),
    [
        ("text", "", "Ward 4"),
        ("text", "x" * 281, "x" * 281),
        ("name", "y" * 61, "y" * 61),
        ("theme", "Cake", "Listen less."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_stays_typed(
    desk: Desk, pledge: Submitted, database: str, field: str, wrong: str, kept: str
) -> None:
    form = {"text": "Listen less.", "name": "Marie", "organisation": "Ward 4", field: wrong}
    stored = everything_stored(database)
    refused = desk.correct(pledge, **form)
    assert (refused.status_code, list(refused.get_json()["error"]["fields"])) == (422, [field])
    page = desk.correct(pledge, HTML, **form)
    assert (page.status_code, 'class="problem"' in page.text) == (422, True)
    assert kept in page.text
    assert everything_stored(database) == stored


@pytest.mark.parametrize("accept", [JSON, HTML])
def test_what_its_author_took_back_is_not_corrected(
    desk: Desk, pledge: Submitted, store: Store, database: str, accept: str
) -> None:
    withdraw_pledge(store, pledge.receipt_token)
    stored = everything_stored(database)
    refused = desk.correct(pledge, accept, text="Listen less.")
    assert (refused.status_code, "withdrew this pledge" in refused.text) == (409, True)
    assert everything_stored(database) == stored


@pytest.mark.parametrize("accept", [JSON, HTML])
def test_what_changed_meanwhile_is_not_corrected_but_looked_at_again(
    desk: Desk, pledge: Submitted, store: Store, database: str, accept: str
) -> None:
    seen = desk.sees(pledge)["version"]
    edit_pledge(store, pledge.receipt_token, Content("Listen to everybody."))
    stored = everything_stored(database)
    refused = desk.correct(pledge, accept, text="Listen less.", seen=seen)
    assert (
        refused.status_code,
        "Someone else has just changed this pledge. Nothing was changed. Check it and try again."
        in refused.text,
    ) == (409, True)
    assert everything_stored(database) == stored


def test_saving_a_pledge_as_it_is_changes_nothing(desk: Desk, pledge: Submitted, database: str) -> None:
    stored = everything_stored(database)
    assert desk.correct(pledge, text=" Listen more. ", name="Maria").status_code == 200
    assert everything_stored(database) == stored


def test_the_desk_knows_who_decided_and_who_entered_and_the_public_does_not(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store, parts: Parts, guest: FlaskClient
) -> None:
    hide_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id)
    show_pledge(store, cast.moderator, cast.event.code, pledge.pledge.id)
    (card,) = enter_pledges(store, cast.scribe, cast.event.code, [read_draft(a_draft("From a card."))])

    changes = desk.changes()
    assert [(one["decided_by"], one["entered_by"]) for one in changes["pledges"]] == [
        (cast.moderator.id, None),
        (None, cast.scribe.id),
    ]
    assert changes["people"] == {str(cast.moderator.id): "Dewi", str(cast.scribe.id): "Edda"}
    assert desk.changes(changes["to"])["people"] == {}
    assert all(name in desk.page() for name in ("Dewi", "Edda"))

    code, receipt = cast.event.code, f"/receipt/{card.receipt_token}"
    for path in (f"/e/{code}", f"/e/{code}/pledges", f"/e/{code}/wall", f"/e/{code}/wall/text", receipt):
        for accept in (JSON, HTML):
            told = guest.get(path, headers={"Accept": accept}).text
            assert not [
                word for word in ("Dewi", "Edda", "decided_by", "entered_by", "people") if word in told
            ]


def test_a_decision_no_longer_stands_once_its_author_wrote_anew(
    desk: Desk, pledge: Submitted, store: Store
) -> None:
    desk.decide(pledge, "hide")
    edit_pledge(store, pledge.receipt_token, Content("Listen to everybody."))
    assert desk.sees(pledge)["decided_by"] is None


def test_those_that_wait_come_first_the_longest_first_and_then_the_newest(
    desk: Desk, cast: Cast, store: Store
) -> None:
    said = [say(store, cast.event.code, f"Pledge {number}.") for number in range(6)]
    for number, decision in ((3, "hold"), (1, "hold"), (4, "hide")):
        desk.decide(said[number], decision)

    rows = re.findall(r'id="pledge-([0-9a-f]+)"', desk.page())
    assert rows == [said[number].pledge.id for number in (1, 3, 5, 4, 2, 0)]


def test_the_audit_says_in_words_who_did_what(
    desk: Desk, pledge: Submitted, cast: Cast, store: Store
) -> None:
    desk.decide(pledge, "hide")
    edit_pledge(store, pledge.receipt_token, Content("Listen to everybody."))
    assert rows_of(desk.page("/audit")) == [
        ["the author", "edited their pledge", "1"],
        ["Dewi", "hid a pledge", "1"],
        ["Ann", "created the event", ""],
    ]
    assert "Listen" not in desk.page("/audit")


def test_a_cleared_pledge_has_no_number_in_the_audit(
    desk: Desk, pledge: Submitted, cast: Cast, parts: Parts
) -> None:
    desk.decide(pledge, "hide")
    clear_event(parts.store, parts.runtime.off_loop, cast.organiser, cast.event.code, cast.event.title)
    assert rows_of(desk.page("/audit"))[:2] == [
        ["Ann", "deleted all pledges", ""],
        ["Dewi", "hid a pledge", "–"],
    ]


def test_a_long_audit_has_pages(desk: Desk, cast: Cast, store: Store) -> None:
    fill_audit(store, cast.organiser, cast.event.id, 2 * MOST_ON_A_PAGE)
    pages = [desk.page("/audit")]
    while found := re.search(r'href="(\?before=\d+)"', pages[-1]):
        pages.append(desk.page(f"/audit{found[1]}"))

    rows = [row for page in pages for row in rows_of(page)]
    assert [len(rows_of(page)) for page in pages] == [MOST_ON_A_PAGE, MOST_ON_A_PAGE, 1]
    assert (rows[0], rows[-1]) == (["Ann", "froze the wall", ""], ["Ann", "created the event", ""])


@pytest.mark.parametrize("before", ["", "x", "-1", "1.5", "9" * 30])
def test_a_page_of_the_audit_that_makes_no_sense_breaks_nothing(desk: Desk, cast: Cast, before: str) -> None:
    assert "Activity" in desk.page(f"/audit?before={before}")


def test_the_audit_has_words_for_everything_that_is_noted_of_an_event() -> None:
    services = sorted((PROJECT / "wall" / "services").rglob("*.py"))
    noted = [action for path in services for action in actions_in(ast.parse(path.read_text()))]
    assert set(noted) == set(ACTIONS)


def fill_audit(store: Store, organiser: Organiser, event_id: int, times: int) -> None:
    """Have somebody freeze a wall again and again."""

    def write(transaction: Any) -> None:
        for _ in range(times):
            transaction.record("freeze", event_id=event_id, organiser_id=organiser.id)

    store.write(write)


def rows_of(page: str) -> list[list[str]]:
    """Who, what and which pledge, in each row of the audit page."""
    cells = [
        html.unescape(re.sub("<[^>]*>", "", cell)).strip()
        for cell in re.findall(r"<td.*?>(.*?)</td>", page, re.DOTALL)
    ]
    return [cells[start + 1 : start + 4] for start in range(0, len(cells), 4)]


def actions_in(module: ast.Module) -> list[str]:
    """What a source has noted in the audit of an event: the first argument of whatever notes something."""
    return [
        action
        for function in module.body
        if isinstance(function, ast.FunctionDef)
        for call in calls_in(function)
        if ast.unparse(call.func) in ("desk.record", "desk.change", "desk.ensure")
        or any(keyword.arg == "event_id" for keyword in call.keywords)
        for action in words_of(call.args[0], function, module)
    ]


def words_of(said: ast.expr, function: ast.FunctionDef, module: ast.Module) -> list[str]:
    """The words that an expression in a function can stand for, as far as the services use them."""
    match said:
        case ast.Constant(value=str(word)):
            return [word]
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), ast.FormattedValue()]):
            return [f"{beginning}{scene}" for scene in SCENES]
        case ast.Name(id=name) if name in parameters(function):
            place = parameters(function).index(name)
            callers = [call for call in calls_in(module) if ast.unparse(call.func) == function.name]
            parts = [call.args[place] for call in callers]
        case ast.Name(id=name):
            parts = [
                node.value
                for node in ast.walk(module)
                if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]
            ]
        case ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.Subscript(value=table):
            parts = [table]
        case ast.Dict(values=values):
            parts = values
        case _:
            parts = []
    assert parts, f"cannot read {ast.unparse(said)}"
    return [word for part in parts for word in words_of(part, function, module)]


def calls_in(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def parameters(function: ast.FunctionDef) -> list[str]:
    return [one.arg for one in function.args.args]
