"""What becomes of the records of each form that comes with Sutura: the rows they make, and why they wait."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import TextChoices

from sutura.alerts.choices import Access
from sutura.config.postgresql.walls import SENDS
from sutura.incidents import choices as incidents
from sutura.intake.models import Outcome, Submission
from sutura.intake.questionnaires.shelf import shipped_drafts
from sutura.intake.sealing import OPENED_BY
from sutura.intake.services.phones import Handed, create_phone
from sutura.intake.services.questionnaires import publish
from sutura.intake.shipped import MAPPINGS, RIGHTS
from sutura.mhpss import choices as mhpss
from sutura.people.models import Account
from sutura.response import choices as response
from tests.intake.phones import Handset, record
from tests.intake.test_questionnaires import choices

VERSION = "2026112301"


def given(account: Account, machine: Account, region: str = "ML05") -> Handset:
    """A phone in somebody's hand."""
    return Handset(create_phone(label="Essai", region=region, account=account, by=machine).key)


def group(name: str, **said: str) -> str:
    """A group of questions that is asked several times, once."""
    return f"<{name}>" + "".join(f"<{key}>{text}</{key}>" for key, text in said.items()) + f"</{name}>"


def forms_of(handset: Handset) -> list[str]:
    """The forms on the list of a phone."""
    listed = handset.get("formList").content.decode()
    return [form for form in sorted(MAPPINGS) if f"<formID>{form}</formID>" in listed]


def waiting() -> list[tuple[str, str]]:
    """Field and reason of each record that waits, the first sent first."""
    rows = [one.outcomes.get() for one in Submission.objects.waiting().order_by("pk")]
    return [(one.field, one.reason) for one in rows]


def made() -> list[tuple[str, str]]:
    """Kind and reference of what was made."""
    return list(Outcome.objects.filter(became="made").order_by("pk").values_list("kind", "made"))


def test_each_form_has_its_right_in_the_wall_and_its_seal():
    assert tuple(sorted(SENDS)) == RIGHTS
    assert set(OPENED_BY) <= set(MAPPINGS)
    assert sorted(MAPPINGS) == [draft.form_id for draft in shipped_drafts()]


def test_every_code_that_a_form_offers_is_one_that_is_taken():
    """Words may be added to the code without the sheets: the other way round, a record would wait for ever."""
    lists: dict[str, type[TextChoices]] = {
        "sutura_incident violation": incidents.Type, "sutura_incident place_kind": incidents.PlaceKind,
        "sutura_incident attack": incidents.AttackKind, "sutura_incident sex": incidents.Sex,
        "sutura_incident party_type": incidents.PerpetratorCategory, "sutura_referral need": response.Need,
        "sutura_referral urgency": response.Urgency, "sutura_referral given": response.Given,
        "sutura_verification access": Access, "sutura_verification group_sex": incidents.GroupSex,
        "sutura_verification source_age": incidents.SourceAge, "sutura_verification status": incidents.Status,
        "sutura_service working": mhpss.Working, "sutura_service entry": mhpss.Entry,
        "sutura_service cost": mhpss.Cost, "sutura_service basis": mhpss.Basis,
        "sutura_detention age_basis": response.AgeBasis,
    }  # fmt: skip
    for form in ("sutura_incident", "sutura_verification"):
        lists[f"{form} source_category"] = incidents.SourceCategory
        lists[f"{form} source_kind"], lists[f"{form} grade"] = incidents.SourceKind, incidents.Grade
    for name in ("Office", "Later", "Crowding", "Mixed", "Enough", "Seen", "Sex", "Association", "Mode", "Health",
                 "Action", "Task"):  # fmt: skip
        lists[f"sutura_detention {name.lower()}"] = getattr(response, name)
    lists |= {
        "sutura_detention no_entry": response.NoEntry, "sutura_detention ill_treatment": response.IllTreatment,
    }  # fmt: skip
    offered = {draft.form_id: choices(draft) for draft in shipped_drafts()}
    for name, known in lists.items():
        form, _space, listed = name.partition(" ")
        assert (name, offered[form][listed] - set(known.values)) == (name, set())
    ours = {
        f"{form} {listed}"
        for form in offered.keys() - {"sutura_alert", "sutura_sitting"}
        for listed in offered[form].keys() - {"yes_no", "known", "region", "cercle", "group"}
    }
    # What is left is no list of the code: the mapping itself reads these words.
    assert ours - lists.keys() == {
        "sutura_detention became", "sutura_incident when", "sutura_referral months", "sutura_service about",
        "sutura_service change",
    }  # fmt: skip


def test_a_phone_carries_the_forms_that_its_owner_may_use(
    handed: Handed, awa: Account, machine: Account, salimata: Account, keeper_of_trainings: Account
):
    lists = {one.username: forms_of(given(one, machine)) for one in (awa, salimata, keeper_of_trainings)}
    assert lists == {
        "awa": ["sutura_alert", "sutura_incident", "sutura_verification"],
        "salimata": ["sutura_detention", "sutura_referral"],
        "keeper_of_trainings": ["sutura_sitting"],
    }
    for form in set(MAPPINGS) - {"sutura_sitting"}:
        assert given(keeper_of_trainings, machine).send(record({}, form=form)).status_code == 404
    assert Submission.objects.count() == 0


def test_an_old_version_of_each_form_is_taken_after_a_new_one(handed: Handed, machine: Account):
    handset = given(machine, machine)
    for draft in shipped_drafts():
        later = draft.xform.replace(b'version="2026112301"', b'version="2099010101"')
        publish(draft=replace(draft, version="2099010101", xform=later), by=machine)
    never = "It was filled in with a version of the form that was never published here."
    for version, waits in ((VERSION, False), ("2099010101", False), ("1999", True)):
        for form in MAPPINGS:
            assert handset.send(record({}, form=form, version=version)).status_code == 201
            assert ((form, version, waiting()[-1][1] == never)) == (form, version, waits)
