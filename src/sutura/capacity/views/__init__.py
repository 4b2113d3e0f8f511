"""What a person sees of capacity."""
