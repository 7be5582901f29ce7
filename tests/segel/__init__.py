"""Seals: notes, checkpoints, keys, proofs; what Go's own implementation and the standalone verifier say of them."""
