"""Accounts, and the grants that say for how long, in which regions and for what purpose each may act."""
