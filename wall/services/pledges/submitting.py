"""An attendee sends a pledge."""

from dataclasses import dataclass, replace

from wall.core.codes import new_pledge_id, new_token
from wall.core.content import with_fewer_author_fields
from wall.core.drafts import Draft, as_asked, check_content
from wall.core.errors import BadInput, EventClosed, KeyReused, TryAgain, WallError
from wall.core.events import Event
from wall.core.holding import first_status
from wall.core.pledges import Pledge, Status
from wall.services.pledges.judging import Judged, event_to_judge_by, judge, write_judged
from wall.store import Store, Transaction
from wall.store.queries import pledges, revisions


@dataclass(frozen=True, slots=True)
class Submitted:
    """A pledge that is on the disk. `version` is the event's after it was stored."""

    pledge: Pledge
    receipt_token: str
    version: int
    new: bool
    """False where this key had stored it before."""


def submit_pledge(store: Store, code: str, draft: Draft) -> Submitted:
    """Store a draft, once for each key; sent again, the same answer.

    Raises EventNotFound, EventClosed, BadInput, KeyReused (the key carried other content) or TryAgain.
    """

    def look(now: Event | None) -> Judged:
        event = event_to_judge_by(store, code, now)
        return judge([as_asked(draft.content, event)], event)

    def write(transaction: Transaction, judged: Judged) -> Submitted:
        return store_draft(transaction, code, draft, judged)

    return write_judged(store, look, write)


def store_draft(
    transaction: Transaction, code: str, draft: Draft, judged: Judged, *, entered_by: int | None = None
) -> Submitted:
    """As submit_pledge, within an action. A closed event takes what somebody at the desk enters (`entered_by`)."""
    event = transaction.event(code)
    draft = replace(draft, content=as_asked(draft.content, event))
    refusal = _refusal(event, draft, entered=entered_by is not None)
    submitted = None if refusal else _store(transaction, event, draft, judged, entered_by)
    # A key that came before gets its first answer again, even when the event has closed since.
    return submitted or _stored_before(transaction, event, draft, refusal)


def _refusal(event: Event, draft: Draft, *, entered: bool) -> WallError | None:
    if not event.open and not entered:
        return EventClosed()
    try:
        check_content(draft.content, event)
    except BadInput as error:
        return error
    return None


def _store(
    transaction: Transaction, event: Event, draft: Draft, judged: Judged, entered_by: int | None
) -> Submitted | None:
    """Store the draft as the event's next pledge; None where its key came before."""
    version = event.version + 1
    held = judged.held_for(draft.content, event)
    status = first_status(event, held)
    shown = status is Status.SHOWN
    pledge = Pledge(
        id=new_pledge_id(),
        number=event.last_number + 1,
        content=draft.content,
        status=status,
        pinned=False,
        created_at=transaction.now,
        version=version,
        first_shown=version if shown else None,
        shown_since=version if shown else None,
        held_for=held,
        state_version=version,
        entered_by=entered_by,
    )
    token = new_token()
    if not pledges.add(transaction.connection, event.id, pledge, key=draft.key, receipt_token=token):
        return None
    transaction.count_pledge(event)
    return Submitted(pledge, token, version, new=True)


def _stored_before(
    transaction: Transaction, event: Event, draft: Draft, refusal: WallError | None
) -> Submitted:
    before = pledges.by_key(transaction.connection, event.id, draft.key)
    if before is None:
        raise refusal or TryAgain()
    pledge, token = before
    # Its author may have changed it or taken the name off since, and the event may ask more or less than it did.
    earlier = [pledge.content, *revisions.earlier(transaction.connection, pledge.id)]
    said = [as_asked(content, event) for content in earlier]
    if not any(content in said for content in with_fewer_author_fields(draft.content)):
        raise KeyReused
    return Submitted(pledge, token, pledge.version, new=False)
