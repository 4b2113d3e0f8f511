"""The columns of the sheet: letter, field, heading in both languages, HXL tag, and headings that people use instead."""

from __future__ import annotations

from typing import NamedTuple

from sutura.places.rules import plain


class Column(NamedTuple):
    """One column; `field` names what a service says, or one of the sheet's own (`where`, `groups_of_codes`)."""

    letter: str
    field: str
    french: str
    english: str
    hxl: str = ""
    also: tuple[str, ...] = ()

    def heading(self, language: str) -> str:
        """The heading as it stands in the sheet, with the letter of the item."""
        return f"{self.letter}. {self.english if language == 'en' else self.french}"


ITEMS = (
    Column("A", "updated_on", "Date de mise à jour", "Date of the information", "#date+updated",
           ("date", "date information given", "date d information", "mise a jour")),
    Column("B", "organisation", "Organisation de mise en œuvre", "Implementing organisation", "#org+impl",
           ("organisation", "organization", "nom de l organisation", "implementing agency", "agence", "ong")),
    Column("C", "partners", "Autres organisations associées", "Joint-activity organisations", "#org+partner",
           ("partenaires", "partners", "autres organisations")),
    Column("D", "focal_name", "Point focal", "Focal point", "#contact+name", ("contact", "focal point name")),
    Column("E", "focal_phone", "Téléphone du point focal", "Telephone of the focal point", "#contact+phone",
           ("telephone", "phone", "tel")),
    Column("F", "focal_email", "Courriel du point focal", "E-mail of the focal point", "#contact+email",
           ("courriel", "email", "e mail", "mail")),
    Column("G", "where", "Région / cercle / commune", "Region / cercle / commune", "#loc+path",
           ("region", "region cercle", "region district", "lieu", "localisation")),
    Column("H", "site", "Ville, quartier, site", "Town, neighbourhood, site", "#loc+site",
           ("site", "ville", "town", "quartier", "commune site")),
    Column("I", "place", "Code géographique (P-code)", "Geographic code (P-code)", "#adm+code",
           ("p code", "pcode", "code geographique", "geo code", "government ocha geo code")),
    Column("J", "headings", "Code d’activité", "Activity code", "#activity+group", ("code activite", "activity")),
    Column("K", "codes", "Sous-code d’activité", "Activity subcode", "#activity+code",
           ("sous code", "subcode", "activity sub code", "sous activite")),
    Column("L", "description", "Description en une phrase", "One-sentence description", "#description",
           ("description", "activite", "description of activity")),
    Column("M", "groups", "Groupes cibles et tranche d’âge", "Target groups and ages", "#population",
           ("groupe cible", "groupes cibles", "target group", "target groups", "beneficiaires")),
    Column("N", "reached", "Personnes appuyées (30 derniers jours, non additionnable)",
           "People supported (last 30 days, not to be added up)", "#reached",
           ("personnes appuyees 30 derniers jours", "people supported last 30 days", "personnes appuyees",
            "nombre de personnes", "people supported", "number of people")),
    Column("O", "state", "État de mise en œuvre", "State of implementation", "#status", ("etat", "status", "statut")),
    Column("P", "starts_on", "Début", "Start", "#date+start", ("date de debut", "start date", "debut reel")),
    Column("Q", "funded_until", "Fin du financement", "End of funding", "#date+end",
           ("fin", "date de fin", "end date", "end", "fin du financement engage")),
    Column("R", "staff", "Intervenants par cadre (F, H)", "Workers by cadre (F, M)", "#capacity+staff",
           ("intervenants", "personnel", "staff", "number and type of workers")),
    Column("S", "trained_in", "Formés à, et durée", "Trained in, and for how long", "#capacity+training",
           ("formation", "training", "theme et duree de la formation")),
    Column("T", "cost", "Gratuité ou paiement", "Free or paid", "#access+cost",
           ("gratuite", "paiement", "cost", "fees")),
    Column("U", "modalities", "Lieu de prestation", "Where delivered", "#modality",
           ("prestation", "delivery", "modality")),
    Column("V", "hours", "Jours et heures", "Days and hours", "#access+hours",
           ("disponibilite", "horaires", "availability", "hours")),
)  # fmt: skip
OURS = (
    Column("W", "ref", "Référence (ne pas modifier)", "Reference (do not change)", "#meta+id"),
    Column("X", "layers", "Étages déclarés", "Layers declared", "#activity+layer",
           ("etage", "etages", "layer", "layers")),
    Column("Y", "distress", "Niveaux de détresse", "Levels of distress", "#activity+distress"),
    Column("Z", "themes", "Thèmes", "Themes", "#activity+theme"),
    Column("AA", "specified", "« Autre », en mots", "“Other”, in words", "#activity+other"),
    Column("AB", "packages", "Codes EMS", "MSP codes", "#activity+package"),
    Column("AC", "coverage", "Aussi dans (P-codes)", "Also in (P-codes)", "#adm+coverage"),
    Column("AD", "site_kind", "Type de site", "Kind of site", "#loc+type"),
    Column("AE", "is_sensitive", "Site sensible", "Sensitive site", "#loc+sensitive"),
    Column("AF", "precision", "Lieu connu du public", "Place known to the public", "#loc+precision"),
    Column("AG", "sex", "Sexe reçu", "Sex received", "#population+sex"),
    Column("AH", "languages", "Langues", "Languages", "#access+language"),
    Column("AI", "access", "Accès handicap", "Disability access", "#access+disability"),
    Column("AJ", "entry", "Comment on y entre", "How one comes in", "#access+entry"),
    Column("AK", "phone", "Téléphone pour les usagers", "Telephone for users", "#access+phone"),
    Column("AL", "supervised", "Équipe supervisée", "Staff supervised", "#capacity+supervised"),
    Column("AM", "capacity", "Capacité par mois", "Capacity in a month", "#capacity+num"),
    Column("AN", "waiting_days", "Attente en jours", "Waiting in days", "#access+wait"),
    Column("AO", "basis", "Ce que compte le nombre", "What the number counts", "#reached+basis"),
    Column("AP", "working", "Fonctionne", "Works", "#status+working"),
    Column("AQ", "is_public", "Publication acceptée", "Publication agreed", "#meta+public"),
)  # fmt: skip
TOLD = (
    Column("AR", "verified_on", "Vérifié le", "Verified on", "#date+verified"),
    Column("AS", "verified_by", "Vérifié par", "Verified by", "#meta+verified_by"),
    Column("AT", "adm1_name", "Région", "Region", "#adm1+name"),
    Column("AU", "adm1_code", "P-code de la région", "P-code of the region", "#adm1+code"),
    Column("AV", "adm2_name", "Cercle", "Cercle", "#adm2+name"),
    Column("AW", "adm2_code", "P-code du cercle", "P-code of the cercle", "#adm2+code"),
)
"""Written for readers, never read back: whoever sends a sheet does not verify by it."""
READ = (*ITEMS, *OURS)
EVERY = (*READ, *TOLD)
LETTER_OF = {column.field: column.letter for column in READ}
BY_LETTER = {column.letter: column for column in EVERY}


def heading_key(text: str) -> str:
    """What two spellings of a heading share: no accents, no case; a tag stays itself."""
    return text.replace(" ", "").lower() if text.startswith("#") else plain(text)


def known_headings() -> dict[str, str]:
    """Heading as compared → letter, for every heading that we write and those that people use."""
    found: dict[str, str] = {}
    for column in EVERY:
        for text in (column.french, column.english):
            found[plain(f"{column.letter} {text}")] = column.letter
    for column in EVERY:
        for text in (column.french, column.english, *column.also, column.hxl):
            found.setdefault(heading_key(text), column.letter)
    return found
