"""The database: tables, named queries, and the ledger, which is the one writer."""

from sqlalchemy import Connection

from wall.store.ledger import Ledger
from wall.store.shared_allowances import SharedAllowances
from wall.store.store import CannotBackUp, CannotOpen, Store, open_store
from wall.store.transaction import Moved, Transaction

__all__ = [
    "CannotBackUp",
    "CannotOpen",
    "Connection",
    "Ledger",
    "Moved",
    "SharedAllowances",
    "Store",
    "Transaction",
    "open_store",
]
