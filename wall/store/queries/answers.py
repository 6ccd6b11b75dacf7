"""Named queries on what authors say of how it is going."""

from sqlalchemy import Connection, bindparam, insert, select, update

from wall.core.pledges import Answer, Outcome, Status
from wall.store.tables import answers

_of_pledge = select(answers).where(answers.c.pledge_id == bindparam("pledge")).order_by(answers.c.id)


def of_pledge(connection: Connection, pledge_id: str) -> list[Answer]:
    """All that its author said, oldest first."""
    rows = connection.execute(_of_pledge, {"pledge": pledge_id})
    return [
        Answer(row.at, Outcome(row.outcome), row.sentence, Status(row.status), row.version) for row in rows
    ]


def add(connection: Connection, pledge_id: str, answer: Answer) -> None:
    connection.execute(insert(answers).values(pledge_id=pledge_id, **_values(answer)))


def change(connection: Connection, pledge_id: str, before: Answer, answer: Answer) -> None:
    """Let an answer that was given be another."""
    this = answers.c.pledge_id == pledge_id, answers.c.at == before.at
    connection.execute(update(answers).where(*this).values(_values(answer)))


def _values(answer: Answer) -> dict[str, str | int]:
    return {
        "at": answer.at,
        "outcome": answer.outcome.value,
        "sentence": answer.sentence,
        "status": answer.status.value,
        "version": answer.version,
    }
