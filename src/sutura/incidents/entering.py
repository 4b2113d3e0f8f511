"""A step of entry as a page: the form, what is recorded already, and where to go next."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.alerts.choices import ViolationType
from sutura.alerts.models import Alert
from sutura.incidents.acts import void_url
from sutura.incidents.completeness import Completeness, with_urls
from sutura.incidents.filing import Filing
from sutura.incidents.forms import PartForm, WhatForm, placed
from sutura.incidents.forms.columns import TALLY, Opening
from sutura.incidents.likenesses import suggestions
from sutura.incidents.models import Incident
from sutura.incidents.reading import standing
from sutura.incidents.saying import short, tally
from sutura.incidents.steps import BY_NAME, HOME, LISTED, Step
from sutura.security.sealed import Sealed
from sutura.vault.revealing import reveal, unsealed

LISTS = ("types", "violations")


def first_form(request: Any, alert: Alert | None = None) -> WhatForm:
    """The first step: bound when sent, filled again when only the communes were asked for, else prefilled."""
    if request.method == "POST" and "show_places" not in request.POST:
        return WhatForm(request.POST, user=request.user)
    told: dict[str, Any] = from_alert(alert) if alert else {}
    if request.method == "POST":
        told = request.POST.dict() | {name: request.POST.getlist(name) for name in LISTS}
    return WhatForm(user=request.user, initial=told)


def from_alert(alert: Alert) -> dict[str, Any]:
    """What an alert tells, as the first step asks it; the teller's words go to the restricted account."""
    labels = dict(ViolationType.choices)
    what = ", ".join(str(labels[kind]) for kind in alert.types)
    where = alert.place.name if alert.place and alert.place.level else ""
    told: dict[str, Any] = {
        "title": " – ".join(part for part in (what, where) if part)[:200],
        "types": list(alert.types),
        "when": "range" if alert.happened_to else "day",
        "occurred_on": alert.happened_on,
        "occurred_to": alert.happened_to,
        "date_estimated": alert.date_estimated,
        "first_reported_on": timezone.localtime(alert.received_at).date(),
        "locality": alert.locality,
        "latitude": alert.latitude,
        "longitude": alert.longitude,
    }
    told |= {name: getattr(alert, name) or None for name in TALLY}
    return told | placed(alert.place)


def told_by(alert: Alert | None, by: Any) -> str:
    """The words of an alert, which go from its seal to that of the incident's account; on record as every opening."""
    if alert is None or not isinstance(alert.told, Sealed):
        return alert.told_by_list if alert is not None else ""
    reason = _("opening an incident from %(ref)s") % {"ref": alert.ref}
    copied: Any = reveal([copy(alert)], by=by, reason=reason)[0]
    return str(copied.told)


def form_of(step: Step, incident: Incident, request: Any, part: Any = None) -> PartForm:
    """The form of a step, for a new record or one to change; sealed answers are shown only once a reason is given."""
    given: dict[str, Any] = {"user": request.user, "incident": incident, "part": part}
    if not step.of:
        given["part"] = incident
    given["opening"] = opening_of(request)
    if request.method == "POST" and not {"show_places", "open"} & set(request.POST):
        return step.form(request.POST, request.FILES, **given)
    if request.method == "POST" and "open" not in request.POST:
        # What was unticked is not sent at all: nothing of the record may come back in its place.
        unsent = dict.fromkeys((column.name for column in step.form.model._meta.concrete_fields), "")
        return step.form(initial=unsent | request.POST.dict(), **given)
    return step.form(initial=request.GET.dict(), **given)


def opens(request: Any) -> bool:
    """Whether sealed answers are asked to be shown."""
    return request.method == "POST" and "open" in request.POST


def opening_of(request: Any) -> Opening | None:
    """How the sealed answers of a form are opened: to be read, with a reason; to be compared with what came back."""
    vault = getattr(request.user, "vault", None)
    if vault is None:
        return None
    reason = request.POST.get("reason", "").strip()
    if "open" in request.POST and reason:
        return partial(reveal, by=request.user, reason=reason)
    return partial(unsealed, vault=vault) if request.POST.get("opened") else None


def refuse(form: Any, refusal: DomainError) -> None:
    """A refusal of the rules, at the field it belongs to if the page shows it."""
    other = {"violation_refs": "violations", "parties": "party", "violation": "proves"}
    name = other.get(refusal.field, refusal.field)
    form.add_error(name if name in form.fields else None, str(refusal))


def page(incident: Incident, user: Any, step: Step, form: PartForm, part: Any = None) -> dict[str, Any]:
    """What the page of a step shows."""
    file = standing(incident, user)
    state = Completeness(file)
    home = BY_NAME[HOME.get(step.name, step.name)]
    place = LISTED.index(home)
    return {
        "incident": incident,
        "step": step,
        "form": form,
        "part": part,
        "title": title_of(step, part),
        "number": place + 1,
        "steps": len(LISTED) + 1,
        "cards": cards(step, incident, Filing(file), user) if step.of and part is None else [],
        "kinds": kinds(step, form) if part is None else [],
        "back_url": home.url(incident) if part is not None else previous_url(incident, place),
        "next_url": after(incident, step),
        "tasks": state.tasks(incident),
        "check_url": reverse("incidents:check", args=[incident.public_id]),
        "blocked": step.name in ("victims", "perpetrators", "sources", "responses") and not state.violations,
        "counted": counted(state, step),
        # Said on the first page after the incident was opened, and at the last check.
        "alike": suggestions(incident, user) if step.name == "violations" and part is None else [],
        "autosave": step.autosave and not ("why" in form.fields and form.fields["why"].required),
    }


def title_of(step: Step, part: Any) -> str:
    """The heading: the step, and which record of it."""
    if part is None:
        return str(step.label)
    name = short(getattr(part, "ref", ""))
    if step.name == "details":
        return f"{step.label} · {name} · {part.get_type_display()}"
    return " · ".join(each for each in (str(step.label), name) if each)


def previous_url(incident: Incident, place: int) -> str:
    """The step before, or the file."""
    if place:
        return LISTED[place - 1].url(incident)
    return reverse("incidents:detail", args=[incident.public_id])


def after(incident: Incident, step: Step) -> str:
    """The step which comes next; the check at the end."""
    place = LISTED.index(BY_NAME[HOME.get(step.name, step.name)]) + 1
    if place < len(LISTED):
        return LISTED[place].url(incident)
    return reverse("incidents:check", args=[incident.public_id])


def answered(incident: Incident, step: Step, part: Any, saved: Any) -> str:
    """Where a saved form leads: a new violation to its own questions, a new record to the list, a step onwards."""
    if step.name == "violations" and part is None:
        return reverse("incidents:part", args=[incident.public_id, "details", saved.public_id])
    if step.of:
        return BY_NAME[HOME.get(step.name, step.name)].url(incident)
    return after(incident, step)


def kinds(step: Step, form: PartForm) -> list[dict[str, Any]]:
    """One child or a group: each has its own questions."""
    if step.name != "victims":
        return []
    group = bool(getattr(form, "is_group", False))
    return [
        {"label": _("One child"), "url": "?kind=individual#add", "current": not group},
        {"label": _("A group of children"), "url": "?kind=group#add", "current": group},
    ]


def counted(state: Completeness, step: Step) -> list[str]:
    """For the victims: how many children each violation counts, and how many are described."""
    if step.name != "victims":
        return []
    return [
        _("%(ref)s %(type)s: %(total)s counted, %(listed)s described")
        % {
            "ref": short(told.violation.ref),
            "type": told.violation.get_type_display(),
            "total": told.violation.total,
            "listed": told.listed,
        }
        for told in state.sums()
    ]


def cards(step: Step, incident: Incident, filing: Filing, user: Any) -> list[dict[str, Any]]:
    """The records of a step, each with what may be done."""
    tell: dict[str, Any] = {
        "violations": filing.violation,
        "victims": filing.victim,
        "perpetrators": filing.perpetrator,
        "sources": filing.source,
        "attachments": filing.attachment,
        "responses": filing.response,
    }
    may_void = may(user, "incidents.void", incident.region)
    return [
        card(step, incident, tell[step.of](one))
        | {"void_url": void_url(incident, step.of, one) if may_void else ""}
        for one in getattr(filing.file, step.of)
        if not one.voided_reason
    ]


def card(step: Step, incident: Incident, told: Any) -> dict[str, Any]:
    """One record: its line, and the pages where it is changed."""
    one = told.record
    text = told.text
    if step.name == "violations":
        text = tally(one.boys, one.girls, one.unknown) if one.total else _("no child counted")
    links = [(str(_("Change")), part_url(incident, step.name, one))]
    if step.name == "violations":
        links.append(
            (_("Details") if told.details else _("Fill in the details"), part_url(incident, "details", one))
        )
    if step.name == "victims":
        links.append((_("What became of the child"), part_url(incident, "fate", one)))
    return {"short": told.short, "title": told.title, "text": text, "links": links}


def part_url(incident: Incident, step: str, record: Any) -> str:
    """Where one record is changed."""
    return reverse("incidents:part", args=[incident.public_id, step, record.public_id])


def check_page(incident: Incident, user: Any) -> dict[str, Any]:
    """The last step: the sums, and what still lacks."""
    state = Completeness(standing(incident, user))
    return {
        "incident": incident,
        "number": len(LISTED) + 1,
        "steps": len(LISTED) + 1,
        "sums": state.sums(),
        "lacks": with_urls(incident, state.lacks()),
        "tasks": state.tasks(incident),
        "back_url": LISTED[-1].url(incident),
        "alike": suggestions(incident, user),
    }
