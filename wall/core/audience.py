"""Who may see what: the one place that decides it."""

from dataclasses import asdict
from typing import Any, Literal
from zlib import crc32

from wall.core.events import Event
from wall.core.outcomes import ON_THE_KEPT_WALL
from wall.core.pledges import Pledge, Status

Audience = Literal["public", "wall", "kept", "desk"]
"""`wall` is the room in front of the projected wall; `kept` the one that looks at what became of its pledges."""


def pledge_for_public(pledge: Pledge) -> dict[str, Any]:
    """A pledge in its public form. Only shown pledges may be handed to the public."""
    return {
        "id": pledge.id,
        "number": pledge.number,
        **pledge.content.by_field(),
        "pinned": pledge.pinned,
        "created_at": pledge.created_at,
        "version": pledge.version,
        "shown_since": pledge.shown_since,
        "me_too": pledge.me_too,
    }


def pledge_on_kept_wall(pledge: Pledge) -> dict[str, Any] | None:
    """A pledge with what became of it; None where it is not shown, its author has not said, or dropped it."""
    answer = pledge.answer
    if pledge.status is not Status.SHOWN or answer is None or answer.outcome not in ON_THE_KEPT_WALL:
        return None
    return pledge_for_public(pledge) | {
        "outcome": answer.outcome.value,
        "sentence": answer.sentence if answer.status is Status.SHOWN else "",
        "shown_since": max(pledge.shown_since or 0, answer.version),  # a frozen wall has not seen these words
    }


def pledge_with_status(pledge: Pledge) -> dict[str, Any]:
    """A pledge in the form that whoever sent it gets."""
    return pledge_for_public(pledge) | {"status": pledge.status.value, "held_for": pledge.held_for}


def pledge_for_author(pledge: Pledge) -> dict[str, Any]:
    """A pledge as its private page has it, with what its author said of how it is going."""
    answer = asdict(pledge.answer) if pledge.answer else None
    return pledge_with_status(pledge) | {"answer": answer}


def pledge_for_desk(pledge: Pledge) -> dict[str, Any]:
    """A pledge with who decided on it and who entered it, by their ids."""
    return pledge_with_status(pledge) | {
        "decided_by": pledge.decided_by,
        "entered_by": pledge.entered_by,
        "erased": bool(pledge.erased_at),
    }


def seen_by(audience: Audience, pledge: Pledge) -> dict[str, Any] | None:
    """A pledge as an audience sees it; None where it does not. What waits, is hidden or withdrawn is for the desk alone."""
    if audience == "desk":
        return pledge_for_desk(pledge)
    if audience == "kept":
        return pledge_on_kept_wall(pledge)
    return pledge_for_public(pledge) if pledge.status is Status.SHOWN else None


def form_of(event: Event) -> str:
    """A short name for what a phone page asks now: it changes with anything that its readers would see."""
    asked = (
        event.title, event.question, event.open, event.themes, event.starters, event.text_limit,
        event.asks, event.closing_message, event.keep_until,
    )  # fmt: skip
    return f"{crc32(repr(asked).encode()):08x}"


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
        "keep_until": event.keep_until,
        "wall": asdict(event.wall),
    }


def event_for_wall(event: Event) -> dict[str, Any]:
    """As event_for_all, with the Wi-Fi that the room is to join: `wifi` is there where the event shows one, and on no phone's page."""
    wifi = {"name": event.wifi_name, "password": event.wifi_password}
    return event_for_all(event) | ({"wifi": wifi} if event.wifi_name else {})
