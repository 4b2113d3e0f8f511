"""Parties to the conflict: a dated register of their names, parents, listings in the annexes and action plans."""
