"""The roles and what each may do: the whole law on one page, for a protection lead to read and sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

S0, S1, S2, S3, S4 = "S0", "S1", "S2", "S3", "S4"


class Tier(NamedTuple):
    """How secret something is: a word, what it holds, and who can ever read it."""

    label: Promise
    holds: Promise
    readers: Promise


TIERS: dict[str, Tier] = {
    S0: Tier(pgettext_lazy("tier", "public"), _("Approved tables."), _("Anyone.")),
    S1: Tier(
        pgettext_lazy("tier", "coordination"),
        _("Meetings, plans, registers of places and parties; one’s own alerts."),
        _("Members of the body or of the region."),
    ),
    S2: Tier(
        pgettext_lazy("tier", "coded"),
        _("Incidents, violations, victims by code, verification, figures."),
        _("The role, in its regions."),
    ),
    S3: Tier(
        pgettext_lazy("tier", "restricted"),
        _("Restricted accounts, alerts as they were told, names, exact places, attachments."),
        _("Named roles of the region."),
    ),
    S4: Tier(
        pgettext_lazy("tier", "sealed"),
        _(
            "Who the sources were and who is accused; incidents of sexual violence but for their month and cercle."
        ),
        _("Named persons only."),
    ),
}
ALONE = S1
"""The highest tier which one person may give alone; above it a second person approves (ADR 0011)."""


class Permission(NamedTuple):
    """What may be done, and the tier of what it lets one read or decide."""

    tier: str
    label: Promise


PERMISSIONS: dict[str, Permission] = {
    "alerts.create": Permission(S1, _("Send an alert")),
    "alerts.read": Permission(S3, _("Read the alerts of the region")),
    "alerts.triage": Permission(S3, _("Triage alerts and leads")),
    "incidents.read": Permission(S2, _("Read incidents by code, without the restricted account")),
    "incidents.restricted": Permission(S3, _("Read the restricted account and identifying details")),
    "incidents.sexual_violence": Permission(
        S4, _("Read incidents of sexual violence whole; outside this group, the month and the cercle only")
    ),
    "incidents.evidence": Permission(
        S4, _("Know who the sources were and who is accused; outside this group, by code only")
    ),
    "incidents.document": Permission(S2, _("Open and document incidents")),
    "incidents.void": Permission(S2, _("Void a record, mark a duplicate, close or reopen an incident")),
    "verification.read": Permission(S2, _("See the verification bench")),
    "verification.focal_point": Permission(S2, _("Give the first opinion (focal point)")),
    "verification.technical": Permission(S2, _("Give the second opinion (co-chairs, technical level)")),
    "verification.ctfmr": Permission(S2, _("Decide for the task force")),
    "verification.sitting": Permission(S2, _("Prepare and close sittings of the task force")),
    "reporting.read": Permission(S2, _("Read figures, notes and trends")),
    "reporting.freeze": Permission(S2, _("Freeze an edition of a report")),
    "reporting.clear_technical": Permission(S2, _("Clear an edition at technical level")),
    "reporting.clear_ctfmr": Permission(S2, _("Clear an edition for the task force")),
    "intake.import": Permission(S2, _("Import files")),
    "intake.phones": Permission(S2, _("Keep phones that send records")),
    "disclosure.export": Permission(S2, _("Download notes and tables")),
    "disclosure.publish": Permission(S2, _("Prepare tables for the public")),
    "disclosure.approve": Permission(S2, _("Approve a table for the public, as a second person")),
    "disclosure.request": Permission(S2, _("Ask to take rows by code out of Sutura")),
    "disclosure.let_out": Permission(S2, _("Approve what others ask to take out")),
    "places.manage": Permission(S1, _("Keep the register of places")),
    "parties.manage": Permission(S1, _("Keep the register of parties to the conflict")),
    "people.manage": Permission(S2, _("Keep accounts and propose grants")),
    "people.approve": Permission(S2, _("Approve a grant which another person proposed")),
    "audit.read": Permission(S2, _("Read who did what")),
    "coordination.read": Permission(S1, _("Take part in coordination, without case data")),
    "coordination.manage": Permission(S1, _("Keep bodies, their meetings and recommendations")),
    "partners.manage": Permission(S1, _("Keep the directory of organisations")),
    "mhpss.read": Permission(S1, _("Read the map of services")),
    "mhpss.propose": Permission(S1, _("Propose services and changes of the map")),
    "mhpss.review": Permission(S1, _("Answer for the map of services: decide, verify, import")),
    "capacity.read": Permission(S1, _("Follow trainings and practice groups, by counts")),
    "capacity.manage": Permission(S2, _("Keep the register of trainings, with the names of professionals")),
    "response.counts": Permission(S1, _("Count the children followed, in steps of five")),
    "response.read": Permission(S3, _("Read the dockets of children followed, by code")),
    "response.keep": Permission(S3, _("Keep the dockets of children followed")),
    "indicators.read": Permission(S1, _("Read the indicators, their definitions and their figures")),
    "indicators.write": Permission(S1, _("Define indicators, open rounds of reports, freeze bulletins")),
    "indicators.report": Permission(S1, _("Report the values of one’s own organisation")),
    "indicators.accept": Permission(S1, _("Accept reports of indicators, or send them back")),
}


@dataclass(frozen=True)
class Role:
    """One role: its name in the field, one sentence, and what it may do."""

    label: Promise
    summary: Promise
    permissions: frozenset[str]


def _role(label: Promise, summary: Promise, permissions: str) -> Role:
    return Role(label, summary, frozenset(permissions.split()))


MACHINE = "machine"
"""The role of commands: it may do everything, so no person holds it."""

ROLES: dict[str, Role] = {
    "alert_partner": _role(
        _("Alert partner"),
        _("An organisation that sends alerts and follows the state of its own."),
        "alerts.create",
    ),
    "monitor": _role(
        _("Monitor"),
        _("A trained monitor who documents incidents of a region."),
        "alerts.create alerts.read incidents.read incidents.restricted incidents.document verification.read"
        " reporting.read",
    ),
    "regional_coordinator": _role(
        _("Regional focal point"),
        _("Triages alerts, keeps incidents and gives the first opinion in a region."),
        "alerts.create alerts.read alerts.triage incidents.read incidents.restricted incidents.document"
        " incidents.void verification.read verification.focal_point reporting.read response.read response.keep"
        " intake.phones",
    ),
    "verification_panel": _role(
        _("Verification panel"),
        _("The co-chairs at technical level: gives the second opinion on every incident."),
        "alerts.read incidents.read incidents.restricted verification.read verification.technical reporting.read"
        " reporting.clear_technical disclosure.export disclosure.approve disclosure.request disclosure.let_out",
    ),
    "ctfmr_principal": _role(
        _("Task force principal"),
        _("Decides for the task force and clears its reports; reads the shareable account only."),
        "incidents.read verification.read verification.ctfmr reporting.read reporting.clear_ctfmr"
        " disclosure.export disclosure.approve disclosure.request disclosure.let_out",
    ),
    "secretariat": _role(
        _("Secretariat"),
        _("Keeps the registers, imports files, prepares sittings, freezes and downloads reports."),
        "alerts.create alerts.read alerts.triage incidents.read incidents.document incidents.void"
        " verification.read verification.sitting reporting.read reporting.freeze intake.import intake.phones"
        " disclosure.export disclosure.publish disclosure.request places.manage parties.manage coordination.read"
        " coordination.manage partners.manage mhpss.read mhpss.propose mhpss.review capacity.read capacity.manage"
        " response.counts"
        " indicators.read indicators.write indicators.report indicators.accept",
    ),
    "sexual_violence_group": _role(
        _("Sexual violence group"),
        _(
            "Added to a role that reads incidents: reads those of sexual violence whole, in the regions of this grant."
        ),
        "incidents.sexual_violence",
    ),
    "evidence_group": _role(
        _("Sources and perpetrators group"),
        _(
            "Added to a role that reads restricted accounts: opens who the sources were and who is accused, in the"
            " regions of this grant."
        ),
        "incidents.evidence",
    ),
    "account_keeper": _role(
        _("Keeper of accounts"),
        _("Opens and closes accounts, proposes grants, approves those of another keeper; has no case data."),
        "people.manage people.approve",
    ),
    "protection_lead": _role(
        _("Protection lead"),
        _("Answers for who may read what: approves or refuses the grants that keepers propose."),
        "people.approve",
    ),
    "coordinator": _role(
        _("Coordinator"),
        _("Runs meetings and service mapping; has no case data."),
        "coordination.read coordination.manage partners.manage mhpss.read mhpss.propose mhpss.review capacity.read"
        " response.counts"
        " indicators.read indicators.write indicators.report indicators.accept",
    ),
    "response_officer": _role(
        _("Follow-up of children"),
        _(
            "Follows children by code from the encounter to the return, detention included; reads no incident."
        ),
        "response.read response.keep response.counts mhpss.read",
    ),
    "training_keeper": _role(
        _("Keeper of trainings"),
        _(
            "Keeps trainings and practice groups of a region, with the names of professionals; has no case data."
        ),
        "coordination.read capacity.read capacity.manage indicators.read indicators.report",
    ),
    "body_member": _role(
        _("Member of a body"),
        _("Sits for an organisation: reads and feeds what its own bodies do; has no case data."),
        "coordination.read mhpss.read mhpss.propose capacity.read indicators.read indicators.report",
    ),
    "auditor": _role(
        _("Auditor"),
        _("Reads who did what, and the indicators with their definitions; has no case data."),
        "audit.read indicators.read",
    ),
    MACHINE: _role(
        _("Machine account"),
        _("A named command on the server, with no login; each of its acts is in the audit log."),
        "alerts.create alerts.read alerts.triage incidents.read incidents.document incidents.void"
        " verification.read verification.focal_point verification.technical verification.ctfmr"
        " verification.sitting reporting.read reporting.freeze intake.import intake.phones disclosure.export"
        " places.manage parties.manage people.manage coordination.read coordination.manage partners.manage"
        " mhpss.read mhpss.propose"
        " mhpss.review capacity.read capacity.manage response.counts response.read response.keep indicators.read"
        " indicators.write indicators.report indicators.accept",
    ),
}


def permissions_of(role: str, tier: str = S4) -> frozenset[str]:
    """What a role may do, up to a tier; a role or a tier unknown to this page may do nothing."""
    known = ROLES.get(role)
    if known is None or tier not in TIERS:
        return frozenset()
    return frozenset(name for name in known.permissions if PERMISSIONS[name].tier <= tier)


def natural_tier(role: str) -> str:
    """The highest tier that a role reaches: what a grant of it gives unless it stops lower."""
    return max((PERMISSIONS[name].tier for name in ROLES[role].permissions), default=S0)
