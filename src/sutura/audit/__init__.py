"""Who did what, to which record, when and why: append-only, with the history of every entity. No pages."""
