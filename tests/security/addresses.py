"""Every address of the product, classified: which names a record of Mopti, which lists, which is for everybody.

A new address must take its place here before the walk passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.security.caring import BEGINNINGS
from tests.security.case import Case as Case
from tests.security.case import words
from tests.security.charted import LISTS_OF_MAP, OF_MAP
from tests.security.followed import OF_FOLLOWED, OF_THEMES
from tests.security.gathering import OF_BODIES
from tests.security.handheld import LISTS as OF_HANDHELD
from tests.security.handheld import OF_PHONES
from tests.security.planned import OF_PLANS, PLAN_LISTS
from tests.security.published import OF_PUBLISHED
from tests.security.reported import LISTS_OF_INDICATORS, OF_INDICATORS
from tests.security.returning import LISTS as OF_FOLLOWING
from tests.security.returning import OF_RESPONSE
from tests.security.shelved import LISTS_SHELVED, OF_LIBRARY, OF_PROJECTS
from tests.security.trained import OF_CAPACITY, OF_TRAINING
from tests.security.worked import LISTS_OF_WORK, OF_WORK
from tests.security.world import QUARTER, Nation, Region

Arguments = dict[str, Any]


# Name → (who may open it, arguments from the records of Mopti and of the country), one for each way to name one.
WAITING, SETTLED = ("staged", "faults"), ("attempt", "confirm", "discard")
RECORDS: dict[str, list[tuple[str, Callable[[Region, Nation], Arguments]]]] = {
    **BEGINNINGS,
    "alerts:detail": [
        ("awa", lambda m, n: {"public_id": m.alert.public_id}),
        ("awa", lambda m, n: {"public_id": m.opened_alert.public_id}),
        ("awa", lambda m, n: {"public_id": m.lead.public_id}),
        ("awa", lambda m, n: {"public_id": m.hushed.public_id}),
    ],
    "alerts:open": [
        ("awa", lambda m, n: {"public_id": m.alert.public_id}),
        ("awa", lambda m, n: {"public_id": m.hushed.public_id}),
    ],
    "alerts:sent": [("awa", lambda m, n: {"public_id": m.alert.public_id})],
    "alerts:triage": [
        ("", lambda m, n, act=act: {"public_id": m.alert.public_id, "act": act})
        for act in ("protect", "ask", "duplicate", "not-mrm", "reopen")
    ],
    "incidents:open_from_alert": [("awa", lambda m, n: {"alert_id": m.alert.public_id})],
    "incidents:detail": [
        ("awa", lambda m, n: {"public_id": m.incident.public_id}),
        ("awa", lambda m, n: {"public_id": m.other.public_id}),
    ],
    "incidents:open": [("awa", lambda m, n: {"public_id": m.incident.public_id})],
    "incidents:shred": [("binta", lambda m, n: {"public_id": m.incident.public_id})],
    "incidents:shred_agree": [("binta", lambda m, n: {"public_id": m.incident.public_id})],
    "incidents:sheet": [
        ("awa", lambda m, n: {"public_id": m.incident.public_id}),
        ("awa", lambda m, n: {"public_id": m.other.public_id}),
    ],
    "incidents:attachment": [
        ("awa", lambda m, n: {"public_id": m.incident.public_id, "attachment_id": m.attachment.public_id})
    ],
    "incidents:check": [("awa", lambda m, n: {"public_id": m.incident.public_id})],
    "incidents:step": [
        ("awa", lambda m, n, step=step: {"public_id": m.incident.public_id, "name": step})
        for step in "what violations victims perpetrators sources accounts attachments responses".split()
    ]
    + [("awa", lambda m, n: {"public_id": m.other.public_id, "name": "what"})],
    "incidents:part": [
        (
            "awa",
            lambda m, n, step=step, of=of: {
                "public_id": m.incident.public_id,
                "name": step,
                "part_id": of(m).public_id,
            },
        )
        for step, of in (
            ("violations", lambda m: m.violation),
            ("details", lambda m: m.violation),
            ("victims", lambda m: m.incident.victims.first()),
            ("fate", lambda m: m.incident.victims.first()),
            ("perpetrators", lambda m: m.incident.perpetrators.get(party=None)),
            ("sources", lambda m: m.incident.sources.first()),
            ("attachments", lambda m: m.attachment),
            ("responses", lambda m: m.response),
        )
    ],
    "incidents:act": [
        ("binta", lambda m, n, act=act: {"public_id": m.incident.public_id, "name": act})
        for act in ("close", "duplicate", "void", "hold", "keep")
    ],
    "incidents:void_part": [
        (
            "binta",
            lambda m, n: {
                "public_id": m.incident.public_id,
                "kind": "violations",
                "part_id": m.violation.public_id,
            },
        )
    ],
    "incidents:unlink": [
        (
            "awa",
            lambda m, n: {
                "public_id": m.incident.public_id,
                "kind": "victims",
                "part_id": m.incident.victims.first().public_id,
                "violation_id": m.violation.public_id,
            },
        )
    ],
    "verification:violation": [
        ("moussa", lambda m, n: {"public_id": m.violation.public_id}),
        ("chair", lambda m, n: {"public_id": m.decided.public_id}),
        ("chair", lambda m, n: {"public_id": m.other.violations.get(type="sexual_violence").public_id}),
    ],
    "verification:opinion": [
        ("", lambda m, n, level=level: {"public_id": m.violation.public_id, "level": level})
        for level in ("focal_point", "technical", "ctfmr")
    ],
    "verification:item_decide": [
        ("", lambda m, n: {"public_id": n.sitting.public_id, "item_id": m.item.public_id})
    ],
    "verification:item_remove": [
        ("", lambda m, n: {"public_id": n.sitting.public_id, "item_id": m.item.public_id})
    ],
    # An edition holds the whole country; a waiting file is its giver's alone.
    "reporting:edition": [("secretary", lambda m, n: {"public_id": n.edition.public_id})],
    "reporting:clear": [
        ("moussa", lambda m, n: {"public_id": n.edition.public_id, "level": "technical"}),
        ("chair", lambda m, n: {"public_id": n.edition.public_id, "level": "ctfmr"}),
    ],
    **{f"intake:{n}": [("secretary", lambda m, n: {"public_id": n.staged.public_id})] for n in WAITING},
    **{f"intake:{n}": [("", lambda m, n: {"public_id": n.staged.public_id})] for n in SETTLED},
    **{f"intake:{n}": [("secretary", lambda m, n: {"public_id": n.run.public_id})] for n in ("run", "undo")},
    "intake:columns": [("secretary", lambda m, n: {"public_id": n.listed.public_id})],
    "verification:sitting": [("chair", lambda m, n: {"public_id": n.sitting.public_id})],
    "verification:sitting_edit": [("secretary", lambda m, n: {"public_id": n.sitting.public_id})],
    "verification:agenda": [("secretary", lambda m, n: {"public_id": n.sitting.public_id})],
    "verification:sitting_close": [("secretary", lambda m, n: {"public_id": n.sitting.public_id})],
    "verification:minutes": [("moussa", lambda m, n: {"public_id": n.closed_sitting.public_id})],
    "disclosure:export": [
        (w, lambda m, n: {"public_id": n.export.public_id}) for w in ("secretary", "chair")
    ],
    **{
        f"disclosure:{act}": [("", lambda m, n: {"public_id": n.export.public_id})]
        for act in ("approve", "refuse", "withdraw", "take")
    },
    "people:account": [("keeper", lambda m, n: {"public_id": n.grant.account.public_id})],
    "people:account_password": [("keeper", lambda m, n: {"public_id": n.grant.account.public_id})],
    "people:account_state": [("keeper", lambda m, n: {"public_id": n.grant.account.public_id})],
    "people:grant_judge": [("lead", lambda m, n: {"public_id": n.grant.public_id})],
    "people:grant_renew": [("keeper", lambda m, n: {"public_id": n.grant.public_id})],
    "people:grant_withdraw": [("keeper", lambda m, n: {"public_id": n.grant.public_id})],
    "people:vault_agree": [("", lambda m, n: {"public_id": n.recovery.public_id})],
    "people:vault_contribute": [("", lambda m, n: {"public_id": n.recovery.public_id})],
}

FIGURES = (
    "verified/totals/violations",
    "unverified/totals/violations",
    "apart/military_use",
    "verified/by_region/ML05/killing",
)
GHN = {"product": "ghn", "period": QUARTER}
YEAR = {"product": "annual", "period": "2026"}


def lists(mopti: Region) -> dict[str, list[tuple[str, Arguments, str]]]:
    """Name → (who may open it, arguments, query): pages which show only what their reader may read."""
    ref, title = mopti.incident.ref, mopti.incident.title
    mine = {"product": "ghn", "period": QUARTER}
    files = [("chair", mine, ""), ("chair", mine, words(as_at="2026-03-15"))]
    return {
        "desk:home": [("awa", {}, "")],
        "desk:search": [
            ("awa", {}, words(q=one))
            for one in (ref, ref[:8], mopti.violation.ref, mopti.alert.ref, "GED", "CTF")
        ],
        "desk:audit": [
            ("awa", {}, query)
            for query in ("", words(record=mopti.incident.public_id), words(record=ref), words(record="awa"))
        ],
        "desk:anchor": [("auditor", {}, "")],
        "alerts:inbox": [
            ("awa", {}, words(tab=tab, **more))
            for tab in ("alerts", "leads")
            for more in ({}, {"region": "ML05"})
        ],
        "alerts:new": [("awa", {}, "")],
        "alerts:mine": [("awa", {}, "")],
        "alerts:coverage": [("awa", {}, "")],
        "alerts:access_new": [("awa", {}, words(cercle="ML0504"))],
        "incidents:list": [
            ("awa", {}, query)
            for query in (
                "",
                words(region="ML05"),
                words(ref=ref),
                words(ref=title[:8]),
                words(after="2026-12-31~9"),
            )
        ],
        "incidents:new": [("awa", {}, "")],
        "incidents:retention": [("binta", {}, "")],
        "incidents:names": [("awa", {}, "")],
        "verification:bench": [
            ("moussa", {}, query) for query in ("", words(region="ML05"), words(age="30"))
        ],
        "verification:sittings": [("chair", {}, "")],
        "verification:sitting_new": [("secretary", {}, "")],
        "reporting:notes": [("awa", {}, "")],
        "reporting:note": [
            ("awa", {"period": QUARTER}, query)
            for query in ("", words(geography="2023"), words(as_at="2026-03-15"))
        ],
        "reporting:freeze": [("secretary", GHN, "")],
        "reporting:compare": [
            ("awa", {}, words(**GHN, before="2026-02-01T00:00:00", after="now")),
            ("awa", {}, words(**GHN, before="2026-02-01T00:00:00", after="now", figure=FIGURES[0])),
        ],
        "reporting:figures": [("awa", {}, ""), ("awa", {}, words(**YEAR))],
        "reporting:records": [("awa", {}, words(**GHN, figure=figure)) for figure in FIGURES],
        "reporting:trends": [
            ("awa", {}, query)
            for query in ("", words(axis="region"), words(status="unverified", level="cercle"))
        ],
        "reporting:published": [("awa", {}, "")],
        "disclosure:note_docx": files,
        "disclosure:note_html": files,
        "disclosure:figures_xlsx": files,
        "disclosure:figures_json": files,
        "disclosure:exports": [("secretary", {}, "")],
        "disclosure:to_approve": [("chair", {}, "")],
        "disclosure:export_new": [
            ("chair", {}, ""),
            ("chair", {}, words(**mine, kind="lines", as_at="2026-03-15")),
        ],
        "disclosure:key": [("chair", {}, "")],
        "disclosure:tables": [("chair", {}, "")],
        "disclosure:prepare": [("secretary", {}, "")],
        "people:accounts": [("keeper", {}, "")],
        "people:account_new": [("keeper", {}, "")],
        "people:grants": [("lead", {}, "")],
    }


# Registers which anybody signed in may read, and pages about oneself.
COMMON: dict[str, tuple[str, Arguments]] = {
    "ui:gallery": ("awa", {}),
    "ui:gallery_confirm": ("awa", {}),
    "places:list": ("awa", {}),
    "places:detail": ("awa", {"code": "ML05"}),
    "places:name_add": ("", {"code": "ML05"}),
    "people:me": ("awa", {}),
    "people:password": ("awa", {}),
    "people:factors": ("awa", {}),
    "people:factor_app": ("awa", {}),
    "people:factor_passkey": ("awa", {}),
    "people:factor_remove": ("", {"number": 1}),
    "people:codes": ("awa", {}),
    "people:codes_file": ("awa", {}),
    "people:sessions": ("awa", {}),
    "people:law": ("awa", {}),
    "parties:list": ("awa", {}),
    "parties:new": ("secretary", {}),
    "coordination:bodies": ("fatou", {}),
    "coordination:body_new": ("fatou", {}),
    "coordination:board": ("fatou", {}),
    "coordination:implementation": ("fatou", {}),
    "coordination:recommendation_new": ("fatou", {}),
    "coordination:needs": ("fatou", {}),
    "coordination:need_new": ("fatou", {}),
    "coordination:themes": ("fatou", {}),
    "coordination:theme_new": ("fatou", {}),
    **LISTS_OF_WORK,
    "coordination:cards": ("fatou", {}),
    "coordination:card_new": ("fatou", {}),
    **dict.fromkeys(PLAN_LISTS, ("fatou", {})),
    **LISTS_SHELVED,
    **LISTS_OF_MAP,
    **OF_TRAINING,
    **OF_FOLLOWING,
    **OF_HANDHELD,
    **LISTS_OF_INDICATORS,
    "people:vault": ("awa", {}),
    "people:vault_unlock": ("awa", {}),
    "people:vault_settle": ("", {}),
    "people:vault_lost": ("", {}),
    "people:vault_escrow": ("keeper", {}),
    "people:vault_escrow_agree": ("", {}),
}
# Of the register of parties: their argument is read from the register.
OF_PARTY = ("detail", "change", "name_new", "listing_new", "plan_new")
# Of the directory of organisations, which is one for the whole country.
OF_ORGANISATION = ("detail", "change", "consortium")
# A table for the public is the country's, and shows no record: tests/disclosure knows who sees it, and when.
OF_THE_COUNTRY = {
    "disclosure:table", "disclosure:decide", "disclosure:public_tables", "disclosure:public_table",
    "disclosure:public_file",
}  # fmt: skip
# The door itself.
DOOR = {"people:sign_in", "people:second_factor", "people:sign_out", "ui:set_language"}


def known() -> set[str]:
    """Names of the addresses classified here; those of lists need no world to be named."""
    of_parties = {f"parties:{name}" for name in (*OF_PARTY, "listing_drop")}
    of_partners = {f"partners:{name}" for name in OF_ORGANISATION}
    of_bodies = OF_BODIES | OF_FOLLOWED | OF_PLANS | OF_THEMES | OF_LIBRARY
    of_bodies |= OF_PROJECTS | OF_WORK | OF_PUBLISHED | OF_MAP | OF_CAPACITY | OF_RESPONSE | OF_INDICATORS
    of_bodies |= OF_PHONES
    return set(RECORDS) | LISTED | set(COMMON) | of_parties | of_partners | of_bodies | OF_THE_COUNTRY | DOOR


LISTED = {
    "desk:home", "desk:search", "desk:audit", "desk:anchor", "alerts:inbox", "alerts:new", "alerts:mine",
    "alerts:coverage", "alerts:access_new", "incidents:list", "incidents:new", "incidents:retention",
    "incidents:names", "verification:bench", "verification:sittings", "verification:sitting_new", "reporting:notes",
    "reporting:note", "reporting:freeze", "reporting:compare",
    "reporting:figures", "reporting:records", "reporting:trends", "reporting:published", "disclosure:note_docx",
    "disclosure:note_html", "disclosure:figures_xlsx", "disclosure:figures_json", "disclosure:exports",
    "disclosure:to_approve", "disclosure:export_new", "disclosure:key", "disclosure:tables", "disclosure:prepare",
    "people:accounts", "people:account_new", "people:grants",
}  # fmt: skip


def record_cases(mopti: Region, nation: Nation) -> Iterator[Case]:
    """Addresses which name a record."""
    for name, ways in RECORDS.items():
        for insider, arguments in ways:
            yield Case(name, reverse(name, kwargs=arguments(mopti, nation)), insider)
    # What happened before may be asked of the same addresses.
    past = words(as_at="2099-01-01", story="")
    yield Case("incidents:detail", reverse("incidents:detail", args=[mopti.incident.public_id]) + past, "awa")


def body_cases(mopti: Region) -> Iterator[Case]:
    """Addresses which name a body, a meeting, or what belongs to one: for whoever coordinates in that region."""
    yield from (Case(f"coordination:{name}", url, who) for name, url, who in mopti.gathering.urls())


def shelved_cases(mopti: Region) -> Iterator[Case]:
    """Addresses of documents, projects, visits, services, trainings: for whoever's grant holds in that region."""
    yield from (Case(name, url, "fatou") for name, url in mopti.gathering.shelved.urls())
    yield from (Case(*each) for each in (*mopti.gathering.charted.urls(), *mopti.gathering.reported.urls()))
    yield from (Case(name, url, "secretary") for name, url in mopti.gathering.trained.urls())
    yield from mopti.gathering.returning.cases()
    yield from mopti.gathering.handheld.cases()


def organisation_cases(mopti: Region) -> Iterator[Case]:
    """Addresses which name an organisation of the directory, or a module or a pathway: one for the country."""
    yield from (Case(*each) for each in mopti.gathering.trained.country_urls())
    yield from (Case(*each) for each in mopti.gathering.reported.country_urls())
    for name in OF_ORGANISATION:
        yield Case(
            f"partners:{name}",
            reverse(f"partners:{name}", args=[mopti.gathering.organisation.public_id]),
            "fatou",
        )


def theme_cases(mopti: Region) -> Iterator[Case]:
    """Addresses which name a theme, and a link for one report."""
    for name, url, insider in mopti.gathering.followed.theme_urls():
        yield Case(f"coordination:{name}", url, insider)
    yield Case(*mopti.gathering.charted.open_url)
    yield Case(*mopti.gathering.reported.open_url)
    yield mopti.gathering.returning.open_url
    yield from mopti.gathering.handheld.open_cases()


def list_cases(mopti: Region) -> Iterator[Case]:
    """Addresses which list."""
    for name, ways in lists(mopti).items():
        for insider, arguments, query in ways:
            yield Case(name, reverse(name, kwargs=arguments) + query, insider)


def common_cases() -> Iterator[Case]:
    """Addresses for everybody signed in."""
    from sutura.parties.models import Listing, Party

    for name, (insider, arguments) in COMMON.items():
        yield Case(name, reverse(name, kwargs=arguments), insider)
    party = Party.objects.get(code="JNIM")
    for name in OF_PARTY:
        yield Case(f"parties:{name}", reverse(f"parties:{name}", args=[party.public_id]), "secretary")
    listing = Listing.objects.first()
    assert listing is not None
    yield Case("parties:listing_drop", reverse("parties:listing_drop", args=[listing.public_id]), "secretary")
