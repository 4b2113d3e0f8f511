"""Organisations of every kind, the projects that they carry out, and the visits that support them."""
