"""The common framework and the indicators of the group that every Sutura starts from, as files."""
