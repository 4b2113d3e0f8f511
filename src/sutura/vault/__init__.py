"""Who can open what is sealed: keys of people, of regions and of records, and nothing that opens without a person."""
