"""The sweep under several programs, faults and clocks that jump: exactly once, nothing missing, everything again from the log."""
