"""What organisers do with an event as a whole."""
