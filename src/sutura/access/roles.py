"""The roles and what each may do: the whole law on one page, for a protection lead to read and sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERMISSIONS: dict[str, Promise] = {
    "alerts.create": _("Send an alert"),
    "alerts.read": _("Read the alerts of the region"),
    "alerts.triage": _("Triage alerts and leads"),
    "incidents.read": _("Read incidents by code, without the restricted account"),
    "incidents.restricted": _("Read the restricted account and identifying details"),
    "incidents.document": _("Open and document incidents"),
    "incidents.void": _("Void a record, mark a duplicate, close or reopen an incident"),
    "verification.read": _("See the verification bench"),
    "verification.focal_point": _("Give the first opinion (focal point)"),
    "verification.technical": _("Give the second opinion (co-chairs, technical level)"),
    "verification.ctfmr": _("Decide for the task force"),
    "verification.sitting": _("Prepare and close sittings of the task force"),
    "reporting.read": _("Read figures, notes and trends"),
    "reporting.freeze": _("Freeze an edition of a report"),
    "reporting.clear_technical": _("Clear an edition at technical level"),
    "reporting.clear_ctfmr": _("Clear an edition for the task force"),
    "intake.import": _("Import files"),
    "disclosure.export": _("Download notes and tables"),
    "disclosure.publish": _("Prepare tables for the public"),
    "disclosure.approve": _("Approve a table for the public, as a second person"),
    "places.manage": _("Keep the register of places"),
    "parties.manage": _("Keep the register of parties to the conflict"),
    "people.manage": _("Keep accounts and grants"),
    "audit.read": _("Read who did what"),
    "coordination.read": _("Take part in coordination, without case data"),
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
        " incidents.void verification.read verification.focal_point reporting.read",
    ),
    "verification_panel": _role(
        _("Verification panel"),
        _("The co-chairs at technical level: gives the second opinion on every incident."),
        "alerts.read incidents.read incidents.restricted verification.read verification.technical reporting.read"
        " reporting.clear_technical disclosure.export disclosure.approve",
    ),
    "ctfmr_principal": _role(
        _("Task force principal"),
        _("Decides for the task force and clears its reports; reads the shareable account only."),
        "incidents.read verification.read verification.ctfmr reporting.read reporting.clear_ctfmr"
        " disclosure.export disclosure.approve",
    ),
    "secretariat": _role(
        _("Secretariat"),
        _("Keeps the registers, imports files, prepares sittings, freezes and downloads reports."),
        "alerts.create alerts.read alerts.triage incidents.read incidents.document incidents.void"
        " verification.read verification.sitting reporting.read reporting.freeze intake.import disclosure.export"
        " disclosure.publish places.manage parties.manage people.manage",
    ),
    "coordinator": _role(
        _("Coordinator"),
        _("Runs meetings and service mapping; has no case data."),
        "coordination.read",
    ),
    "auditor": _role(_("Auditor"), _("Reads who did what, and nothing else."), "audit.read"),
    MACHINE: _role(
        _("Machine account"),
        _("A named command on the server, with no login; each of its acts is in the audit log."),
        "alerts.create alerts.read alerts.triage incidents.read incidents.document incidents.void"
        " verification.read verification.focal_point verification.technical verification.ctfmr"
        " verification.sitting reporting.read reporting.freeze intake.import disclosure.export places.manage"
        " parties.manage people.manage",
    ),
}


def permissions_of(role: str) -> frozenset[str]:
    """What a role may do; a role unknown to this page may do nothing."""
    known = ROLES.get(role)
    return known.permissions if known else frozenset()
