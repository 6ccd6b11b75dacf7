"""The one way to change something at an event's desk: an action of the ledger, for whoever has the role that it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from wall.core.errors import PledgeNotFound
from wall.core.events import Event
from wall.core.people.organisers import Organiser
from wall.core.people.roles import Role
from wall.core.pledges import Pledge
from wall.services.people.access import role_at
from wall.store import Store, Transaction
from wall.store.queries import pledges

P = ParamSpec("P")
T = TypeVar("T")


class DeskTransaction:
    """A transaction in which somebody acts at one event. There is none for whoever lacks the role."""

    def __init__(self, transaction: Transaction, organiser: Organiser, code: str, needed: Role) -> None:
        """Raises EventNotFound or NotYourRole, as access.role_at does."""
        self.transaction = transaction
        self.connection = transaction.connection
        self.organiser = organiser
        self._code = code
        role_at(self.connection, organiser, self.event, needed)

    @property
    def event(self) -> Event:
        """The event as it is now, after all that this transaction did so far."""
        return self.transaction.event(self._code)

    def pledge(self, pledge_id: str) -> Pledge:
        """A pledge of the event. Raises PledgeNotFound."""
        pledge = pledges.by_id(self.connection, self.event.id, pledge_id)
        if pledge is None:
            raise PledgeNotFound
        return pledge

    def record(self, action: str, pledge: Pledge | None = None) -> None:
        """Note in the audit what the organiser does."""
        self.transaction.record(
            action,
            event_id=self.event.id,
            organiser_id=self.organiser.id,
            pledge_id=pledge.id if pledge else None,
        )

    def change(self, action: str, pledge: Pledge | None = None, /, **settings: Any) -> Event:
        """Change the event's own fields, and note that."""
        self.record(action, pledge)
        return self.transaction.change_event(self._code, **settings)

    def ensure(self, action: str, **settings: Any) -> Event:
        """As change, unless the event has these values already."""
        event = self.event
        if all(getattr(event, name) == value for name, value in settings.items()):
            return event
        return self.change(action, **settings)


def at_desk(
    needed: Role,
) -> Callable[
    [Callable[Concatenate[DeskTransaction, P], T]], Callable[Concatenate[Store, Organiser, str, P], T]
]:
    """Make a function of a DeskTransaction a service, which is called with the store, who acts, and the event's code."""

    def service_of(action: Callable[Concatenate[DeskTransaction, P], T]) -> Any:
        @wraps(action)
        def service(store: Store, organiser: Organiser, code: str, *more: P.args, **named: P.kwargs) -> T:
            return store.write(
                lambda transaction: action(
                    DeskTransaction(transaction, organiser, code, needed), *more, **named
                )
            )

        return service

    return service_of
