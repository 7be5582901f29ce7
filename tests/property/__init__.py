"""Properties over random sequences."""
