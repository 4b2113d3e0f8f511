"""What must be true of Sutura, tried."""
