"""The wall as one web page to keep."""
