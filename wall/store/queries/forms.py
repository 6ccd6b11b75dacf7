"""Named queries on forms that made something."""

from sqlalchemy import Connection, delete, insert, select

from wall.store.tables import forms

MOST_REMEMBERED = 1_000


def made_by(connection: Connection, form: str) -> str | None:
    """What a form made when it came before; None where it is new."""
    found: str | None = connection.execute(select(forms.c.made).where(forms.c.form == form)).scalar()
    return found


def remember(connection: Connection, form: str, made: str) -> None:
    """Remember what a form made, for as long as a thousand others come after it."""
    query = insert(forms).values(form=form, made=made).returning(forms.c.id)
    newest = int(connection.execute(query).scalar_one())
    connection.execute(delete(forms).where(forms.c.id <= newest - MOST_REMEMBERED))
