"""How notes are drawn: the wall's colours, and lines as a hand draws them."""
