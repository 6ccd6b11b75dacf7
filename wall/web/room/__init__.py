"""What the whole room sees: the projected wall, the plain-text wall, the QR codes."""
