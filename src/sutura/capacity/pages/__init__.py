"""What the pages of capacity lay out."""
