"""The summary of an event, for whoever works on it: what was pledged, and what became of it."""

from dataclasses import dataclass

from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Pledge
from wall.core.retention import today
from wall.core.summary import FollowUp, Pledged, by_day, summarise_pledges
from wall.services.people.access import event_of
from wall.store import Store
from wall.store.queries import summary

MOST_AGREED = 5
MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class Summary:
    """What the results page shows, all of one moment."""

    pledged: Pledged
    follow_up: FollowUp
    most_agreed: list[Pledge]
    sentences: list[Pledge]
    """Those whose author says in a sentence how it is going: what waits for a moderator first."""


def summarise_event(store: Store, organiser: Organiser, code: str) -> Summary:
    """The results of an event, for moderators. It reads every pledge: call it off the loop. Raises EventNotFound or NotYourRole."""
    with store.read_apart() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR).id
        return Summary(
            summarise_pledges(summary.on_the_wall(connection, event)),
            FollowUp(
                summary.stands(connection, event, today()), by_day(summary.given_answers(connection, event))
            ),
            summary.most_agreed(connection, event, MOST_AGREED),
            summary.with_sentences(connection, event, MOST_SENTENCES),
        )
