"""Pure functions: what the lines of a child say of the clocks, and of the indicators."""
