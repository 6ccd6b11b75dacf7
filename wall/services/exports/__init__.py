"""Pledges and events leave as files, and events come back."""
