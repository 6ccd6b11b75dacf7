"""The named limits: strict to one phone and one socket, generous to an address, since a venue is one.

The measure of a venue: 2,000 people behind one address join within a minute, and all come back at once after a restart.
What one address may use is less than what an event may, so nobody can use up an event's allowance from one place.
"""

from wall.limits.allowances import Policy

PLEDGES_BY_DEVICE = Policy("device", burst=12, per_second=0.25)
"""One phone that is passed round a table."""
PLEDGES_BY_ADDRESS = Policy("address", burst=5_000, per_second=100)
PLEDGES_BY_EVENT = Policy("event", burst=10_000, per_second=200)

ME_TOO_BY_DEVICE = Policy("me_too", burst=60, per_second=1)
ME_TOO_BY_ADDRESS = Policy("me_too_address", burst=5_000, per_second=50)

CHANGES_BY_RECEIPT = Policy("receipt", burst=30, per_second=0.5)
"""An author who changes, answers, takes back."""
CHANGES_BY_ADDRESS = Policy("receipt_address", burst=4_000, per_second=50)

REACHED_BY_ADDRESS = Policy("reached", burst=500, per_second=1)
"""Phones that are counted as having reached this server."""

PAGES_BY_DEVICE = Policy("pages", burst=120, per_second=2)
PAGES_BY_ADDRESS = Policy("pages_address", burst=6_000, per_second=100)
FEEDS_BY_DEVICE = Policy("feeds", burst=120, per_second=4)
FEEDS_BY_ADDRESS = Policy("feeds_address", burst=8_000, per_second=600)
FEEDS_BY_EVENT = Policy("feeds_event", burst=16_000, per_second=1_000)
"""What changed: a companion wall asks every three to five seconds."""

JOINS_BY_DEVICE = Policy("joins", burst=60, per_second=1)
JOINS_BY_ADDRESS = Policy("joins_address", burst=8_000, per_second=200)
MOST_SOCKETS_OF_DEVICE = 40
MOST_SOCKETS_OF_ADDRESS = 12_000
MOST_SOCKETS_WITHOUT_COOKIE = 500
"""Of one address: projectors, programs, and browsers that store no cookies."""
MOST_SOCKETS_WITHOUT_WATCH = 2_000
"""Of all: sockets that have not yet said what they follow."""
WATCH_WITHIN_SECONDS = 60
"""A socket that has not said by then what it follows is closed."""

WATCHES_BY_SOCKET = Policy("watches", burst=10, per_second=1)
WATCHES_BY_EVENT = Policy("watches_event", burst=16_000, per_second=1_000)
ASKING_BY_SOCKET = Policy("asking", burst=20, per_second=2)
"""How the room is, at a desk; and which version its people see, from a projector."""
MESSAGES_BY_SOCKET = Policy("messages", burst=100, per_second=10)
"""Of any kind. A socket that is asked to slow down and goes on is closed."""
