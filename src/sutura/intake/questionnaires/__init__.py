"""Forms for phones: read from a sheet in a limited process, judged line by line, and those that come with Sutura."""
