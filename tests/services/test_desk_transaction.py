"""Acting at a desk: only with the role, and always on the event as it is now."""

import pytest

from tests.conftest import Cast
from wall.core.errors import EventNotFound, NotYourRole
from wall.core.people.roles import Role
from wall.services.people.desk_transaction import DeskTransaction
from wall.services.pledges.receipts import pledge_now
from wall.services.pledges.submitting import Submitted
from wall.store import Store, Transaction


def test_what_an_action_sees_of_its_event_is_never_older_than_what_was_done_before(
    store: Store, cast: Cast, pledge: Submitted
) -> None:
    code = cast.event.code

    def write(transaction: Transaction) -> list[int]:
        before = DeskTransaction(transaction, cast.organiser, code, Role.ORGANISER)
        seen = [before.event.version]
        transaction.next_version(code)
        before.change("edit_event", title="Another")
        after = DeskTransaction(transaction, cast.moderator, code, Role.MODERATOR)
        _, event = pledge_now(transaction, pledge.receipt_token)
        return [*seen, before.event.version, after.event.version, event.version]

    first, *later = store.write(write)
    assert later == [first + 2] * 3


def test_whoever_lacks_the_role_has_nothing_to_act_with(store: Store, cast: Cast) -> None:
    for who, refused in ((cast.scribe, NotYourRole), (cast.other_organiser, EventNotFound)):
        with pytest.raises(refused):
            store.write(lambda tx, who=who: DeskTransaction(tx, who, cast.event.code, Role.MODERATOR))  # type: ignore[misc]
