"""What became of a pledge: its author says so by the private link, and a moderator looks at the sentence."""

from dataclasses import replace

from wall.core.audience import pledge_on_kept_wall
from wall.core.content import Content
from wall.core.errors import ChangedMeanwhile, PledgeNotFound, PledgeWithdrawn
from wall.core.events import Event
from wall.core.holding import first_status
from wall.core.people.roles import Role
from wall.core.pledges import Answer, Outcome, Pledge, Status
from wall.services.people.desk_transaction import DeskTransaction, at_desk
from wall.services.pledges.judging import Judged, judge, write_judged
from wall.services.pledges.receipts import find_receipt, pledge_now
from wall.store import Store, Transaction
from wall.store.queries import answers, pledges


def answer_pledge(store: Store, token: str, outcome: Outcome, sentence: str) -> Pledge:
    """An author says how it is going. What they said earlier on the same day gives way; that of other days stays.

    A sentence that would have to wait as a pledge waits, and so does a new one after one that a moderator hid.
    Raises PledgeNotFound or PledgeWithdrawn.
    """

    def look(_now: Event | None) -> Judged:
        _, event = find_receipt(store, token)
        return judge([Content(sentence)] if sentence else [], event)

    def write(transaction: Transaction, judged: Judged) -> Pledge:
        pledge, event = pledge_now(transaction, token)
        if pledge.status is Status.WITHDRAWN:
            raise PledgeWithdrawn
        answer = _answer(event, pledge.answer, outcome, sentence, judged, transaction.now)
        if answer == pledge.answer:
            return pledge
        if pledge.answer and _of_one_day(pledge.answer.at, answer.at):
            answers.change(transaction.connection, pledge.id, pledge.answer, answer)
        else:
            answers.add(transaction.connection, pledge.id, answer)
        return _announce_outcome(transaction, event.code, pledge, replace(pledge, answer=answer))

    return write_judged(store, look, write)


@at_desk(Role.MODERATOR)
def show_sentence(desk: DeskTransaction, pledge_id: str, seen: str) -> Pledge:
    """Let the kept wall show the sentence of an answer. `seen` is when the answer was given that was on the screen.

    Raises PledgeNotFound, or ChangedMeanwhile where its author has answered anew since.
    """
    return _settle(desk, desk.pledge(pledge_id), seen, Status.SHOWN, "show_sentence")


@at_desk(Role.MODERATOR)
def hide_sentence(desk: DeskTransaction, pledge_id: str, seen: str) -> Pledge:
    """Let the kept wall show the answer without its sentence. `seen` and errors are as in show_sentence."""
    return _settle(desk, desk.pledge(pledge_id), seen, Status.HIDDEN, "hide_sentence")


def _settle(desk: DeskTransaction, pledge: Pledge, seen: str, status: Status, action: str) -> Pledge:
    answer = pledge.answer
    if answer is None or not answer.sentence:
        raise PledgeNotFound
    if answer.at != seen:
        raise ChangedMeanwhile
    if answer.status is status:
        return pledge
    settled = replace(answer, status=status, version=desk.event.version + 1)
    answers.change(desk.connection, pledge.id, answer, settled)
    desk.record(action, pledge)
    return _announce_outcome(desk.transaction, desk.event.code, pledge, replace(pledge, answer=settled))


def _answer(
    event: Event, before: Answer | None, outcome: Outcome, sentence: str, judged: Judged, at: str
) -> Answer:
    """What is said now; the answer from before where the same was said today already."""
    if before is None or (before.outcome, before.sentence) != (outcome, sentence):
        return Answer(at, outcome, sentence, _status(event, sentence, judged, before), event.version + 1)
    return before if _of_one_day(before.at, at) else replace(before, at=at)


def _of_one_day(at: str, later: str) -> bool:
    return at[:10] == later[:10]


def _status(event: Event, sentence: str, judged: Judged, before: Answer | None) -> Status:
    """Where a sentence begins. What a moderator decided on the same words stands."""
    if before and before.sentence == sentence:
        return before.status
    if before and before.status is Status.HIDDEN and sentence:
        return Status.WAITING
    return first_status(event, judged.held_for(Content(sentence), event)) if sentence else Status.SHOWN


def _announce_outcome(transaction: Transaction, code: str, before: Pledge, now: Pledge) -> Pledge:
    """Raise the version for the kept wall, where that has something to show anew or to take off.

    Nothing else raises it: else who drops a pledge could be read from its version.
    """
    if pledge_on_kept_wall(before) == pledge_on_kept_wall(now):
        return now
    changed = replace(now, version=transaction.next_version(code))
    pledges.set_version(transaction.connection, changed)
    return changed
