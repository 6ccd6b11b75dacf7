"""Named queries on pledges. Every one starts from an event, or from a secret that names one pledge."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert

from wall.core.content import FIELDS, Content
from wall.core.pledges import Answer, Outcome, Pledge, Status
from wall.store.tables import answers, pledges

_PUBLIC_COLUMNS = [
    pledges.c[name]
    for name in [
        *FIELDS,
        "id",
        "number",
        "status",
        "pinned",
        "created_at",
        "version",
        "first_shown",
        "shown_since",
        "held_for",
        "me_too",
        "state_version",
        "decided_by",
        "entered_by",
        "erased_at",
        "event_id",
    ]
]
"""In the order in which as_pledge takes them; the secrets are not among them."""
_earlier = answers.alias()
_latest_answer = select(func.max(_earlier.c.id)).where(_earlier.c.pledge_id == pledges.c.id).scalar_subquery()
ALL = select(
    *_PUBLIC_COLUMNS,
    answers.c.at.label("answered_at"),
    answers.c.outcome,
    answers.c.sentence,
    answers.c.status.label("sentence_status"),
    answers.c.version.label("answer_version"),
).select_from(pledges.outerjoin(answers, answers.c.id == _latest_answer))
"""Pledges with their latest answers, but without their secrets; a query begins with it and adds what it looks for."""
_of_event = ALL.where(pledges.c.event_id == bindparam("event"))

# The hottest statement of all, as plain SQL: half of what the same statement costs as an object.
_COLUMNS = tuple(pledges.c.keys())
_ADD = str(
    insert(pledges)
    .on_conflict_do_nothing(index_elements=["event_id", "key"])
    .compile(dialect=sqlite.dialect())
)

# Built once: building a query anew costs four times as much as running it.
_by_key = _of_event.where(pledges.c.key == bindparam("key")).add_columns(pledges.c.receipt_token)
_by_id = _of_event.where(pledges.c.id == bindparam("id"))
_by_receipt = ALL.where(pledges.c.receipt_token == bindparam("token"))
_in_order = _of_event.order_by(pledges.c.number)
_changed_since = _in_order.where(pledges.c.version > bindparam("version"))
_waits = pledges.c.status == Status.WAITING.value
_queue = _of_event.order_by(_waits.desc(), case((_waits, pledges.c.number), else_=-pledges.c.number)).limit(
    bindparam("most")
)
_latest_shown = (
    _of_event.where(pledges.c.status == Status.SHOWN.value)
    .order_by(pledges.c.number.desc())
    .limit(bindparam("most"))
)
_latest_entered = (
    _of_event.where(pledges.c.entered_by == bindparam("organiser"))
    .order_by(pledges.c.number.desc())
    .limit(bindparam("most"))
)
_count_by_status = (
    select(pledges.c.status, func.count())
    .where(pledges.c.event_id == bindparam("event"))
    .group_by(pledges.c.status)
)


def add(connection: Connection, event_id: int, pledge: Pledge, *, key: str, receipt_token: str) -> bool:
    """Insert a pledge with its two secrets. False where this event has this key already."""
    values = {
        "id": pledge.id,
        "event_id": event_id,
        "number": pledge.number,
        "key": key,
        "receipt_token": receipt_token,
        **pledge.content.by_field(),
        "status": pledge.status.value,
        "pinned": pledge.pinned,
        "created_at": pledge.created_at,
        "updated_at": pledge.created_at,
        "version": pledge.version,
        "first_shown": pledge.first_shown,
        "shown_since": pledge.shown_since,
        "held_for": pledge.held_for,
        "me_too": pledge.me_too,
        "state_version": pledge.state_version,
        "decided_by": pledge.decided_by,
        "entered_by": pledge.entered_by,
        "erased_at": pledge.erased_at,
    }
    return connection.exec_driver_sql(_ADD, tuple(map(values.__getitem__, _COLUMNS))).rowcount == 1


def by_key(connection: Connection, event_id: int, key: str) -> tuple[Pledge, str] | None:
    """The pledge that a phone sent with this key, and its receipt's token."""
    row = connection.execute(_by_key, {"event": event_id, "key": key}).first()
    return (as_pledge(row), row.receipt_token) if row else None


def by_receipt(connection: Connection, token: str) -> tuple[Pledge, int] | None:
    """The pledge of a receipt, and its event's id."""
    row = connection.execute(_by_receipt, {"token": token}).first()
    return (as_pledge(row), row.event_id) if row else None


def by_id(connection: Connection, event_id: int, pledge_id: str) -> Pledge | None:
    row = connection.execute(_by_id, {"event": event_id, "id": pledge_id}).first()
    return as_pledge(row) if row else None


def changed_since(connection: Connection, event_id: int, version: int, part: int) -> Iterator[list[Pledge]]:
    """The pledges whose last change came after `version`, in the order of their numbers, up to `part` at a time."""
    rows = connection.execute(_changed_since, {"event": event_id, "version": version})
    while some := rows.fetchmany(part):
        yield [as_pledge(row) for row in some]


def first_in_queue(connection: Connection, event_id: int, most: int) -> list[Pledge]:
    """The pledges that a moderator should look at first: what waits, the longest first; then all others, the newest first."""
    rows = connection.execute(_queue, {"event": event_id, "most": most})
    return [as_pledge(row) for row in rows]


def latest_shown(connection: Connection, event_id: int, most: int) -> list[Pledge]:
    """The newest shown pledges, newest first."""
    rows = connection.execute(_latest_shown, {"event": event_id, "most": most})
    return [as_pledge(row) for row in rows]


def latest_entered(connection: Connection, event_id: int, organiser_id: int, most: int) -> list[Pledge]:
    """The newest pledges that somebody entered for others, newest first."""
    rows = connection.execute(_latest_entered, {"event": event_id, "organiser": organiser_id, "most": most})
    return [as_pledge(row) for row in rows]


def count_and_first(connection: Connection, event_id: int) -> tuple[int, str]:
    """How many pledges an event has, of every status, and when the first was sent; "" where there is none."""
    query = select(func.count(), func.min(pledges.c.created_at)).where(pledges.c.event_id == event_id)
    count, first = connection.execute(query).one()
    return count, first or ""


def count_by_status(connection: Connection, event_id: int) -> dict[Status, int]:
    rows = connection.execute(_count_by_status, {"event": event_id})
    found = {Status(status): count for status, count in rows}
    return {status: found.get(status, 0) for status in Status}


def set_status(
    connection: Connection,
    pledge_id: str,
    *,
    status: Status,
    version: int,
    first_shown: int | None,
    shown_since: int | None,
    decided_by: int | None,
    at: str,
) -> None:
    connection.execute(
        update(pledges)
        .where(pledges.c.id == pledge_id)
        .values(
            status=status.value,
            version=version,
            state_version=version,
            first_shown=first_shown,
            shown_since=shown_since,
            decided_by=decided_by,
            updated_at=at,
        )
    )


def revise(connection: Connection, pledge: Pledge, *, at: str) -> None:
    """Give a pledge the content of `pledge`."""
    connection.execute(
        update(pledges)
        .where(pledges.c.id == pledge.id)
        .values(
            **pledge.content.by_field(),
            held_for=pledge.held_for,
            version=pledge.version,
            state_version=pledge.version,
            updated_at=at,
        )
    )


def pin(connection: Connection, pledge: Pledge, *, at: str) -> None:
    """Store whether a pledge is pinned, and the version at which that changed."""
    connection.execute(
        update(pledges)
        .where(pledges.c.id == pledge.id)
        .values(pinned=pledge.pinned, version=pledge.version, updated_at=at)
    )


def set_version(connection: Connection, pledge: Pledge) -> None:
    """Store the version at which something changed that belongs to a pledge and is stored elsewhere."""
    connection.execute(update(pledges).where(pledges.c.id == pledge.id).values(version=pledge.version))


def as_pledge(row: Row[*tuple[Any, ...]]) -> Pledge:
    """A row of ALL. By position: asked for by name, each value costs five times as much."""
    (
        id_,
        number,
        status,
        pinned,
        created_at,
        version,
        first_shown,
        shown_since,
        held_for,
        me_too,
        state_version,
        decided_by,
        entered_by,
        erased_at,
        _event,
        *last,
    ) = row[len(FIELDS) :]
    (answered_at, outcome, sentence, sentence_status, answer_version, *_) = last
    return Pledge(
        id=id_,
        number=number,
        content=Content(*row[: len(FIELDS)]),
        status=Status(status),
        pinned=pinned,
        created_at=created_at,
        version=version,
        first_shown=first_shown,
        shown_since=shown_since,
        held_for=held_for,
        me_too=me_too,
        state_version=state_version,
        decided_by=decided_by,
        entered_by=entered_by,
        erased_at=erased_at,
        answer=None
        if outcome is None
        else Answer(answered_at, Outcome(outcome), sentence, Status(sentence_status), answer_version),
    )
