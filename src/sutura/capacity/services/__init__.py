"""What may happen to trainings and practice groups."""

from sutura.capacity.services.people import load_register

__all__ = ["load_register"]
