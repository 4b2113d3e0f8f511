"""What follows from dates and states alone."""
