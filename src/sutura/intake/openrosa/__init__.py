"""The language of phones: OpenRosa 1.0, as ODK Collect and KoboCollect speak it.

A phone keeps forms and records by itself; it needs us only to fetch the ones and to send the others. Nothing that was
sent can be read under the address of a phone.
"""
