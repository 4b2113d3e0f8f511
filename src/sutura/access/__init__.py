"""May this person, here? The law of who may do what, where: one page of roles, three questions, no table."""
