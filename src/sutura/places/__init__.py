"""Where things happen: regions, cercles and communes of Mali in two editions of its geography, and facilities."""
