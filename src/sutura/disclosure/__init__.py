"""The only door out besides pages: files of numbers, tables for the public, and rows by code on request.

A file says for whom and when it was made; its name holds codes only; it covers the regions of whoever takes it. A table
for the public hides small numbers, withstands an attack on all that is published, and is approved by a second person.
What has rows by code is asked for, approved by a second person, encrypted to its receiver, and kept for hours.
"""
