"""How much of anything one phone, one address or one event may have, and who is slowed down."""
