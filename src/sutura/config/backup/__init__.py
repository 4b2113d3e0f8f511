"""A copy of everything, sealed to people who are elsewhere, and the way back.

Inside the seal lies one zip: the database as it was at one moment, the attachments, the signing keys, and last a
manifest with the size and SHA-256 of each, the schema and the number of rows of every table. Nothing of it is in clear
but in a private folder on the disk of the data itself, which goes when the act ends.
"""
