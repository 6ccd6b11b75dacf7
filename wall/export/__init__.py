"""The files that pledges are taken home in: one room for each kind, and beside them what all kinds share."""
