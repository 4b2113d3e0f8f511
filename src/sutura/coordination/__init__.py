"""Bodies that meet, their members, meetings and minutes, and what they ask to be done."""
