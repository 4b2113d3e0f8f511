"""The commands, the bootstrap, the server."""
