"""What someone told us: an alert from the field, or a lead from a public list of events.

An alert is the first word of the chain (mrm.md 3.1, steps 1 and 2): it is received, read by a person within two days,
and ends as "not MRM", as the duplicate of another, as a question sent back, or as an incident that somebody opened.
A lead never becomes an incident by itself. Beside them stand the notes on access to each cercle, so that silence
can be read.
"""
