"""What a person types about indicators, rounds, reports and codes."""
