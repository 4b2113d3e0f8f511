"""Pages of the door out: files of numbers, tables for the public, requests for coded data."""
