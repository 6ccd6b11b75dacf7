"""Named queries, one file for each noun. They run on a connection that somebody else opened."""
