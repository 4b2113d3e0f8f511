"""The only door out besides pages: files of figures and lists by code, each stamped, each recorded.

A file says for whom and when it was made; its name holds codes only; it covers the regions of whoever takes it.
"""
