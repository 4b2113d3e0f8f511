"""How the register of places is read. Places are open to anyone signed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from sutura.places.choices import Edition, Level
from sutura.places.rules import fold

if TYPE_CHECKING:
    from sutura.places.models import Unit


def signed_in(user: object) -> bool:
    """Whether the reader has an account in use."""
    return bool(getattr(user, "is_authenticated", False) and getattr(user, "is_active", False))


class OpenQuerySet(models.QuerySet):
    """Rows which anyone with an account may read."""

    def visible_to(self, user: object) -> Self:
        """Everything for an account in use; nothing for anybody else."""
        return self.all() if signed_in(user) else self.none()


class UnitQuerySet(OpenQuerySet):
    """Administrative units."""

    def regions(self, edition: str = Edition.COD_2021) -> Self:
        """The regions of one edition of the geography, by code."""
        return self.filter(level=Level.REGION, edition=edition).order_by("code")

    def by_code(self, codes: Iterable[str]) -> dict[str, Unit]:
        """Those of these codes."""
        found: Iterable[Any] = self.filter(code__in=codes)
        return {unit.code: unit for unit in found}

    def region_names(self) -> dict[str, str]:
        """Name of each region by its code."""
        return dict(self.regions().values_list("code", "name"))

    def searched(self, words: str) -> Self:
        """Units whose code starts with the words, or one of whose names holds them, accents or not."""
        folded = fold(words)
        if not folded:
            return self
        named = Q(names__folded__contains=folded) | Q(code__istartswith=words.strip())
        return self.filter(pk__in=self.model._default_manager.filter(named).values("pk"))

    def under(self, unit: models.Model) -> Self:
        """The units one step below: children, or for a 2023 region the cercles and communes it took."""
        if unit.edition == Edition.REFORM_2023:  # type: ignore[attr-defined]
            whole = Q(level=2, region_2023=unit.code)  # type: ignore[attr-defined]
            apart = Q(level=3, region_2023=unit.code) & ~Q(parent__region_2023=unit.code)  # type: ignore[attr-defined]
            return self.filter(whole | apart, edition=Edition.COD_2021)
        return self.filter(parent=unit)


class FacilityQuerySet(OpenQuerySet):
    """Schools and health facilities."""

    def visible_to(self, user: object) -> Self:
        """Those which stand; one that was taken out is named by the records that hold it, and offered nowhere."""
        return super().visible_to(user).filter(voided_reason="")

    def searched(self, words: str) -> Self:
        """Facilities whose name holds the words, accents or not."""
        folded = fold(words)
        return self.filter(folded__contains=folded) if folded else self

    def within(self, unit: models.Model) -> Self:
        """Facilities in a unit or in any unit below it."""
        if unit.edition == Edition.REFORM_2023:  # type: ignore[attr-defined]
            return self.filter(region_2023=unit.code)  # type: ignore[attr-defined]
        if not unit.path:  # type: ignore[attr-defined]
            return self.all()
        path = unit.path  # type: ignore[attr-defined]
        return self.filter(Q(unit__path=path) | Q(unit__path__startswith=f"{path}/"))
