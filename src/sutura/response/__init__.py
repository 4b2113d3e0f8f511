"""Response: what becomes of a child after the alert – care, handover, detention, return – by code, on the clock.

Case management (CPIMS+) keeps the names and the story; here stand codes and dates only.
"""
