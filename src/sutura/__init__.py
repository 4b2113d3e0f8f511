"""Sutura: discretion that protects another's dignity. Child-protection software for Mali."""

__version__ = "0.1.0"
