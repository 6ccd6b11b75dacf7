"""Whom people can ask about their data, what was erased, and where an answer's sentence is"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("contact", sa.Text(), nullable=False, server_default=""))
    op.add_column("pledges", sa.Column("erased_at", sa.Text(), nullable=False, server_default=""))
    op.add_column("answers", sa.Column("status", sa.Text(), nullable=False, server_default="shown"))
    op.add_column("answers", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
