"""The bench keeps running."""
