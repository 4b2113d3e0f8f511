"""The sitting of a practice group: numbers and codes, noted by the service of the register of groups."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.capacity.choices import Cancelled, GroupNeed, GroupTheme, Mode
from sutura.capacity.models import Group, Sitting
from sutura.capacity.services.groups import note_sitting
from sutura.intake.mapping import Mapping, code, codes, count, some_day
from sutura.intake.openrosa.records import Record


def make(record: Record, by: Any) -> Model:
    """Note the sitting."""
    group = Group.objects.filter(code=record.said("group")).first()
    if group is None:
        raise Invalid(_("No group of the register has this code."), field="group")
    return note_sitting(
        group=group, held_on=some_day(record, "held_on"), women=count(record, "women"), men=count(record, "men"),
        situations=count(record, "situations"), minutes=count(record, "minutes") or None,
        mode=code(record, "mode", Mode, otherwise=Mode.IN_PERSON), themes=codes(record, "themes", GroupTheme),
        needs=codes(record, "needs", GroupNeed), cancelled=code(record, "cancelled", Cancelled), by=by,
    )  # fmt: skip


def region(record: Record, _by: Any) -> str:
    """Where the group is."""
    group = Group.objects.filter(code=record.said("group")).first()
    return group.region if group else ""


def find(reference: str, by: Any) -> Sitting | None:
    """The sitting of a group on a day."""
    group, _gap, held_on = reference.partition(" ")
    return Sitting.objects.visible_to(by).filter(group_id=int(group), held_on=held_on).first()


MAPPING = Mapping("sutura_sitting", "capacity.manage", make, region=region, find=find)
