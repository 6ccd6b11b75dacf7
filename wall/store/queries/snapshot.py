"""Where an event can be read."""

from typing import NewType

from sqlalchemy import Connection

Snapshot = NewType("Snapshot", Connection)
"""A connection on which everything is as it was committed. A transaction's is none: it has events' counters in its memory until
it ends, so there only `Transaction.event` knows their version."""
