"""What the pages of coordination show, one file per subject."""
