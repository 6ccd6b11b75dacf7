"""The projected wall."""

from typing import Literal

from flask import (
    Blueprint,
    current_app,
    make_response,
    render_template,
    request,
    send_from_directory,
)
from flask.typing import ResponseReturnValue

from wall.core.audience import event_for_wall
from wall.core.outcomes import shown_outcomes
from wall.core.wall_state import LOOKS
from wall.core.words import set_language
from wall.web.kit.canonical_address import event_at_canonical_address
from wall.web.kit.context import current_parts, event_on_page

blueprint = Blueprint("projector", __name__)


@blueprint.get("/e/<event:code>/wall")
def show_wall(code: str) -> ResponseReturnValue:
    return _page(code, "wall")


@blueprint.get("/e/<event:code>/wall/kept")
def show_kept_wall(code: str) -> ResponseReturnValue:
    """The follow-up wall, for the next event: the same page for another audience."""
    return _page(code, "kept")


def _page(code: str, audience: Literal["wall", "kept"]) -> ResponseReturnValue:
    event = event_at_canonical_address(code)
    set_language(event.language)
    asked = request.args.get("look")
    look = asked if asked in LOOKS else event.wall.look
    page = make_response(
        render_template(
            "projector/page.html",
            event=event_on_page(event),
            look=look,
            audience=audience,
            wifi=event_for_wall(event).get("wifi") if audience == "wall" else None,
            here=current_parts().addresses.wall_here(event.code),
            outcomes=shown_outcomes() if audience == "kept" else [],
        )
    )
    current_parts().devices.give_cookie(request.environ, page)
    page.headers["Cache-Control"] = "no-cache"  # the worker may store it, for when the server is away
    return page


@blueprint.get("/wall-worker.js")
def show_worker() -> ResponseReturnValue:
    """The worker's address has to stay the same, and to stand above the pages that it looks after."""
    worker = send_from_directory(
        current_app.root_path, "static/projector/worker.js", mimetype="text/javascript"
    )
    worker.headers["Cache-Control"] = "no-cache"
    return worker
