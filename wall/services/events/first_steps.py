"""What of a new event is prepared, as far as the server knows it."""

from collections.abc import Set as AbstractSet
from datetime import UTC, datetime

from wall.core.clock import iso
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.wall_state import WallState
from wall.services.events.creating import FIRST_QUESTION, FIRST_TITLE
from wall.services.people.access import event_of
from wall.store import Store
from wall.store.queries import team

_USUAL_DESIGN = WallState().design


def steps_taken(store: Store, organiser: Organiser, code: str) -> AbstractSet[str]:
    """Of `details`, `prompts`, `look` and `team` those that are done. Raises EventNotFound or NotYourRole."""
    with store.read() as connection:
        event = event_of(connection, organiser, code)
        invitations = team.open_invitations(connection, event.id, iso(datetime.now(UTC)))
        has_team = bool(invitations) or len(team.of_event(connection, event.id)) > 1
    taken = {
        "details": event.title != FIRST_TITLE and event.question != FIRST_QUESTION,
        "prompts": bool(event.starters or event.themes),
        "look": _is_designed(event),
        "team": has_team,
    }
    return {step for step, done in taken.items() if done}


def _is_designed(event: Event) -> bool:
    """Whether anything about the wall is not as with every new event."""
    return bool(event.wall.logo) or event.wall.design != _USUAL_DESIGN
