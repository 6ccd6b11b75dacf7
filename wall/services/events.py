"""An organiser makes, opens and closes events."""

from collections.abc import Sequence

from wall.core.codes import new_event_code
from wall.core.events import DEFAULT_TEXT_LIMIT, Event, Moderation
from wall.store import Store, Transaction, events, organisers

FIRST_TITLE = "Our first event"
FIRST_QUESTION = "What will you do differently from tomorrow?"
FIRST_ORGANISER = "Organiser"


def make_first_event(
    store: Store,
    *,
    title: str = FIRST_TITLE,
    question: str = FIRST_QUESTION,
    themes: Sequence[str] = (),
) -> None:
    """On a fresh database: an open event, and the organiser whom the printed link lets in."""
    with store.read() as connection:
        if events.any_event(connection):
            return

    def write(transaction: Transaction) -> None:
        if not events.any_event(transaction.connection):
            organiser_id = organisers.add(transaction.connection, FIRST_ORGANISER, transaction.now)
            add_event(transaction, organiser_id, title=title, question=question, themes=themes)

    store.write(write)


def make_event(
    store: Store,
    organiser_id: int,
    *,
    title: str,
    question: str,
    themes: Sequence[str] = (),
    moderation: Moderation = "after",
    text_limit: int = DEFAULT_TEXT_LIMIT,
) -> Event:
    """A new open event that this organiser works on."""

    def write(transaction: Transaction) -> Event:
        return add_event(
            transaction,
            organiser_id,
            title=title,
            question=question,
            themes=themes,
            moderation=moderation,
            text_limit=text_limit,
        )

    return store.write(write)


def add_event(
    transaction: Transaction,
    organiser_id: int,
    *,
    title: str,
    question: str,
    themes: Sequence[str] = (),
    moderation: Moderation = "after",
    text_limit: int = DEFAULT_TEXT_LIMIT,
) -> Event:
    """See make_event; for an action that does more."""
    code = _free_code(transaction)
    event_id = events.add(
        transaction.connection,
        {
            "code": code,
            "title": title,
            "question": question,
            "open": True,
            "language": "en",
            "themes": list(themes),
            "text_limit": text_limit,
            "moderation": moderation,
            "version": 0,
            "last_number": 0,
            "created_at": transaction.now,
        },
    )
    organisers.join_event(transaction.connection, organiser_id, event_id)
    transaction.record("make_event", event_id=event_id, organiser_id=organiser_id)
    return transaction.event(code)


def _free_code(transaction: Transaction) -> str:
    while True:
        code = new_event_code()
        if events.by_code(transaction.connection, code) is None:
            return code
