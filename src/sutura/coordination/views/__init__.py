"""The pages of coordination, one file per subject."""
