"""How coordination is read, one file per subject: whatever belongs to a body follows its body."""
