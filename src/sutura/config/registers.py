"""The registers that every Sutura starts from: places, codes of the map of services, parties to the conflict."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from sutura.people import services as people

# In the order of the layers: a party may be known to act in a place, never the reverse.
LOADERS = (
    "sutura.places.services.load_register",
    "sutura.mhpss.services.register.load_register",
    "sutura.parties.services.load_register",
    "sutura.capacity.services.load_register",
    "sutura.indicators.services.load_register",
    "sutura.response.services.limits.load_register",
    "sutura.intake.services.questionnaires.load_register",
)


def load() -> None:
    """Load each register as the machine account `init`; a register already there is left as it is."""
    by = people.machine("init")
    for dotted in LOADERS:
        module, _, function = dotted.rpartition(".")
        app = ".".join(module.split(".")[:2])
        if app in settings.INSTALLED_APPS and find_spec(module) is not None:
            getattr(import_module(module), function)(by=by)
