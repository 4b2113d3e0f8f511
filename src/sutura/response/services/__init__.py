"""What may happen: a docket is opened, lines are noted and corrected, the limits change from a day on."""
