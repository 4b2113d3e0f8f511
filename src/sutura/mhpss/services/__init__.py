"""What may happen on the map of services."""
