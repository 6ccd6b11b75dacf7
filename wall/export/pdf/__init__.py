"""The wall on paper."""
