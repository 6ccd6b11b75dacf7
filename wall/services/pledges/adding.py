"""A scribe enters pledges for people: from paper cards, and for whoever has no phone."""

from collections.abc import Sequence

from wall.core.drafts import Draft, as_asked
from wall.core.errors import PledgeNotFound
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Pledge, Status, check_status_change
from wall.core.server.runtime import OffLoop, at_once
from wall.services.people.access import event_of
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.services.pledges.judging import Judged, event_to_judge_by, judge, write_judged
from wall.services.pledges.status import change_status
from wall.services.pledges.submitting import Submitted, store_draft
from wall.store import Connection, Store, Transaction
from wall.store.queries import pledges

LATEST_OWN = 20


def enter_pledges(
    store: Store, organiser: Organiser, code: str, drafts: Sequence[Draft], off_loop: OffLoop = at_once
) -> list[Submitted]:
    """Store drafts, each once for its key, all of them or none. A closed event takes them too. Many are judged `off_loop`.

    Raises EventNotFound, NotYourRole, BadInput, KeyReused or TryAgain.
    """

    def look(now: Event | None) -> Judged:
        event = event_to_judge_by(store, code, now)
        return off_loop(judge, [as_asked(draft.content, event) for draft in drafts], event)

    def write(transaction: Transaction, judged: Judged) -> list[Submitted]:
        desk = DeskTransaction(transaction, organiser, code, Role.SCRIBE)
        entered = [store_draft(transaction, code, draft, judged, entered_by=organiser.id) for draft in drafts]
        for one in entered:
            if one.new:
                desk.record("enter", one.pledge)
        return entered

    return write_judged(store, look, write)


def latest_own(store: Store, organiser: Organiser, code: str) -> list[Pledge]:
    """What somebody entered last, newest first. Raises EventNotFound or NotYourRole."""
    with store.read() as connection:
        event = event_of(connection, organiser, code, Role.SCRIBE)
        return pledges.latest_entered(connection, event.id, organiser.id, LATEST_OWN)


def read_own_pledge(store: Store, organiser: Organiser, code: str, pledge_id: str) -> Pledge:
    """A pledge that somebody entered themselves. Raises EventNotFound, NotYourRole or PledgeNotFound."""
    with store.read() as connection:
        return find_own(connection, organiser, event_of(connection, organiser, code, Role.SCRIBE), pledge_id)


@at_desk(Role.SCRIBE)
def take_own_back(desk: DeskTransaction, pledge_id: str) -> Pledge:
    """Hide what somebody entered by mistake. Raises as read_own_pledge, or StatusChangeNotAllowed."""
    pledge = find_own(desk.connection, desk.organiser, desk.event, pledge_id)
    if not check_status_change("organiser", pledge.status, Status.HIDDEN):
        return pledge
    desk.record("hide", pledge)
    return change_status(desk.transaction, desk.event.code, pledge, Status.HIDDEN, by=desk.organiser.id)


def find_own(connection: Connection, organiser: Organiser, event: Event, pledge_id: str) -> Pledge:
    """A pledge that this organiser entered; those of others are as if they were not there. Raises PledgeNotFound."""
    pledge = pledges.by_id(connection, event.id, pledge_id)
    if pledge is None or pledge.entered_by != organiser.id:
        raise PledgeNotFound
    return pledge
