"""Who was trained in what and is followed up, and the groups where professionals analyse their practice."""
