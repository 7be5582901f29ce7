"""Complaints: the second workflow on the same engine."""
