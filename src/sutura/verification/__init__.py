"""Verification: a judgement on a violation, at three levels, each dated and signed by another person.

The focal point gives the first opinion, the co-chairs at technical level the second, and the task force
decides; its decision alone sets the status and feeds the figures.  An opinion is never edited: a later one
supersedes it.  A sitting is a session of the task force which decides a list, one row a decision.
"""
