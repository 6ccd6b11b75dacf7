"""The companion wall: the same pledges as plain large text, for phones in the room and for screen readers."""

from collections.abc import Sequence

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wall.core.audience import Audience, seen_by
from wall.core.events import Event
from wall.core.outcomes import shown_outcomes
from wall.core.pledges import Pledge
from wall.core.words import current_language, translate
from wall.services.server.event_copies import View
from wall.web.kit.canonical_address import event_at_canonical_address
from wall.web.kit.context import current_parts, event_on_page
from wall.web.kit.encoded_response import send_encoded
from wall.web.kit.language import remember_language, set_reader_language

blueprint = Blueprint("companion", __name__)


@blueprint.get("/e/<event:code>/wall/text")
def show_companion(code: str) -> ResponseReturnValue:
    """The plain text wall, newest first; whole without JavaScript, live with it."""
    return _page(code, "public")


@blueprint.get("/e/<event:code>/wall/kept/text")
def show_kept_companion(code: str) -> ResponseReturnValue:
    """The follow-up wall as plain text."""
    return _page(code, "kept")


def _page(code: str, audience: Audience) -> ResponseReturnValue:
    event = event_at_canonical_address(code)
    set_reader_language(event.language)
    kept = audience == "kept"
    outcomes = [(outcome, translate(words)) for outcome, words in shown_outcomes()] if kept else []

    def render(event: Event, newest_first: list[bytes]) -> str:
        return render_template(
            "companion/page.html",
            event=event_on_page(event),
            rows=Markup(b"".join(newest_first).decode()),  # noqa: S704  rendered by our own template
            count=len(newest_first),
            version=event.version,
            kept=kept,
            outcomes=outcomes,
        )

    page = send_encoded(
        current_parts().feeds.page(event.code, _as_text(audience, outcomes), current_language(), render),
        mimetype="text/html",
    )
    current_parts().devices.give_cookie(request.environ, page)
    remember_language(page)
    return page


def _as_text(audience: Audience, outcomes: Sequence[tuple[str, str]]) -> View:
    """A pledge as a row of the page. The public's rows have no words of ours, so every language shares them."""
    row = current_app.jinja_env.get_template("companion/_pledge.html").module.pledge_item  # type: ignore[attr-defined]
    kept = audience == "kept"

    def encode(pledge: Pledge) -> bytes | None:
        seen = seen_by(audience, pledge)
        return None if seen is None else str(row(seen, kept, outcomes)).encode()

    return View(f"text {audience} {current_language() if kept else ''}", encode)
