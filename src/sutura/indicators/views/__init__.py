"""What a person sees of the indicators."""
