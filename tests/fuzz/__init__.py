"""Rubbish that a machine thinks of: a few seconds of it with every `make test`, minutes with `make fuzz`.

A 5xx, a traceback or a stall fails. What is found becomes a test of its own where its kind is tested.
"""
