"""What a person types about trainings and practice groups."""
