"""Words of coordination, one file per subject."""
