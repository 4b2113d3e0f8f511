"""How themes are read: the list is one, for whoever coordinates anywhere."""

from __future__ import annotations

from typing import Self

from django.db import models

from sutura.access.rules import may


class ThemeQuerySet(models.QuerySet):
    """Themes, and the partners active on them."""

    def visible_to(self, user: object) -> Self:
        """All of them for whoever takes part in coordination; nothing for anybody else."""
        return self if may(user, "coordination.read") or may(user, "coordination.manage") else self.none()
