"""The only door in besides forms: files of incidents and leads.

They are read forgivingly, checked strictly, and taken whole or not at all.
"""
