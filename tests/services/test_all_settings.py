"""All settings of an event are saved with one button: nothing typed is lost, and nobody undoes what another changed meanwhile."""

import io
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn
from tests.services.test_event_settings import HTML, SETTINGS
from tests.support.pictures import PNG
from wall.core.all_settings import marks_of, read_marks, settings_of, write_marks
from wall.core.events import Event
from wall.services.events.audit import read_audit
from wall.services.events.finding import find_event
from wall.store import Store

EVERYTHING = SETTINGS | {
    "starters": "Every Friday I will …\nI will ask one patient …", "themes": "Safety\nFlow", "extra_words": "synerg*",
    "language": "cy", "look": "night", "accent": "#B5440B", "room_depth": "12", "margin": "3", "wifi_name": "Guest",
    "wifi_password": "spring-2027", "keep_until": "", "contact": "Ann, ann@example.org",
}  # fmt: skip
JSON = "application/json"


class Page:
    """The page of the settings as somebody has it open: what they have not typed stays as it came."""

    def __init__(self, browser: FlaskClient, event: Event) -> None:
        self._browser = browser
        self._at = f"/desk/e/{event.code}/settings"
        self.text = browser.get(self._at, headers={"Accept": HTML}).text

    @property
    def fields(self) -> dict[str, str]:
        """What a browser sends of it, without its token."""
        form = self.text.split('<form class="all-settings"')[1].split("</form>")[0]
        found: dict[str, str] = {}
        for tag, text in re.findall(r"(<(?:input|textarea)\b[^>]*>)([^<]*)", form):
            kind, name = _attribute(tag, "type"), _attribute(tag, "name")
            if kind in ("radio", "checkbox") and not tag.endswith("checked>"):
                continue
            if name and kind not in ("file", "color"):
                found.setdefault(
                    name, unescape(text if tag.startswith("<textarea") else _attribute(tag, "value"))
                )
        found["language"] = re.findall(r'<option value="(\w+)"[^>]* selected', form)[0]
        return found

    def save(self, accept: str = HTML, **typed: Any) -> Any:
        answer = self._browser.post(
            f"{self._at}/all",
            data=self.fields | typed,
            headers={"Accept": accept},
            content_type="multipart/form-data",
        )
        if answer.status_code in (409, 422) and accept == HTML:
            self.text = answer.text
        return answer


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


@pytest.fixture
def mine(cast: Cast, signed_in: SignIn) -> Page:
    return Page(signed_in(cast.organiser), cast.event)


@pytest.fixture
def theirs(cast: Cast, signed_in: SignIn) -> Page:
    """The same page, opened by a colleague at the same time."""
    return Page(signed_in(cast.co_organiser), cast.event)


def now(store: Store, cast: Cast) -> Event:
    return find_event(store, cast.event.code)


def deeds(store: Store, cast: Cast) -> list[str]:
    return [entry.action for entry in read_audit(store, cast.organiser, cast.event.code)]


def test_everything_is_saved_at_once_and_each_part_is_noted(mine: Page, cast: Cast, store: Store) -> None:
    before = deeds(store, cast)
    assert mine.save(**EVERYTHING, logo=(io.BytesIO(PNG), "logo.png")).status_code == 303
    event = now(store, cast)
    assert (event.title, event.question, event.text_limit, event.moderation) == (
        "Q spring", "What will you grow?", 140, "before",
    )  # fmt: skip
    assert (event.asks, event.themes, event.extra_words) == (
        ("organisation",),
        ("Safety", "Flow"),
        ("synerg*",),
    )
    assert (event.language, event.starters[1]) == ("cy", "I will ask one patient …")
    assert (event.wall.look, event.wall.accent, event.wall.room_depth, event.wall.margin) == (
        "night",
        "#b5440b",
        12,
        3,
    )
    assert (event.wifi_name, event.wifi_password, event.keep_until) == ("Guest", "spring-2027", "")
    assert (event.contact, bool(event.wall.logo)) == ("Ann, ann@example.org", True)
    noted = deeds(store, cast)[: -len(before)]
    assert sorted(noted) == [
        "dress_wall", "edit_event", "hang_logo", "help_to_write", "keep_until", "show_wifi",
    ]  # fmt: skip


def test_the_page_has_everything_that_was_saved(mine: Page, cast: Cast, signed_in: SignIn) -> None:
    mine.save(**EVERYTHING)
    fields = Page(signed_in(cast.organiser), cast.event).fields
    assert {name: fields[name] for name in EVERYTHING} == EVERYTHING | {"accent": "#b5440b"}


def test_saving_what_is_there_changes_nothing(mine: Page, cast: Cast, store: Store) -> None:
    mine.save()
    assert now(store, cast) == cast.event
    assert deeds(store, cast) == ["make_event"]


def test_a_logo_comes_down_and_otherwise_stays(
    mine: Page, cast: Cast, store: Store, signed_in: SignIn
) -> None:
    mine.save(logo=(io.BytesIO(PNG), "logo.png"))
    Page(signed_in(cast.organiser), cast.event).save(logo=(io.BytesIO(b""), ""), title="Q spring")
    assert now(store, cast).wall.logo
    Page(signed_in(cast.organiser), cast.event).save(logo="none")
    assert not now(store, cast).wall.logo


def test_all_that_is_wrong_is_said_beside_its_field_and_everything_typed_stays(
    mine: Page, cast: Cast, store: Store
) -> None:
    wrong = {
        "title": "",
        "themes": "x" * 41,
        "accent": "red",
        "wifi_password": "short",
        "keep_until": "2000-01-01",
    }
    typed = EVERYTHING | wrong
    told = mine.save(**typed, accept=JSON, logo=(io.BytesIO(b"no picture"), "logo.png"))
    assert (told.status_code, set(told.get_json()["error"]["fields"])) == (422, {*wrong, "logo"})
    assert mine.save(**typed).status_code == 422
    assert {name: mine.fields[name] for name in typed} == typed
    for field in wrong:
        assert f'id="{field}-problem"' in mine.text
    assert mine.text.count(" autofocus") == 1
    assert now(store, cast) == cast.event

    assert mine.save(**EVERYTHING).status_code == 303
    assert now(store, cast).title == "Q spring"


def test_what_two_change_at_the_same_time_is_both_kept(
    mine: Page, theirs: Page, cast: Cast, store: Store
) -> None:
    theirs.save(question="What will you grow?", look="night", themes="Kindness", asks_name="no")
    assert mine.save(title="Q spring", margin="4").status_code == 303
    event = now(store, cast)
    assert (event.title, event.question, event.themes, event.asks) == (
        "Q spring", "What will you grow?", ("Kindness",), ("organisation",),
    )  # fmt: skip
    assert (event.wall.look, event.wall.margin) == ("night", 4)


@pytest.mark.parametrize(
    ("field", "yours", "other", "said"),
    [
        ("question", "Mine?", "Theirs?", "Someone else changed this to “Theirs?” while you were editing."),
        ("themes", "Mine", "Theirs", "Someone else changed this while you were editing."),
    ],
)
def test_of_two_who_change_the_same_the_second_is_asked_first(
    mine: Page, theirs: Page, cast: Cast, store: Store, field: str, yours: str, other: str, said: str
) -> None:
    theirs.save(**{field: other})
    before = now(store, cast)
    told = mine.save(**{field: yours}, title="Q spring")
    assert told.status_code == 409
    assert said in unescape(told.text)
    assert now(store, cast) == before
    assert (mine.fields[field], mine.fields["title"]) == (yours, "Q spring")

    assert mine.save().status_code == 303
    assert settings_of(now(store, cast))[field] in (yours, (yours,))
    assert now(store, cast).title == "Q spring"


def test_a_mistake_does_not_hide_what_somebody_else_changed(
    mine: Page, theirs: Page, cast: Cast, store: Store
) -> None:
    theirs.save(question="Theirs?", contact="Bela")
    assert mine.save(title="", question="Mine?").status_code == 422
    assert mine.save(title="Q spring").status_code == 409
    assert mine.save().status_code == 303
    event = now(store, cast)
    assert (event.title, event.question, event.contact) == ("Q spring", "Mine?", "Bela")


def test_a_password_goes_with_the_network_that_it_was_typed_for(
    mine: Page, theirs: Page, cast: Cast, store: Store
) -> None:
    theirs.save(wifi_name="Staff", wifi_password="winter-2026")
    told = mine.save(wifi_name="Guest", wifi_password="spring-2027", accept=JSON).get_json()["error"]
    assert (told["code"], list(told["fields"])) == ("changed_meanwhile", ["wifi_name"])
    assert "winter" not in str(told)
    assert (now(store, cast).wifi_name, now(store, cast).wifi_password) == ("Staff", "winter-2026")


def test_a_day_that_has_passed_may_stay_but_none_may_be_chosen(
    cast: Cast, store: Store, signed_in: SignIn
) -> None:
    past = {"keep_until": "2020-01-01", "let_go_at": "2020-01-02T00:00:00.000Z"}
    store.write(lambda transaction: transaction.change_event(cast.event.code, **past))
    stale = Page(signed_in(cast.organiser), cast.event)
    Page(signed_in(cast.co_organiser), cast.event).save(keep_until="2027-06-01")
    assert (now(store, cast).keep_until, now(store, cast).let_go_at) == ("2027-06-01", "")
    assert stale.save(title="Q spring").status_code == 303
    assert (now(store, cast).title, now(store, cast).keep_until) == ("Q spring", "2027-06-01")
    assert stale.save(keep_until="2020-01-05").status_code == 422


def test_a_program_that_saw_nothing_has_the_last_word(cast: Cast, store: Store, signed_in: SignIn) -> None:
    desk = signed_in(cast.organiser)
    answer = desk.post(f"/desk/e/{cast.event.code}/settings/all", data=EVERYTHING, headers={"Accept": JSON})
    assert answer.status_code == 303
    assert now(store, cast).title == "Q spring"


@pytest.mark.parametrize(
    "seen", ["", "=", "title", "title=", "title=0=1 title", "\x00", "x" * 5_000], ids=repr
)
def test_whatever_a_page_says_that_it_saw_breaks_nothing(mine: Page, seen: str) -> None:
    assert mine.save(seen=seen, title="Q spring").status_code in (303, 409)


def test_what_somebody_saw_is_brought_back_as_it_was(cast: Cast) -> None:
    marks = marks_of(settings_of(cast.event))
    assert read_marks(write_marks(marks)) == marks
