"""Faults: writers that race, are killed, interrupted, run out of space, or lose their server."""
