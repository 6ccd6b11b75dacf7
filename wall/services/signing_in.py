"""An organiser comes into the desk: by a one-time link, or by name and password."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from wall.core.clock import iso
from wall.core.codes import new_token
from wall.store import Store, Transaction, organisers

LINK_LIVES = timedelta(hours=24)


def make_desk_link(store: Store) -> str:
    """The token of a new one-time link for the first organiser. Only its hash is kept."""
    token = new_token()
    expires_at = iso(datetime.now(UTC) + LINK_LIVES)

    def write(transaction: Transaction) -> None:
        organisers.add_desk_link(
            transaction.connection,
            organisers.first(transaction.connection),
            token_hash=hash_token(token),
            created_at=transaction.now,
            expires_at=expires_at,
        )

    store.write(write)
    return token


def hash_token(token: str) -> str:
    """What is kept of a token. It is random already, so a plain hash does."""
    return sha256(token.encode()).hexdigest()
