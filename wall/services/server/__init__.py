"""The server itself: its addresses, health, backups, feeds, and the checks before the day."""
