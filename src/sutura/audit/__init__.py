"""Who did what, to which record, when: append-only, chained, anchored outside; and every entity's history. No pages."""
