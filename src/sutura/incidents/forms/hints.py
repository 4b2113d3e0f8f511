"""One sentence of help for the fields that need it; ("", name) speaks for every record which has the field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

NO_NAMES = _("No names.")

HINTS: dict[tuple[str, str], Any] = {
    ("Incident", "title"): _("One line without names: what, how many, where."),
    ("Incident", "date_notes"): _(
        "For example: the night before the market, the source hesitates between two days."
    ),
    ("Incident", "place_kind"): _("Where the children were when it happened."),
    ("Incident", "latitude"): _("In degrees, with a point: 14.4843. Only if someone measured it."),
    ("Incident", "place_notes"): _(
        "How to find the place again. Not shown beyond those who may read identifying details."
    ),
    ("Incident", "monitor_code"): _("The code of whoever documented it, never a name."),
    ("Incident", "account_restricted"): _(
        "Everything that verification needs, as it was told. Read only by those with the right to restricted accounts."
    ),
    ("Incident", "account_shareable"): _(
        "The same facts for reports and partners: no name, no village, no function, nothing that leads to a person."
    ),
    ("Violation", "tally_estimated"): _("Tick it if the numbers may change when you return."),
    ("Violation", "attribution"): _("Jointly: they acted together. Crossfire: caught between them."),
    ("Violation", "related"): _("For example: abducted, then recruited."),
    ("Victim", "age"): _("On the day it happened; a victim is under 18."),
    ("Victim", "under_18_reason"): _("A paper, a school register, the parents, the build: what was it?"),
    ("Victim", "description"): _("What is needed to tell the members of the group apart. No names."),
    ("Victim", "age_bands"): _("All the bands in which there are children."),
    ("Victim", "nationality"): _("Only if protection calls for it."),
    ("Perpetrator", "nexus"): _(
        "If nobody knows which party: why is it a party to the conflict and not ordinary crime? "
        "Weapons, uniforms, vehicles, area, claim."
    ),
    ("Perpetrator", "verified"): _(
        "Apart from the violation, which may be verified while the perpetrator stays alleged."
    ),
    ("Perpetrator", "number"): _("How many people acted, if they were counted."),
    ("Source", "code"): _("The code under which you keep this person; the name stays in your own safe."),
    ("Source", "category"): _("Primary: it happened to them, they saw it, or they are said to have done it."),
    ("Source", "trained"): _(
        "Heard by United Nations staff, a task force member or a partner trained for it."
    ),
    ("Source", "reliability"): _("How far this source can be trusted, whatever it says."),
    ("Source", "credibility"): _("How far what it says holds together, also with the other sources."),
    ("Source", "needs_services"): _("If the source is a child: does it need care, and did you refer it?"),
    ("Attachment", "collected_by"): _("The code of whoever collected it, never a name."),
    ("Attachment", "description"): _("What it shows, and what it proves. No names."),
    ("Response", "addressee"): _("An office or a service, never a person."),
    ("LethalDetail", "took_part"): _(
        "A child who took part in the fighting is a victim all the same: say so."
    ),
    ("LethalDetail", "indiscriminate"): _(
        "A weapon or a way of using it that cannot tell fighters from children."
    ),
    ("LethalDetail", "consequences"): _("A maiming leaves a serious injury, a disability or a scar."),
    ("SexualViolenceDetail", "forms"): _(
        "Do not interview for the sake of a number: use what services passed on with consent."
    ),
    ("SexualViolenceDetail", "nexus"): _("By the time, the place, or the profile of who did it."),
    ("RecruitmentDetail", "factors"): _("What led the children there, as they or the family tell it."),
    ("RecruitmentDetail", "role"): _("Any role is a violation, also cooking or carrying."),
    ("RecruitmentDetail", "under_15"): _("How many were under 15 when they were recruited."),
    ("AbductionDetail", "held_at"): _("Read only by those with the right to identifying details."),
    ("AttackDetail", "attack_kind"): _("Other interference is kept, and counts nowhere."),
    ("AttackDetail", "number_of_facilities"): _(
        "One record for each facility; more than one only if they cannot be told apart."
    ),
    ("AttackDetail", "facility"): _("Facilities of the register in this cercle."),
    ("MilitaryUseDetail", "facility"): _("Facilities of the register in this cercle."),
    ("DenialDetail", "methods"): _("All that apply."),
    ("DenialDetail", "population_affected"): _(
        "Who is without aid: which villages or sites, how many people."
    ),
    ("DetentionDetail", "ill_treatment_kinds"): _("Only what was told; never ask a child to tell it again."),
    ("DetentionDetail", "length"): _("If the dates are not known."),
    ("", "notes"): NO_NAMES,
}
