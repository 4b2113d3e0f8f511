"""Reports: collect figures from the ledger, freeze them as numbered editions, and say why a number changed.

Three products on one engine: the quarterly note (GHN), the annual figures and the figures of any window.
Figures come from ledger lines alone, so each can be seen as at any past moment and opens its records.
"""
