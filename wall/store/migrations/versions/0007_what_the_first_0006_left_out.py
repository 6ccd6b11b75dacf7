"""What 0006 had not yet when it was first published; most databases have it already"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    there = sa.inspect(op.get_bind())
    if "version" not in {column["name"] for column in there.get_columns("answers")}:
        op.add_column("answers", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    if not there.has_table("erasures"):
        op.create_table(
            "erasures",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("at", sa.Text(), nullable=False),
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("target", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        )
