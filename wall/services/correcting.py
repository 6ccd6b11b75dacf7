"""A moderator puts a typo right. What it said before is kept, and can be put back."""

from dataclasses import replace

from wall.core.drafts import as_asked, check_content
from wall.core.errors import MoveNotAllowed, PledgeNotFound
from wall.core.holding import held_for
from wall.core.organisers import Organiser
from wall.core.pledges import Content, Pledge, Status
from wall.core.roles import Role
from wall.services.desks import event_of
from wall.services.moderating import find_pledge, refuse_if_changed
from wall.services.moving import move_pledge
from wall.store import Store, Transaction, pledges


def correct_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str, content: Content, seen: int | None = None
) -> Pledge:
    """Let a pledge say `content`; where it is stays as it was. `seen` is as in moderating.show_pledge.

    Raises EventNotFound, NotYourRole, PledgeNotFound, ChangedMeanwhile, MoveNotAllowed where its author took it
    back, or BadInput where it does not fit the event.
    """

    def write(transaction: Transaction) -> Pledge:
        event = event_of(transaction.connection, organiser, code, Role.MODERATOR)
        pledge = find_pledge(transaction, event, pledge_id)
        refuse_if_changed(pledge, seen)
        wanted = as_asked(content, event)
        if wanted == pledge.content:
            return pledge
        if pledge.status is Status.WITHDRAWN:
            raise MoveNotAllowed
        check_content(wanted, event)
        pledges.keep_revision(transaction.connection, pledge, at=transaction.now)
        transaction.record("correct", event_id=event.id, organiser_id=organiser.id, pledge_id=pledge.id)
        changed = replace(pledge, content=wanted, held_for=held_for(wanted, event))
        pledges.revise(transaction.connection, changed, at=transaction.now)
        return move_pledge(transaction, code, changed, pledge.status, by=pledge.decided_by)

    return store.write(write)


def look_at_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str
) -> tuple[Pledge, list[Content]]:
    """A pledge, and what it said before, newest first. Raises EventNotFound, NotYourRole or PledgeNotFound."""
    with store.read() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR)
        pledge = pledges.by_id(connection, event.id, pledge_id)
        if pledge is None:
            raise PledgeNotFound
        return pledge, pledges.earlier_contents(connection, pledge.id)[::-1]
