"""Texts as people write them: cleaned, folded, looked at for what an organiser should see first, counted."""
