"""A form that is sent twice, by a double click or by a browser that tries again, is carried out once."""

from collections.abc import Callable

from wall.store import Transaction
from wall.store.queries import forms


def once(transaction: Transaction, form: str | None, make: Callable[[], str]) -> str:
    """What `make` says that it made, or what the same form made before. `form` is None where a program sends no key."""
    if form is None:
        return make()
    before = forms.made_by(transaction.connection, form)
    if before is None:
        before = make()
        forms.remember(transaction.connection, form, before)
    return before
