"""What KoboToolbox holds: fetched with a token from the one server named, or told by it to a secret address."""
