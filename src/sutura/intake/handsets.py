"""What the pages of phones show: phones, their forms, and the records that wait. Never what a record says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.rules import may
from sutura.intake import comparing
from sutura.intake.choices import Holds
from sutura.intake.models import Decryption, Outcome, Phone, Questionnaire, Submission, Version
from sutura.intake.reopening import told_of
from sutura.places.models import Unit

SHOWN = 200
HELD: dict[str, Any] = {
    Holds.KEPT_FIRST: gettext_lazy("What was there is kept"),
    Holds.TAKEN_NEW: gettext_lazy("The new one holds"),
    Holds.BY_HAND: gettext_lazy("Corrected by hand"),
}


def phones_page(user: Any) -> dict[str, Any]:
    """Phones with their last visit and how much each has sent."""
    rows = Phone.objects.visible_to(user).filter(kobo=None).select_related("account", "sighting")
    found = list(rows.annotate(sent=Count("submissions")).order_by("revoked_at", "label", "pk")[:SHOWN])
    return {"phones": placed(found), **links(user)}


def placed(rows: list[Any]) -> list[Any]:
    """With the name of the region of each."""
    names = Unit.objects.region_names()
    for one in rows:
        one.where = names.get(one.region, one.region)
    return rows


def links(user: Any) -> dict[str, bool]:
    """Which of the neighbouring pages one may open."""
    return {
        "keeps": may(user, "intake.phones"),
        "publishes": may(user, "intake.import"),
        "triages": may(user, "alerts.triage"),
    }


def phone_page(phone: Phone, user: Any) -> dict[str, Any]:
    """One phone: when it was here, and what came from it, by form."""
    sent = Submission.objects.among(phone=phone, conflicts_with=None)
    latest = Version.objects.filter(questionnaire=OuterRef("questionnaire")).order_by("-pk")
    by_form = sent.order_by().values("questionnaire__form_id", title=Subquery(latest.values("title")[:1]))
    rows = [
        {"label": _("Region"), "value": placed([phone])[0].where or _("Whole country")},
        {"label": _("Answers for it"), "value": str(phone.account)},
        {"label": _("In use since"), "value": f"{phone.made_at:%d/%m/%Y}"},
    ]
    forms = by_form.annotate(count=Count("pk")).order_by("questionnaire__form_id")
    return {"phone": phone, "rows": rows, "forms": forms, **links(user)}


def forms_page(user: Any) -> dict[str, Any]:
    """Forms with their latest version."""
    latest = Version.objects.filter(questionnaire=OuterRef("pk")).order_by("-pk")
    rows = Questionnaire.objects.visible_to(user).annotate(
        title=Subquery(latest.values("title")[:1]),
        version=Subquery(latest.values("version")[:1]),
        published_at=Subquery(latest.values("published_at")[:1]),
        warnings=Subquery(latest.values("warnings")[:1]),
        count=Count("versions"),
    )
    return {"forms": rows.order_by("closed_at", "form_id"), **links(user)}


def waiting_page(user: Any) -> dict[str, Any]:
    """Records that wait for a person, the oldest first."""
    last = Outcome.objects.among(submission=OuterRef("pk")).order_by("-pk")
    rows = Submission.objects.visible_to(user).waiting().select_related("questionnaire", "version", "phone")
    found = rows.annotate(
        reason=Subquery(last.values("reason")[:1]), field=Subquery(last.values("field")[:1])
    ).order_by("pk")[:SHOWN]
    return {"records": placed(told(found)), **links(user)}


def told(records: Iterable[Any]) -> list[Any]:
    """With the reason in the words of the reader: it is kept in those of the code."""
    found = list(records)
    for one in found:
        if one.conflicts_with_id:
            one.reason = _("Another record bears its number, and says something else.")
        else:
            one.reason = _(one.reason) if one.reason else _("It was kept, and nothing was made of it yet.")
    return found


def record_page(submission: Submission, user: Any) -> dict[str, Any]:
    """One record: where it came from and what was tried; what it says stays sealed."""
    outcomes = Outcome.objects.among(submission=submission).select_related("by").order_by("-pk")
    rows = [
        {
            "label": _("Form"),
            "value": submission.version.title if submission.version else submission.questionnaire.form_id,
        },
        {"label": _("Version"), "value": submission.version.version if submission.version else ""},
        {"label": _("Phone"), "value": submission.phone.label},
        {"label": _("Files"), "value": str(submission.files.count())},
        {"label": _("Fingerprint"), "value": submission.sha256[:16]},
    ]
    clear = Decryption.objects.among(submission=submission).first()
    if submission.encrypted:
        rows.append(
            {"label": _("Encrypted"), "value": _("yes") if clear is None else _("yes; decrypted since")}
        )
    entries = [
        {
            "title": HELD.get(one.kind, one.get_became_display()) + (f" : {one.made}" if one.made else ""),
            "text": _(one.reason) if one.reason and one.became == "waits" else one.reason,
            "moment": one.at,
            "by": one.by,
        }
        for one in outcomes
    ]
    settled = any(one.became != "waits" for one in outcomes)
    locked = submission.encrypted and clear is None
    return {
        "record": submission, "rows": rows, "entries": entries, "settled": settled, "locked": locked,
        "compares": not locked and comparing.compares(submission, clear),
    }  # fmt: skip


def comparison_page(submission: Submission, user: Any) -> dict[str, Any]:
    """Two records of one matter: when each came, from where; what they say is not opened by this."""
    other = comparing.standing(submission, user)
    told = [] if other is None else [
        {"label": _("There now"), "value": f"{other.received_at:%d/%m/%Y %H:%M} · {other.phone.label}"},
        {"label": _("New"), "value": f"{submission.received_at:%d/%m/%Y %H:%M} · {submission.phone.label}"},
    ]  # fmt: skip
    conflict = _("Another record bears its number, and says something else.")
    return {
        "record": submission, "other": other, "rows": told, "there": comparing.became(other, user) if other else None,
        "why_waits": conflict if submission.conflicts_with_id else _("It corrects a record that is there."),
    }  # fmt: skip


def compared(submission: Submission, *, why: str, by: Any) -> dict[str, Any]:
    """The fields of the two, those that differ first; both are opened, for a reason."""
    other = comparing.standing(submission, by)
    if other is None:
        return {}
    old, new = told_of([other, submission], why=why, by=by)
    differing, same = comparing.rows(old, new, comparing.words_of(submission))
    return {"differing": differing, "same": same}


def address_of(submission: Submission) -> str:
    """The page of a record."""
    return reverse("intake:submission", args=[submission.public_id])
