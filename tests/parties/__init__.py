"""Parties to the conflict: register, resolver, labels, pages."""
