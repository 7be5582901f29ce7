"""Seals over the log: signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), their keys, proofs as files.

Nothing here knows the store: sizes, roots and paths come in as arguments.
"""
