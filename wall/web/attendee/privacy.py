"""What is stored of attendees, for how long, and who sees it: written from the event's own settings."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from wall.core.events import Event
from wall.core.retention import gone_from_backups
from wall.core.server.backups import BACKUP_DAYS
from wall.web.kit.canonical_address import event_at_canonical_address
from wall.web.kit.context import event_on_page
from wall.web.kit.language import remember_language, set_reader_language

blueprint = Blueprint("privacy", __name__, url_prefix="/e/<event:code>")


@blueprint.get("/privacy")
def show_privacy(code: str) -> ResponseReturnValue:
    return _page("phone/privacy.html", event_at_canonical_address(code), backup_days=BACKUP_DAYS)


@blueprint.get("/erased")
def show_erased(code: str) -> ResponseReturnValue:
    """What somebody reads who has just erased a pledge."""
    return _page("receipt/erased.html", event_at_canonical_address(code), gone=gone_from_backups())


def _page(template: str, event: Event, **more: object) -> ResponseReturnValue:
    set_reader_language(event.language)
    page = make_response(
        render_template(
            template,
            event=event_on_page(event),
            moderation=event.moderation,
            contact=event.contact,
            let_go_at=event.let_go_at,
            **more,
        )
    )
    remember_language(page)
    return page
