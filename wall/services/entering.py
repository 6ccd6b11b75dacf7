"""A scribe enters pledges for people: from paper cards, and for whoever has no phone."""

from collections.abc import Sequence

from wall.core.drafts import Draft
from wall.core.organisers import Organiser
from wall.core.roles import Role
from wall.services.desks import event_of
from wall.services.submitting import Submitted, store_draft
from wall.store import Store, Transaction


def enter_pledges(store: Store, organiser: Organiser, code: str, drafts: Sequence[Draft]) -> list[Submitted]:
    """Store drafts, each once for its key, all of them or none. A closed event takes them too.

    Raises EventNotFound, NotYourRole, BadInput, KeyReused or TryAgain.
    """

    def write(transaction: Transaction) -> list[Submitted]:
        event = event_of(transaction.connection, organiser, code, Role.SCRIBE)
        entered = [store_draft(transaction, code, draft, entered_by=organiser.id) for draft in drafts]
        for one in entered:
            if one.new:
                transaction.record(
                    "enter", event_id=event.id, organiser_id=organiser.id, pledge_id=one.pledge.id
                )
        return entered

    return store.write(write)
