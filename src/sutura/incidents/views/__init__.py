"""What a person sees of incidents."""
