"""Points 3 and 6: a door that stays shut and whom one asks to open it; a door that opens, and the child behind it."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from sutura.response.models import Docket, Site, Visit
from tests.journeys.walking import PHONE, Walker

PRISON = "Prison inventée de Mopti"


def planned(salimata: Walker) -> None:
    """A visit to the prison, for today."""
    salimata.go("response:visit_new")
    page = salimata.page
    page.get_by_label("Quel lieu de détention").select_option(str(Site.objects.get(name=PRISON).public_id))
    page.get_by_label("Prévue le").fill(timezone.localdate().isoformat())
    page.get_by_label("Quelle organisation conduit").select_option(index=1)
    salimata.press("Prévoir")
    assert salimata.heading() == PRISON


def pleaded(salimata: Walker, album: Path) -> None:
    """Asked for and refused: it is told as access, and leads to an approach with its next step."""
    planned(salimata)
    page = salimata.page
    for act, label in (("Noter la demande", "À quel service"), ("Noter le refus", "Quel service a répondu")):
        salimata.follow(act)
        page.get_by_label(label).select_option("prosecutor")
        if act == "Noter le refus":
            page.get_by_label("une enquête est en cours").check()
        salimata.press("Enregistrer")
    assert salimata.sees("refusée", "une enquête est en cours")
    salimata.look(album / "visit-refused.png")
    salimata.go("response:access")
    assert salimata.sees("Portes restées fermées", "une enquête est en cours")
    salimata.look(album / "visit-access.png")
    salimata.go(Visit.objects.latest("id").get_absolute_url())
    salimata.follow("Plaider pour l’accès")
    page.get_by_label("Par quelle voie").select_option("letter")
    words = "Demande d’accès au nom du protocole (inventé)."
    page.get_by_label("Message").fill(words)
    page.get_by_label("Quelle est l’étape suivante").select_option("remind")
    salimata.look(album / "approach-new.png")
    salimata.press("Enregistrer")
    assert salimata.sees("Dites jusqu’à quand la suite est à faire")
    assert page.get_by_label("Message").input_value() == words
    page.get_by_label("Jusqu’à quand").fill(timezone.localdate().isoformat())
    salimata.press("Enregistrer")
    assert salimata.sees("pas encore de réponse", "scellé")
    salimata.look(album / "approach.png")
    salimata.go("response:approaches")
    assert salimata.sees("relancer", "L’accès pour une visite")
    salimata.look(album / "approaches.png")


def visited(salimata: Walker, album: Path) -> None:
    """Made: what is told of the child is written once, and stands in the docket."""
    planned(salimata)
    page, held = salimata.page, Docket.objects.filter(stage="held", region="ML05").earliest("id")
    salimata.follow("Noter qu’elle est faite")
    page.get_by_label("Les enfants sont-ils parmi les adultes").select_option("day")
    salimata.look(album / "visit-made.png")
    salimata.press("Enregistrer")
    assert salimata.sees("Aussi ici d’après leur dossier", held.ref)
    salimata.follow("Vu ou pas ?", exact=False)
    page.get_by_label("enfant vu").check()
    page.get_by_label("L’enfant a-t-il vu un avocat").select_option("no")
    salimata.press("Enregistrer")
    page.set_viewport_size(PHONE)
    salimata.width = PHONE["width"]
    page.reload()
    salimata.look(album / "visit-phone.png")
    salimata.go("response:visits")
    salimata.look(album / "visits-phone.png")
    salimata.go(held.get_absolute_url())
    assert salimata.sees("détenu, confirmé récemment")
    assert salimata.misses("Ne dites pas « toujours détenu »") == ["Ne dites pas « toujours détenu »"]
