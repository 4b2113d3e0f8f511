"""Incidents: what happened to children, as documented by monitors of the country task force.

One incident holds one or more violations; each violation has its own details, and is linked to the
victims it harmed, the perpetrators it is attributed to and the sources which prove it.  The status of
verification sits on the violation, the two accounts (restricted and shareable) on the incident.  Nothing
is deleted: records are voided with a reason, every change is kept, and every change of what counts is
booked in the ledger in the same transaction.
"""
