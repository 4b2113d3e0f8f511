"""Pages of the map of services."""
