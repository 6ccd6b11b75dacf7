"""Roles and invitations, what an event asks, its end, who decided and who entered a pledge"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    both = '["name", "organisation"]'
    op.add_column("events", sa.Column("asks", sa.Text(), nullable=False, server_default=both))
    op.add_column("events", sa.Column("closing_message", sa.Text(), nullable=False, server_default=""))
    op.add_column("events", sa.Column("archived", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("events", sa.Column("rehearsal", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("events", sa.Column("emptied", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("pledges", sa.Column("state_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("pledges", sa.Column("decided_by", sa.Integer()))
    op.add_column("pledges", sa.Column("entered_by", sa.Integer()))
    op.execute("UPDATE pledges SET state_version = version")
    op.add_column("organisers", sa.Column("makes_events", sa.Boolean(), nullable=False, server_default="1"))
    op.add_column(
        "event_organisers", sa.Column("role", sa.Text(), nullable=False, server_default="organiser")
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_by", sa.Integer()),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_invitations_event_id_events"),
        sa.ForeignKeyConstraint(["made_by"], ["organisers.id"], name="fk_invitations_made_by_organisers"),
        sa.ForeignKeyConstraint(["used_by"], ["organisers.id"], name="fk_invitations_used_by_organisers"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
    )
    op.create_index("ix_invitations_event_id", "invitations", ["event_id"])
