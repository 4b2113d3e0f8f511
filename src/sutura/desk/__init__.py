"""The desk: pages which span the apps and keep no table.

Home is what waits for me, with its clock; beside it the search by reference code, and the log of acts.
"""
