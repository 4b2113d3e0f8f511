"""Every address as every reader, against a table that a protection lead has read (`routes.csv`, `fields.csv`)."""
