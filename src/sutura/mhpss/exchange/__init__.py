"""The map for other systems: only what the public may know, in forms that they read."""
