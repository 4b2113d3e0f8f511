"""Leads: public lists of events (UCDP GED, Insecurity Insight) read as hints for the monitors.

A file is read row by row, every row is placed on the register of places or listed as a fault with its reason, rows
of one event become one lead, and a person triages it. Nothing here opens an incident.
"""
