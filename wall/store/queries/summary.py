"""Named queries for the sums over an event's pledges."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from wall.core.pledges import Outcome, Pledge, Status
from wall.core.summary import AFTER_DAYS, GivenAnswer, OutcomesAfter, Summand
from wall.store.queries.pledges import ALL, as_pledge
from wall.store.tables import answers, pledges

_AT_ONCE = 500


def on_the_wall(connection: Connection, event_id: int) -> Iterator[Summand]:
    """The shown pledges, in the order in which they were written, streamed."""
    columns = pledges.c.created_at, pledges.c.text, pledges.c.theme, pledges.c.organisation, pledges.c.me_too
    query = (
        select(*columns)
        .where(pledges.c.event_id == event_id, pledges.c.status == Status.SHOWN.value)
        .order_by(pledges.c.number)
    )
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        yield Summand(*row)


def most_agreed(connection: Connection, event_id: int, most: int) -> list[Pledge]:
    """The shown pledges to which most say *me too*, where anybody does."""
    query = ALL.where(
        pledges.c.event_id == event_id, pledges.c.status == Status.SHOWN.value, pledges.c.me_too > 0
    ).order_by(pledges.c.me_too.desc(), pledges.c.number)
    return [as_pledge(row) for row in connection.execute(query.limit(most))]


def with_sentences(connection: Connection, event_id: int, most: int) -> list[Pledge]:
    """Pledges whose author says in a sentence how it is going, without those that were taken back: what waits first, then
    the newest answer.
    """
    waits = answers.c.status == Status.WAITING.value
    standing = pledges.c.event_id == event_id, pledges.c.status != Status.WITHDRAWN.value
    query = ALL.where(*standing, answers.c.sentence != "").order_by(waits.desc(), answers.c.id.desc())
    return [as_pledge(row) for row in connection.execute(query.limit(most))]


def given_answers(connection: Connection, event_id: int) -> list[GivenAnswer]:
    """All answers, in the order in which they were given."""
    query = (
        select(answers.c.pledge_id, answers.c.at, answers.c.outcome)
        .join(pledges, pledges.c.id == answers.c.pledge_id)
        .where(*_not_taken_back(event_id))
        .order_by(answers.c.at, answers.c.id)
    )
    return [GivenAnswer(row.pledge_id, row.at, Outcome(row.outcome)) for row in connection.execute(query)]


def stands(connection: Connection, event_id: int, today: date) -> list[OutcomesAfter]:
    """How it stood 7, 30 and 90 days after each pledge was written, and today."""
    return [_stand(connection, event_id, today, after) for after in (*AFTER_DAYS, None)]


def _stand(connection: Connection, event_id: int, today: date, after: int | None) -> OutcomesAfter:
    old_enough = "9999" if after is None else (today - timedelta(days=after - 1)).isoformat()
    asked = select(func.count()).select_from(pledges)
    asked = asked.where(*_not_taken_back(event_id), pledges.c.created_at < old_enough)
    earlier = answers.alias()
    latest = select(func.max(earlier.c.id)).where(earlier.c.pledge_id == pledges.c.id)
    if after is not None:
        latest = latest.where(_day(earlier.c.at) - _day(pledges.c.created_at) <= after)
    outcomes = (
        select(answers.c.outcome, func.count())
        .select_from(pledges)
        .join(answers, answers.c.id == latest.scalar_subquery())
        .where(*_not_taken_back(event_id), pledges.c.created_at < old_enough)
        .group_by(answers.c.outcome)
    )
    counts = {Outcome(outcome): count for outcome, count in connection.execute(outcomes)}
    return OutcomesAfter(
        after,
        int(connection.execute(asked).scalar_one()),
        {outcome: counts.get(outcome, 0) for outcome in Outcome},
    )


def _day(at: ColumnElement[str]) -> ColumnElement[float]:
    """A number for the day of a time, which goes up by one from day to day."""
    return func.julianday(func.substr(at, 1, 10))


def _not_taken_back(event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return pledges.c.event_id == event_id, pledges.c.status != Status.WITHDRAWN.value
