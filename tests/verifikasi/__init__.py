"""Verification: what was changed is found, and what was not never alarms."""
