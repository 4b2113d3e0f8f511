"""Bodies, meetings and what comes of them."""

from sutura.coordination.models.bodies import Body, Membership

__all__ = ["Body", "Membership"]
