"""The map of services: who offers which layer of care where, how to reach it, how fresh that is. No word of a child."""
