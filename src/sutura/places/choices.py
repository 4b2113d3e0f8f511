"""Words for places."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Edition(TextChoices):
    """Two editions of Mali's administrative geography, used side by side."""

    COD_2021 = "cod-ab-2021", _("Geography of 2021 (10 regions)")
    REFORM_2023 = "reform-2023", _("Geography of the 2023 reform (20 units)")


class Level(IntegerChoices):
    """How deep a unit lies."""

    COUNTRY = 0, _("country")
    REGION = 1, _("region")
    CERCLE = 2, _("cercle")
    COMMUNE = 3, _("commune")


class NameKind(TextChoices):
    """Whether a name is the register's own or another spelling."""

    OFFICIAL = "official", _("official name")
    ALIAS = "alias", _("other spelling")


class Scheme(TextChoices):
    """Who gave a code."""

    COD_AB = "cod-ab", _("P-code (OCHA COD-AB)")
    ISO_1 = "iso-3166-1", _("ISO 3166-1 country code")
    ISO_2 = "iso-3166-2", _("ISO 3166-2 code")
    LAW_006 = "loi-2023-006", _("number in law 2023-006 (administrative units)")
    LAW_007 = "loi-2023-007", _("number in law 2023-007 (local authorities)")
    OWN = "own", _("code of this register")


class Confidence(TextChoices):
    """How sure the register is of a unit's 2023 region."""

    SURE = "sure", _("sure")
    CHECK = "check", _("to be checked")


class FacilityKind(TextChoices):
    """Protected facilities."""

    SCHOOL = "school", _("school")
    HEALTH = "health", _("health facility")


class How(TextChoices):
    """How a place was found."""

    CODE = "code", _("by its code")
    NAME = "name", _("by its name")
    ALIAS = "alias", _("by another spelling")
    NEAREST = "nearest", _("by the nearest commune point")
    NONE = "none", _("not found")


REASONS: dict[str, Promise] = {
    "empty": _("No place is given."),
    "unknown_code": _("No unit of the register has this code."),
    "unknown_name": _("No unit of the register has this name there."),
    "no_region": _("A path starts at the region: Region / Cercle / Commune."),
    "ambiguous": _("Several units have this name: write the path Region / Cercle / Commune, or a code."),
    "nameless": _("The row has no name."),
    "repeated": _("An earlier row of the list is the same facility; it is kept once."),
    "bad_point": _("Latitude and longitude must be two numbers in degrees."),
    "outside": _("The point lies outside Mali."),
}
