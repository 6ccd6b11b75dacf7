"""The tables. A change here goes with a migration; a test compares the two."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from wall.core.content import FIELDS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Column("themes", Text, nullable=False),  # a JSON list of strings
    Column("text_limit", Integer, nullable=False),
    Column("moderation", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("wall", Text, nullable=False),  # a JSON object: core.wall_state.WallState
    Column("starters", Text, nullable=False),  # a JSON list of strings
    Column("extra_words", Text, nullable=False),  # a JSON list of strings
    Column("asks", Text, nullable=False),  # a JSON list: which of core.content.ASKED
    Column("closing_message", Text, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("rehearsal", Boolean, nullable=False),  # made by a load check, gone when it ends
    Column("emptied", Integer, nullable=False),  # the version at which all its pledges were cleared
    Column("keep_until", Text, nullable=False),  # the last day with names, as YYYY-MM-DD; empty for no end
    Column("let_go_at", Text, nullable=False),  # when the names were taken out; empty before
    Column("contact", Text, nullable=False),  # whom people can ask about their data
    Column(
        "wifi_name", Text, nullable=False
    ),  # the network that the wall and the poster show; empty for none
    Column("wifi_password", Text, nullable=False),  # empty for an open network
    UniqueConstraint("code"),
)

pledges = Table(
    "pledges",
    metadata,
    Column("id", Text, primary_key=True),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),  # made by the phone; never leaves the server
    Column("receipt_token", Text, nullable=False),
    *(Column(field, Text, nullable=False) for field in FIELDS),
    Column("status", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("first_shown", Integer),  # the event's version when the public first saw it
    Column("shown_since", Integer),  # the event's version when it was last put on the wall
    Column("held_for", Text, nullable=False),  # why it had to wait: core.holding.HeldFor
    Column("me_too", Integer, nullable=False),  # how many rows of me_toos it has
    Column("state_version", Integer, nullable=False),  # `version`, but for counts of me too and pins
    Column("decided_by", Integer),  # the organiser whose decision stands; empty where its author changed it
    Column("entered_by", Integer),  # who entered it for somebody
    Column("erased_at", Text, nullable=False),  # when all that it said was taken out; empty before
    UniqueConstraint("event_id", "key"),
    UniqueConstraint("event_id", "number"),
    UniqueConstraint("receipt_token"),
    Index(None, "event_id", "version"),
    Index(None, "event_id", "status", "number"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pledge_id", ForeignKey("pledges.id"), nullable=False),
    Column("at", Text, nullable=False),
    *(Column(field, Text, nullable=False) for field in FIELDS),  # as they were before the change
    Index(None, "pledge_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pledge_id", ForeignKey("pledges.id"), nullable=False),
    Column("at", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # core.pledges.Outcome
    Column("sentence", Text, nullable=False),
    Column("status", Text, nullable=False),  # where the sentence is: shown, waiting or hidden
    Column("version", Integer, nullable=False),  # the event's version when it was given, or decided on
    Index(None, "pledge_id"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),  # store.queries.erasing.Kind: what was taken out of what
    Column("target", Text, nullable=False),  # a pledge's id, or when an event was made: nobody's words
)

me_toos = Table(
    "me_toos",
    metadata,
    Column("pledge_id", ForeignKey("pledges.id"), primary_key=True),
    Column("device", Text, primary_key=True),
)

logos = Table(
    "logos",
    metadata,
    Column("event_id", ForeignKey("events.id"), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("picture", LargeBinary, nullable=False),
)

organisers = Table(
    "organisers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False),  # core.names.fold; without a password what nobody can type
    Column("password_hash", Text),
    Column("created_at", Text, nullable=False),
    Column("makes_events", Boolean, nullable=False),
    Column("placeholder", Boolean, nullable=False),  # stands for people elsewhere; nobody signs in as it
    UniqueConstraint("folded_name"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organiser_id", ForeignKey("organisers.id"), nullable=False),
    Column("token_hash", Text, nullable=False),  # SHA-256; the token itself is in one browser's cookie
    Column("came_by", Text, nullable=False),  # core.people.sessions.CameBy
    Column(
        "browser", Text, nullable=False
    ),  # core.people.browsers: one of a few names, never what the browser said
    Column("system", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("last_used_at", Text, nullable=False),  # to the hour
    Column("ends_at", Text, nullable=False),
    UniqueConstraint("token_hash"),
    Index(None, "organiser_id"),
)

event_organisers = Table(
    "event_organisers",
    metadata,
    Column("event_id", ForeignKey("events.id"), primary_key=True),
    Column("organiser_id", ForeignKey("organisers.id"), primary_key=True),
    Column("role", Text, nullable=False),  # core.people.roles.Role
    Index(None, "organiser_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("token_hash", Text, nullable=False),  # SHA-256; the token itself is only shown once
    Column("made_by", ForeignKey("organisers.id"), nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_by", ForeignKey("organisers.id")),
    UniqueConstraint("token_hash"),
    Index(None, "event_id"),
)

desk_links = Table(
    "desk_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organiser_id", ForeignKey("organisers.id"), nullable=False),
    Column("token_hash", Text, nullable=False),  # SHA-256; the token itself is only printed
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    UniqueConstraint("token_hash"),
    Index(None, "organiser_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("event_id", ForeignKey("events.id")),
    Column("organiser_id", ForeignKey("organisers.id")),  # empty: the author, or the server itself
    Column("action", Text, nullable=False),
    Column("pledge_id", Text),
    Index(None, "event_id", "id"),
)

forms = Table(
    "forms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),  # a hash of its key and of what it said
    Column("made", Text, nullable=False),  # an event's code, say
    UniqueConstraint("form"),
)

this_database = Table(
    "this_database",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", Text, nullable=False),  # random; the names of this server's cookies end with it
    Column("address", Text, nullable=False),  # the one of this machine's that was chosen; empty for the best
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
)
