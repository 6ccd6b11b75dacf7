"""The rules: pure values and functions, without Flask, SQLAlchemy, input or output."""
