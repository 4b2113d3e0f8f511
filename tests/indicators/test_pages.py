"""The pages of indicators: refusals first, then the way from a definition to a frozen figure."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from sutura.indicators.models import Round
from sutura.people.models import Account
from tests.indicators.conftest import Office, browser, definition, of, round_of

HOME = reverse("indicators:list")
READ = ("list", "rounds", "bulletins", "mandate", "exports")
WRITE = ("indicator_new", "round_new", "bulletin_new", "code_new")


def text(answer: Any) -> str:
    """What a page says."""
    return answer.content.decode()


def test_who_has_no_part_is_refused_and_members_only_read(office: Office, oumar: Account):
    asked = round_of(office, "CCT11")
    report, indicator = of(asked, office.help), definition("CCT11").indicator
    of_report = [reverse(f"indicators:report_{act}", args=[report.public_id]) for act in ("accept", "back")]
    kept = [
        *(reverse(f"indicators:{name}") for name in WRITE),
        *(reverse(f"indicators:indicator_{act}", args=[indicator.public_id]) for act in ("change", "retire")),
        *(
            reverse(f"indicators:{name}", args=[asked.public_id])
            for name in ("round_expect", "dhis2", "dhis2_json")
        ),
        *of_report,
    ]
    read = [
        *(reverse(f"indicators:{name}") for name in READ),
        *(one.get_absolute_url() for one in (asked, report, indicator)),
        reverse("indicators:records", args=[indicator.public_id]),
        reverse("indicators:export_file", args=["csv"]),
    ]
    assert {browser(oumar).get(url).status_code for url in (*kept, *read)} == {403}
    assert {browser(office.mariam).get(url).status_code for url in kept} == {403}
    assert {browser(office.mariam).get(url).status_code for url in read} == {200}


def test_a_round_from_the_question_to_an_accepted_report(office: Office):
    fatou, mariam = browser(office.fatou), browser(office.mariam)
    typed = {
        "title": "Octobre inventé", "body": office.body.public_id, "first": "2026-10-01", "last": "2026-10-31",
        "due_on": "2026-10-15", "definitions": [definition("CCT11").pk, definition("O5.4").pk],
    }  # fmt: skip
    wrong = fatou.post(reverse("indicators:round_new"), typed)
    assert (wrong.status_code, "Octobre inventé" in text(wrong)) == (422, True)
    fatou.post(reverse("indicators:round_new"), typed | {"due_on": "2026-11-10"})
    made = Round.objects.get()
    who = {"organisations": [office.help.public_id], "regions": ["ML05"]}
    fatou.post(reverse("indicators:round_expect", args=[made.public_id]), who)
    report = of(made, office.help)
    send, pk, people = (
        reverse("indicators:report_send", args=[report.public_id]),
        definition("CCT11").pk,
        definition("O5.4").pk,
    )
    told = {
        f"v{pk}": "12",
        f"v{people}": "30",
        f"v{people}_women": "10",
        f"v{people}_men": "5",
        f"v{people}_girls": "9",
    }
    blank = mariam.post(send, told)
    assert (blank.status_code, 'value="12"' in text(blank)) == (422, True)
    assert mariam.post(send, told | {f"v{people}_boys": "6"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.values.count(), report.sent_by) == ("sent", 6, office.mariam)
    # Another organisation knows that it came, not what it says; nothing counts before it is accepted.
    assert "Séances de sensibilisation" not in text(browser(office.other).get(report.get_absolute_url()))
    page = definition("CCT11").indicator.get_absolute_url() + "?first=2026-10-01&last=2026-10-31"
    assert fatou.get(page).context["told"].value is None
    assert fatou.post(reverse("indicators:report_accept", args=[report.public_id])).status_code == 302
    shown = fatou.get(page)
    assert (shown.context["told"].value, shown.context["told"].part) == (12, (report.pk,))
    opened = fatou.get(shown.context["figure"]["url"])
    assert [(row["row"], row["counts"]) for row in opened.context["rows"]] == [(report, True)]
    assert "Séances de sensibilisation" in text(browser(office.other).get(report.get_absolute_url()))
