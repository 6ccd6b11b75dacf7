"""Pages that were left open, and limits that were lowered since: the server takes what still holds."""

from dataclasses import replace

import orjson
import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn, a_draft
from wall.core.audience import form_of
from wall.core.content import Content
from wall.core.drafts import read_draft
from wall.core.errors import BadInput
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.editing import correct_own, correct_pledge
from wall.services.pledges.revising import edit_pledge
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store
from wall.web.kit.context import Parts

LONG = "Listn more. " * 10
RIGHT = "Hear more!! " * 10


def lower_the_limit(store: Store, cast: Cast) -> None:
    store.write(lambda transaction: transaction.change_event(cast.event.code, text_limit=40))


def test_a_lower_limit_never_stops_a_correction_that_does_not_lengthen(store: Store, cast: Cast) -> None:
    code = cast.event.code
    written = submit_pledge(store, code, read_draft(a_draft(LONG)))
    (entered,) = enter_pledges(store, cast.scribe, code, [read_draft(a_draft(LONG))])
    lower_the_limit(store, cast)
    right = Content(RIGHT.strip())
    assert edit_pledge(store, written.receipt_token, right).content == right
    assert correct_pledge(store, cast.moderator, code, written.pledge.id, Content(LONG.strip())).content.text
    assert correct_own(store, cast.scribe, code, entered.pledge.id, right).content == right

    longer = replace(right, text=RIGHT + "more")
    with pytest.raises(BadInput) as told:
        edit_pledge(store, written.receipt_token, longer)
    assert told.value.fields["text"].values["limit"] == len(LONG.strip())
    with pytest.raises(BadInput):
        submit_pledge(store, code, read_draft(a_draft(LONG)))


def test_what_was_longer_before_can_be_put_back_under_a_lower_limit(store: Store, cast: Cast) -> None:
    code = cast.event.code
    written = submit_pledge(store, code, read_draft(a_draft(LONG)))
    correct_pledge(store, cast.moderator, code, written.pledge.id, Content("Short."))
    lower_the_limit(store, cast)
    back = correct_pledge(store, cast.moderator, code, written.pledge.id, Content(LONG.strip()))
    assert back.content.text == LONG.strip()


@pytest.mark.parametrize(
    "changed",
    [
        {"question": "What now?"}, {"title": "Other"}, {"open": False}, {"themes": ("Time",)}, {"starters": ("I …",)},
        {"text_limit": 99}, {"asks": ("name",)}, {"closing_message": "Bye."}, {"keep_until": "2099-01-01"},
    ],
)  # fmt: skip
def test_the_room_says_when_a_phone_page_asks_something_else(
    parts: Parts, store: Store, cast: Cast, changed: dict[str, object]
) -> None:
    before = form_told(parts, cast)
    submit_pledge(store, cast.event.code, read_draft(a_draft("A pledge changes nothing.")))
    assert form_told(parts, cast) == before
    store.write(lambda transaction: transaction.change_event(cast.event.code, **changed))
    assert form_told(parts, cast) != before


def form_told(parts: Parts, cast: Cast) -> str:
    """What every phone hears of the form."""
    return str(orjson.loads(parts.feeds.room(cast.event.code).body)["form"])


def test_a_page_says_which_form_it_is(guest: FlaskClient, cast: Cast) -> None:
    page = guest.get(f"/e/{cast.event.code}", headers={"Accept": "text/html"})
    assert f'data-form="{form_of(cast.event)}"' in page.text


def test_the_receipt_counts_from_the_length_that_is_there(
    store: Store, cast: Cast, guest: FlaskClient, signed_in: SignIn
) -> None:
    written = submit_pledge(store, cast.event.code, read_draft(a_draft(LONG)))
    lower_the_limit(store, cast)
    page = guest.get(f"/receipt/{written.receipt_token}", headers={"Accept": "text/html"})
    assert f'data-limit="{len(LONG.strip())}"' in page.text
