"""What follows from days, codes and counts: pure functions."""
