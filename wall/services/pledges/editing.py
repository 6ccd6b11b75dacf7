"""A moderator puts a typo right, and a scribe in what they entered. What it said before stays in its history, and can be put back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from wall.core.content import Content
from wall.core.drafts import as_changed, check_content
from wall.core.errors import PledgeNotFound, StatusChangeNotAllowed
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Pledge, Status
from wall.services.people.access import event_of
from wall.services.people.desk_transaction import DeskTransaction
from wall.services.pledges.adding import find_own
from wall.services.pledges.judging import Judged, judge, write_judged
from wall.services.pledges.moderation import refuse_if_changed
from wall.services.pledges.revising import write_anew
from wall.store import Store, Transaction
from wall.store.queries import events, pledges, revisions

Rewrite = Callable[[Transaction, Event, Pledge, Content, Judged], Pledge]


def correct_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str, content: Content, seen: int | None = None
) -> Pledge:
    """Let a pledge say `content`; where it is stays as it was. `seen` is as in moderation.show_pledge.

    Raises EventNotFound, NotYourRole, PledgeNotFound, ChangedMeanwhile, StatusChangeNotAllowed where its author took it
    back, or BadInput where it does not fit the event.
    """

    def write(transaction: Transaction, judged: Judged) -> Pledge:
        desk = DeskTransaction(transaction, organiser, code, Role.MODERATOR)
        return _correct(desk, desk.pledge(pledge_id), content, seen, judged, _write_in_its_place)

    return write_judged(store, partial(_look, store, code, pledge_id, content), write)


def correct_own(
    store: Store, organiser: Organiser, code: str, pledge_id: str, content: Content, seen: int | None = None
) -> Pledge:
    """Let what somebody entered themselves say `content`. Whatever would have to wait as a new one waits.

    Raises as correct_pledge does.
    """

    def write(transaction: Transaction, judged: Judged) -> Pledge:
        desk = DeskTransaction(transaction, organiser, code, Role.SCRIBE)
        pledge = find_own(desk.connection, organiser, desk.event, pledge_id)
        return _correct(desk, pledge, content, seen, judged, write_anew)

    return write_judged(store, partial(_look, store, code, pledge_id, content), write)


def read_pledge(
    store: Store, organiser: Organiser, code: str, pledge_id: str
) -> tuple[Pledge, list[Content]]:
    """A pledge, and what it said before, newest first. Raises EventNotFound, NotYourRole or PledgeNotFound."""
    with store.read() as connection:
        event = event_of(connection, organiser, code, Role.MODERATOR)
        pledge = pledges.by_id(connection, event.id, pledge_id)
        if pledge is None:
            raise PledgeNotFound
        return pledge, revisions.earlier(connection, pledge.id)[::-1]


def _correct(
    desk: DeskTransaction,
    pledge: Pledge,
    content: Content,
    seen: int | None,
    judged: Judged,
    rewrite: Rewrite,
) -> Pledge:
    refuse_if_changed(pledge, seen)
    event = desk.event
    wanted = as_changed(content, pledge.content, event)
    if wanted == pledge.content:
        return pledge
    if pledge.status is Status.WITHDRAWN:
        raise StatusChangeNotAllowed
    check_content(wanted, event, pledge.content, *revisions.earlier(desk.connection, pledge.id))
    desk.record("correct", pledge)
    return rewrite(desk.transaction, event, pledge, wanted, judged)


def _look(store: Store, code: str, pledge_id: str, content: Content, _now: Event | None) -> Judged:
    """Judge what the pledge would say. Who may change it, and whether it is there, the action finds out."""
    with store.read() as connection:
        event = events.by_code(connection, code)
        pledge = pledges.by_id(connection, event.id, pledge_id) if event else None
    if event is None or pledge is None:
        return Judged({})
    return judge([as_changed(content, pledge.content, event)], event)


def _write_in_its_place(
    transaction: Transaction, event: Event, pledge: Pledge, wanted: Content, judged: Judged
) -> Pledge:
    """A moderator vouches for the words: it is no decision, and also a wall that is frozen shows them."""
    revisions.add(transaction.connection, pledge, at=transaction.now)
    version = transaction.next_version(event.code)
    corrected = replace(
        pledge,
        content=wanted,
        held_for=judged.held_for(wanted, event),
        version=version,
        state_version=version,
    )
    pledges.revise(transaction.connection, corrected, at=transaction.now)
    return corrected
