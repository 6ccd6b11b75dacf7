"""What the wall does and how it looks, its logo, and since when each pledge is shown"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("wall", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("pledges", sa.Column("shown_since", sa.Integer(), nullable=True))
    op.execute("UPDATE pledges SET shown_since = first_shown")
    op.create_table(
        "logos",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_logos_event_id_events"),
        sa.PrimaryKeyConstraint("event_id", name="pk_logos"),
    )
