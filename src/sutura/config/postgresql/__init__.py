"""PostgreSQL as Sutura uses it: each statement goes with the name of who asks, and rows have policies."""
