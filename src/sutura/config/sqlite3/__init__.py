"""SQLite as Sutura uses it: Django's own, but for what an untrusted schema may not call."""
