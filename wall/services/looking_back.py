"""Whoever works on an event looks back: what was pledged, and what became of it."""

from dataclasses import dataclass

from wall.core.letting_go import today
from wall.core.looking_back import Followed, Pledged, by_day, what_was_pledged
from wall.core.organisers import Organiser
from wall.core.pledges import Pledge
from wall.core.roles import Role
from wall.services.desks import event_of
from wall.store import Store, looking_back

MOST_AGREED = 5
MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class LookBack:
    """All of one moment."""

    pledged: Pledged
    followed: Followed
    most_agreed: list[Pledge]
    sentences: list[Pledge]
    """Those whose author says in a sentence how it is going: what waits for a moderator first."""


def look_back(store: Store, organiser: Organiser, code: str) -> LookBack:
    """It reads every pledge: call it off the loop. Raises EventNotFound or NotYourRole."""
    with store.read_apart() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR).id
        return LookBack(
            what_was_pledged(looking_back.on_the_wall(connection, event)),
            Followed(
                looking_back.stands(connection, event, today()), by_day(looking_back.said(connection, event))
            ),
            looking_back.most_agreed(connection, event, MOST_AGREED),
            looking_back.with_sentences(connection, event, MOST_SENTENCES),
        )
