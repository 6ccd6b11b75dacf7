"""The page on which a pledge is corrected: by a moderator, or by the scribe who entered it."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wall.core.drafts import asked_fields, themes_for
from wall.core.errors import WallError
from wall.core.organisers import Organiser
from wall.core.pledges import Content, Pledge
from wall.core.words import say
from wall.services.desks import Desk
from wall.web.context import event_on_page
from wall.web.numbers import read_number


def read_seen() -> int | None:
    """The version that was on the screen; None from programs that do not say."""
    return request.form.get("seen", None, read_number)


def correction_page(
    organiser: Organiser,
    desk: Desk,
    pledge: Pledge,
    *,
    earlier: Sequence[Content],
    own: bool,
    error: WallError | None,
) -> ResponseReturnValue:
    """What a pledge says, to be corrected, and what it said before. `own` where its scribe looks at it."""
    page = render_template(
        "desk/pledge.html",
        organiser=organiser,
        role=desk.role,
        event=event_on_page(desk.event),
        themes=themes_for(desk.event, pledge.content, *earlier),
        pledge=pledge,
        typed=request.form if error else asdict(pledge.content),
        errors={field: say(words) for field, words in error.fields.items()} if error else {},
        problem=_problem(error, asked_fields(desk.event)) if error else "",
        earlier=earlier,
        own=own,
    )
    return page, error.status if error else 200


def _problem(error: WallError, fields: Sequence[str]) -> str:
    """What cannot be said beside a field, since the page has none for it."""
    beside = [words for field, words in error.fields.items() if field not in fields]
    if error.fields and not beside:
        return ""
    return " ".join(say(words) for words in beside or [error.message])
