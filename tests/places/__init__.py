"""Places: the register, the resolver, facilities, the map."""
