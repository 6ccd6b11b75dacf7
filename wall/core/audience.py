"""Who may see what: the one place that decides it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Literal

from wall.core.events import Event
from wall.core.pledges import Pledge, Status

Audience = Literal["public", "desk"]


def pledge_for_public(pledge: Pledge) -> dict[str, Any]:
    """A pledge in its public form. Only shown pledges may be handed to the public."""
    content = pledge.content
    return {
        "id": pledge.id,
        "number": pledge.number,
        "text": content.text,
        "name": content.name,
        "organisation": content.organisation,
        "theme": content.theme,
        "pinned": pledge.pinned,
        "created_at": pledge.created_at,
        "version": pledge.version,
        "shown_since": pledge.shown_since,
        "me_too": pledge.me_too,
    }


def pledge_with_status(pledge: Pledge) -> dict[str, Any]:
    """A pledge in the form that its author gets."""
    return pledge_for_public(pledge) | {"status": pledge.status.value, "held_for": pledge.held_for}


def pledge_for_desk(pledge: Pledge) -> dict[str, Any]:
    """A pledge with who decided on it and who entered it, by their ids."""
    return pledge_with_status(pledge) | {
        "decided_by": pledge.decided_by,
        "entered_by": pledge.entered_by,
    }


def changes_for(audience: Audience, event: Event, since: int, changed: Iterable[Pledge]) -> dict[str, Any]:
    """The answer to *what changed after version `since`?* from the pledges with a later version."""
    pledges: list[dict[str, Any]] = []
    removed: list[str] = []
    for pledge in changed:
        if audience == "desk":
            pledges.append(pledge_for_desk(pledge))
        elif pledge.status is Status.SHOWN:
            pledges.append(pledge_for_public(pledge))
        elif pledge.first_shown is not None and pledge.first_shown <= since:
            removed.append(pledge.id)
    return {
        "event": event_for_all(event),
        "from": since,
        "to": event.version,
        "pledges": pledges,
        "removed": removed,
    }


def event_for_all(event: Event) -> dict[str, Any]:
    """What every audience may know about an event."""
    return {
        "code": event.code,
        "title": event.title,
        "question": event.question,
        "open": event.open,
        "language": event.language,
        "themes": list(event.themes),
        "starters": list(event.starters),
        "text_limit": event.text_limit,
        "asks": list(event.asks),
        "closing_message": event.closing_message,
        "wall": asdict(event.wall),
    }
