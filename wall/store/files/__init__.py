"""All that is SQLite's own files: copies, restoring, moving an event, locks, and whether they are what they were."""
