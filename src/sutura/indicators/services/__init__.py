"""What may happen to indicators, rounds, reports, bulletins and codes."""

from sutura.indicators.services.register import load_register

__all__ = ["load_register"]
