"""What must be true of all code and all data, one file per law."""
