"""4Ws sheets of the map of services, as offices send them: read forgivingly, every doubt at its cell."""
