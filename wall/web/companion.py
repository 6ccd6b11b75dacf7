"""The companion wall: the same pledges as plain large text, for phones in the room and for screen readers."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from wall.core.audience import Audience
from wall.core.codes import typed_event_code
from wall.core.following import told_outcomes
from wall.services.watching import changes_since
from wall.web.context import house
from wall.web.language import remember_language, speak_to_reader

blueprint = Blueprint("companion", __name__)


@blueprint.get("/e/<code>/wall/text")
def show_companion(code: str) -> ResponseReturnValue:
    """Newest first; whole without JavaScript, live with it."""
    return _page(code, "public")


@blueprint.get("/e/<code>/wall/kept/text")
def show_kept_companion(code: str) -> ResponseReturnValue:
    """What became of the pledges, as text."""
    return _page(code, "kept")


def _page(code: str, audience: Audience) -> ResponseReturnValue:
    parts = house()
    answer = changes_since(parts.store, parts.addresses, typed_event_code(code), 0, audience)
    pledges = sorted(answer["pledges"], key=lambda pledge: -pledge["number"])
    speak_to_reader(answer["event"]["language"])
    page = make_response(
        render_template(
            "companion/page.html",
            event=answer["event"],
            pledges=pledges,
            version=answer["to"],
            kept=audience == "kept",
            outcomes=told_outcomes() if audience == "kept" else [],
        )
    )
    remember_language(page)
    return page
