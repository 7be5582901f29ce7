"""What each pasal asks, as behaviour: one file per pasal, tests named by citation."""
