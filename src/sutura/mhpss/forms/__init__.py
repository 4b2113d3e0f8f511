"""What a person types about services, proposals and mapping rounds."""
