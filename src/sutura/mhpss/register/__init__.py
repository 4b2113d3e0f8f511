"""The lists of codes that every map of services starts from, as files."""
