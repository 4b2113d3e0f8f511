"""How a report is written: pure functions from a `Paper` (frozen facts) to a document. No database here."""
