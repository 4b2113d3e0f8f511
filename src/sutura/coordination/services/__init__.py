"""What may happen in coordination, one file per subject: each act asks, writes and records in one go."""
