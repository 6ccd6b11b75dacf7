"""The page on which a pledge is corrected: by a moderator, or by the scribe who entered it."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import request
from flask.typing import ResponseReturnValue

from wall.core.content import Content
from wall.core.drafts import asked_fields, themes_for
from wall.core.errors import WallError
from wall.core.pledges import Pledge
from wall.core.words import translate
from wall.web.kit.desk_guard import desk_here, desk_page
from wall.web.kit.errors import field_errors
from wall.web.kit.numbers import read_number


def read_seen() -> int | None:
    """The version that was on the screen; None from programs that do not say."""
    return request.form.get("seen", None, read_number)


def correction_page(
    pledge: Pledge,
    *,
    earlier: Sequence[Content],
    own: bool,
    error: WallError | None,
) -> ResponseReturnValue:
    """What a pledge says, to be corrected, and what it said before. `own` where its scribe looks at it."""
    event = desk_here().event
    page = desk_page(
        "desk/pledge.html",
        themes=themes_for(event, pledge.content, *earlier),
        pledge=pledge,
        typed=request.form if error else asdict(pledge.content),
        errors=field_errors(error),
        problem=_problem(error, asked_fields(event)) if error else "",
        earlier=earlier,
        own=own,
    )
    return page, error.status if error else 200


def _problem(error: WallError, fields: Sequence[str]) -> str:
    """What cannot be said beside a field, since the page has none for it."""
    beside = [words for field, words in error.fields.items() if field not in fields]
    if error.fields and not beside:
        return ""
    return " ".join(translate(words) for words in beside or [error.message])
