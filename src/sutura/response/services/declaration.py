"""The commitments of the Safe Schools Declaration, followed by a body as the texts of the Council and of parties are.

In our own words: the Declaration opened in Oslo in May 2015, to which Mali subscribed in early 2018, and the guidelines
that its first commitment is to use. A body corrects the words against the text itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.coordination.choices.instruments import InstrumentKind
from sutura.coordination.models import Body, Instrument
from sutura.coordination.services.instruments import add_instrument, add_paragraphs

REFERENCE = "Oslo, mai 2015"
TITLE = "Déclaration sur la sécurité dans les écoles, à laquelle le Mali a souscrit début 2018"
OPENED = date(2015, 5, 29)
ADDRESSEE = "Gouvernement du Mali"
COMMITMENTS = """\
1. Appliquer les Lignes directrices contre l’utilisation militaire des écoles ; les inscrire dans les textes.
1.1. Ne jamais employer pour des opérations militaires une école qui fonctionne, même hors des heures de classe.
1.2. N’employer une école abandonnée que faute d’autre choix, le temps qu’il faut ; puis effacer et réparer.
1.3. Ne jamais détruire une école pour que l’adversaire ne puisse pas s’en servir.
1.4. Avant d’attaquer une école devenue objectif militaire, chercher toute autre solution, et avertir si possible.
1.5. Ne pas confier la garde d’une école aux combattants, sauf si rien d’autre ne convient ; jamais dans ses murs.
1.6. Faire connaître ces règles à toute la chaîne de commandement : manuels, ordres, formation.
2. Recueillir des données sûres sur les attaques, les victimes et l’utilisation militaire ; aider les victimes.
3. Enquêter sur les violations alléguées et, s’il y a lieu, en poursuivre les auteurs.
4. Mener une action éducative attentive au conflit, au plan national comme dans l’aide internationale.
5. Maintenir l’éducation pendant le conflit, rétablir les écoles, prévenir les attaques et y répondre.
6. Soutenir le travail des Nations Unies et du Conseil de sécurité sur les enfants et les conflits armés.
7. Se réunir régulièrement pour examiner la mise en œuvre de la Déclaration et l’usage des Lignes directrices.
"""


@transaction.atomic
def follow_declaration(*, body: Body, by: Any) -> Instrument:
    """A body follows the Declaration from now on, commitment by commitment; each gives birth to recommendations."""
    require(by, "coordination.manage", body.region)
    if Instrument.objects.filter(body=body, kind=InstrumentKind.ENDORSED, reference=REFERENCE).exists():
        raise Invalid(_("This body follows the Declaration already: open it."), field="body")
    found = add_instrument(
        body=body, kind=InstrumentKind.ENDORSED, reference=REFERENCE, title=TITLE, dated_on=OPENED, by=by
    )
    add_paragraphs(instrument=found, pasted=COMMITMENTS, addressee=ADDRESSEE, by=by)
    record(by, "response.follow_declaration", of=found)
    return found
