"""The law as data: one folder per set of rules. No program lives here."""
