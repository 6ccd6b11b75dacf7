"""Names are labels, but for those who sign in by one; and who stands for people elsewhere"""

import sqlalchemy as sa
from alembic import op

from wall.core.names import EARLIER_TEAM, fold

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisers", sa.Column("placeholder", sa.Boolean(), nullable=False, server_default="0"))
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "UPDATE organisers SET placeholder = 1 WHERE name = :name AND password_hash IS NULL "
            "AND id NOT IN (SELECT organiser_id FROM event_organisers)"
        ),
        {"name": EARLIER_TEAM},
    )
    # A blank at the beginning: nobody can type it. So every name is free that nobody signs in with.
    connection.execute(
        sa.text(
            "UPDATE organisers SET folded_name = ' ' || lower(hex(randomblob(8))) WHERE password_hash IS NULL"
        )
    )
    taken: set[str] = set()
    people = connection.execute(
        sa.text("SELECT id, name FROM organisers WHERE password_hash IS NOT NULL")
    ).all()
    connection.execute(
        sa.text("UPDATE organisers SET folded_name = ' ' || id WHERE password_hash IS NOT NULL")
    )
    for person in people:
        folded = fold(person.name)
        if folded and folded not in taken:  # of two that read the same, the first goes on signing in by it
            taken.add(folded)
            connection.execute(
                sa.text("UPDATE organisers SET folded_name = :folded WHERE id = :id"),
                {"folded": folded, "id": person.id},
            )
