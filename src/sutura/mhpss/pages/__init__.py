"""What the pages of the map lay out."""
