"""Sealed values, the classes of every field, and logs that never speak of a child. No table."""
