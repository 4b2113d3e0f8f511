"""Bodies that meet, their members, meetings and minutes, what they ask to be done and what they plan."""
