"""Starter pledges, extra words, why a pledge waits, what it said before, and who says me too"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("starters", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("events", sa.Column("extra_words", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("pledges", sa.Column("held_for", sa.Text(), nullable=False, server_default=""))
    op.add_column("pledges", sa.Column("me_too", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name="fk_revisions_pledge_id_pledges"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index("ix_revisions_pledge_id", "revisions", ["pledge_id"])
    op.create_table(
        "me_toos",
        sa.Column("pledge_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name="fk_me_toos_pledge_id_pledges"),
        sa.PrimaryKeyConstraint("pledge_id", "device", name="pk_me_toos"),
    )
