"""All that is SQLite's own files: copies, restoring, the transfer of an event, locks, and whether they are what they were."""
