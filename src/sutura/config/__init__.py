"""Wiring: settings, addresses, commands. No table, no rule of the field."""
