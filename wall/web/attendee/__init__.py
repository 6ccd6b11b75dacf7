"""The pages of somebody with a phone: writing, sending, and looking after a pledge."""
