"""The database: tables, named queries, and the ledger, which is the one writer."""

from sqlalchemy import Connection

from wall.store.files.backups import Backups
from wall.store.ledger import Action, Ledger
from wall.store.problems import CannotBackUp, CannotOpen, CannotRestore, CannotUse, StoreProblem
from wall.store.queries.snapshot import Snapshot
from wall.store.store import Store, open_store
from wall.store.transaction import EventChange, Transaction

__all__ = [
    "Action",
    "Backups",
    "CannotBackUp",
    "CannotOpen",
    "CannotRestore",
    "CannotUse",
    "Connection",
    "EventChange",
    "Ledger",
    "Snapshot",
    "Store",
    "StoreProblem",
    "Transaction",
    "open_store",
]
