"""The pages of organisers, moderators and scribes."""
