"""The command line: one file per verb, loaded when the verb runs (how to write one: ``dasar.py``)."""
