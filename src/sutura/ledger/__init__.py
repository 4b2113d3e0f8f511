"""The ledger of figures: what counts, since when we knew it, and until when.

Every countable fact of a violation is booked as lines, like money: a change supersedes lines and adds
others, nothing is rewritten. Any figure at any past moment is one condition on two instants. The app
stands below the records: lines carry copies of the dimensions and no foreign key to an incident.
"""
