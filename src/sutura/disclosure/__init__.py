"""The only door out besides pages: files of figures and lists by code, and tables for the public.

A file says for whom and when it was made; its name holds codes only; it covers the regions of whoever takes it. A table
for the public hides small numbers, withstands an attack on all that is published, and is approved by a second person.
"""
