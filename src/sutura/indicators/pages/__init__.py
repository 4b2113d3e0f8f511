"""What the pages of indicators lay out."""
