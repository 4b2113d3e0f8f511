"""The page on which minutes are written: one small form for each point, saved one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import DomainError
from sutura.coordination.models import AgendaItem, Meeting
from sutura.coordination.rules.meetings import Clash
from sutura.coordination.services.minutes import TOLD, Clashing, tidy, write_point


class PointForm(forms.Form):
    """What was said on one point, and from which version it was written."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    discussion = forms.CharField(
        label=_("Discussions"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decisions = forms.CharField(
        label=_("Recommendations and decisions"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


for _field in PointForm.base_fields.values():
    _field.asked = True  # type: ignore[attr-defined]  # every point has both, and either may stay empty


@dataclass
class Point:
    """One point on the page: its form, and where it clashes with what somebody else wrote."""

    item: AgendaItem
    form: PointForm
    clashes: list[tuple[Any, Clash]]
    news: dict[str, str]


class Sheet:
    """All points of a meeting on one page."""

    def __init__(self, meeting: Meeting, typed: QueryDict | None = None) -> None:
        self.points = [Point(item, _form(item, typed), [], {}) for item in meeting.items.all()]

    def kept(self, *, by: Any) -> bool:
        """Keep each point that was posted; whether nothing is left to settle."""
        settled = True
        for point in self.points:
            if not point.form.is_bound:
                continue
            settled = self._kept(point, by=by) and settled
        return settled

    def told(self) -> list[dict[str, Any]]:
        """For the page that goes on writing, by the names of its fields: the version of each point, and the texts that
        somebody else wrote into it meanwhile, without which the next save would take them back."""
        return [
            {
                f"{point.item.pk}-{name}": value
                for name, value in {"version": point.item.version, **point.news}.items()
            }
            for point in self.points
        ]

    def _kept(self, point: Point, *, by: Any) -> bool:
        form = point.form
        if not form.is_valid():
            return False
        said = form.cleaned_data
        now = (point.item.version, point.item.discussion, point.item.decisions)
        if (said["version"], said["discussion"], said["decisions"]) == now:
            return True
        stands = {}
        try:
            point.item = write_point(item=point.item, version=said["version"], said=said, by=by)
            stands = {name: getattr(point.item, name) for name in TOLD}
        except Clashing as clash:
            point.item, stands = clash.item, clash.agreed
            point.clashes = [(form.fields[one.field].label, one) for one in clash.clashes]
            form.add_error(None, str(clash))
        except DomainError as error:
            form.add_error(None, str(error))
        # The page goes on from what is kept now: whoever sends again has seen both texts, and says which one stands.
        point.news = {name: text for name, text in stands.items() if text != tidy(said[name])}
        now_shown = {"version": str(point.item.version), **point.news}
        form.data = dict(form.data.items()) | {
            form.add_prefix(name): text for name, text in now_shown.items()
        }
        return form.is_valid()


def _form(item: AgendaItem, typed: QueryDict | None) -> PointForm:
    """The form of a point; bound when it was posted, which an item added meanwhile was not."""
    prefix = str(item.pk)
    if typed is not None and f"{prefix}-version" in typed:
        return PointForm(typed, prefix=prefix)
    now = {"version": item.version, "discussion": item.discussion, "decisions": item.decisions}
    return PointForm(initial=now, prefix=prefix)
