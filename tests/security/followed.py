"""What a body of one region follows, for the walks: a recommendation with its proof and its link, and a need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import ActivePartner, Body, Evidence, Need, Recommendation, ReportLink
from sutura.coordination.services import needs, recommendations, reports
from sutura.coordination.tokens import token_of
from sutura.partners.models import Organisation
from sutura.people.models import Account

OF_FOLLOWED = {
    f"coordination:{name}"
    for name in (
        "recommendation", "recommendation_change", "recommendation_act", "link_withdraw", "sheet",
        "organisation_sheet", "evidence_file", "evidence_void", "need", "need_act",
    )
}  # fmt: skip
# The list of themes is one for all who coordinate; only whoever coordinates in a region names a partner there.
OF_THEMES = {f"coordination:{name}" for name in ("theme", "partner_new", "partner_drop", "report_link")}


@dataclass
class Followed:
    """The records that hang on one body."""

    recommendation: Recommendation
    evidence: Evidence
    link: ReportLink
    need: Need
    partner: ActivePartner

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Name of the address, the address, and who may read it (nobody where it only takes posts)."""
        found = self.recommendation
        for name in ("recommendation", "recommendation_change", "sheet"):
            yield name, _to(name, found.public_id), "fatou"
        sheet = _to("organisation_sheet", found.body.public_id, found.responsible.public_id)
        yield "organisation_sheet", sheet, "fatou"
        for act in ("report", "block", "defer", "replace", "lapse", "verify"):
            yield "recommendation_act", _to("recommendation_act", found.public_id, act), ""
        yield "link_withdraw", _to("link_withdraw", found.public_id), ""
        for name in ("evidence_file", "evidence_void"):
            yield name, _to(name, self.evidence.public_id), "fatou"
        yield "need", _to("need", self.need.public_id), "fatou"
        yield "need_act", _to("need_act", self.need.public_id, "answer"), ""

    def theme_urls(self) -> Iterator[tuple[str, str, str]]:
        """The same for what belongs to no body."""
        theme = self.partner.theme
        yield "theme", _to("theme", theme.public_id), "fatou"
        yield "partner_new", _to("partner_new", theme.public_id), "fatou"
        yield "report_link", _to("report_link", token_of(self.link)), ""


def follow(body: Body, organisation: Organisation, member: Account, *, by: Any) -> Followed:
    """One of each in a body."""
    today = timezone.localdate()
    found = recommendations.write_down(
        body=body, text="Une recommandation inventée.", responsible=organisation, adopted=True, by=by,
        due_on=today + timedelta(days=30),
    )  # fmt: skip
    proof: dict[str, Any] = {"evidence": "Une liste.", "file": ContentFile(b"%PDF-1.4 zq", name="a.pdf")}
    reports.report(recommendation=found, by=member, words="Commencé.", progress=10, **proof)
    link = reports.hand_out_link(recommendation=found, by=by, days=30)
    theme = needs.add_theme(name_fr=f"Thème inventé {body.acronym}", by=by)
    partner = needs.add_active_partner(theme=theme, organisation=organisation, region=body.region, by=by)
    need = needs.raise_need(
        body=body,
        region=body.region,
        text="Un besoin inventé.",
        evidence="Une mission.",
        theme=theme,
        by=member,
    )
    found.refresh_from_db()
    return Followed(found, found.evidence.get(), link, need, partner)


def _to(name: str, *arguments: object) -> str:
    return reverse(f"coordination:{name}", args=arguments)
