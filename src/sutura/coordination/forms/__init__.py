"""What people type about bodies and meetings, one file per subject."""
