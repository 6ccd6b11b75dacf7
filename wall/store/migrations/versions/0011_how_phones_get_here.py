"""The Wi-Fi that an event shows, and the address of this server that an organiser chose"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("wifi_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("events", sa.Column("wifi_password", sa.Text(), nullable=False, server_default=""))
    op.add_column("this_database", sa.Column("address", sa.Text(), nullable=False, server_default=""))
