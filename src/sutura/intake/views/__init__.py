"""Pages of the door in: files of incidents, lists of leads."""
