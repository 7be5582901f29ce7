"""The service: load, decide, append, over both databases."""
