"""The invented people of the demonstration, and what each may do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from sutura.people import services
from sutura.people.models import Account

NORTH = ("ML06", "ML07", "ML08", "ML10")
SOUTH = ("ML01", "ML02", "ML03", "ML04", "ML09")
GROUP = "sexual_violence_group"
NAMED = "evidence_group"
# account, name, post, roles with their regions (none: the whole country)
CAST: tuple[tuple[str, str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "awa",
        "Awa (fictive)",
        "Monitrice, Mopti",
        (("monitor", ("ML05",)), (GROUP, ("ML05",)), (NAMED, ("ML05",))),
    ),
    (
        "binta",
        "Binta (fictive)",
        "Point focal, Mopti",
        (("regional_coordinator", ("ML05",)), (GROUP, ("ML05",))),
    ),
    ("hawa", "Hawa (fictive)", "Point focal, Nord", (("regional_coordinator", NORTH), (GROUP, NORTH))),
    (
        "drissa",
        "Drissa (fictif)",
        "Point focal, Ségou et Sud",
        (("regional_coordinator", SOUTH), (GROUP, SOUTH)),
    ),
    (
        "moussa",
        "Moussa (fictif)",
        "Panel de vérification",
        (("verification_panel", ()), (GROUP, ()), (NAMED, ())),
    ),
    ("seydou", "Seydou (fictif)", "Membre principal de l’équipe spéciale", (("ctfmr_principal", ()),)),
    ("kadidia", "Kadidia (fictive)", "Secrétariat", (("secretariat", ()),)),
    (
        "oumar",
        "Oumar (fictif)",
        "Partenaire, Kayes",
        (("alert_partner", ("ML01",)), ("monitor", ("ML01",)), (NAMED, ("ML01",))),
    ),
    ("nana", "Nana (fictive)", "Tenue des comptes", (("account_keeper", ()),)),
    ("issa", "Issa (fictif)", "Responsable de la protection", (("protection_lead", ()),)),
    ("fatou", "Fatou (fictive)", "Coordination, Bamako", (("coordinator", ()),)),
    ("rokia", "Rokia (fictive)", "Consortium fictif, formations", (("training_keeper", ()),)),
    ("salimata", "Salimata (fictive)", "Suivi des enfants", (("response_officer", ()),)),
    ("mariam", "Mariam (fictive)", "Déléguée d’une ONG fictive", (("body_member", ()),)),
    ("aminata", "Aminata (fictive)", "Auditrice", (("auditor", ()),)),
)


def open_all(*, by: Account) -> dict[str, Account]:
    """Open the demonstration accounts, with grants for a year."""
    today = timezone.localdate()
    opened: dict[str, Any] = {}
    for username, name, post, roles in CAST:
        account = services.open_account(
            by=by,
            username=username,
            name=name,
            post=post,
            organisation="Démonstration (données inventées)",
            password=settings.SUTURA_DEMO_PASSWORD,
            is_demo=True,
        )
        for role, regions in roles:
            services.give_grant(
                by=by,
                account=account,
                role=role,
                regions=regions,
                everywhere=not regions,
                purpose="démonstration",
                starts_on=today,
                ends_on=today + timedelta(days=364),
            )
        opened[username] = Account.objects.get(pk=account.pk)
    return opened


def focal_point(cast: dict[str, Account], region: str) -> Account:
    """Who keeps the files of a region."""
    return cast["hawa"] if region in NORTH else cast["drissa"] if region in SOUTH else cast["binta"]
