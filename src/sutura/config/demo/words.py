"""The invented words of the demonstration: organisations that do not exist, accounts that say they are invented."""

from __future__ import annotations

MARK = "[Donnée inventée pour la démonstration] "

ORGANISATIONS = (
    "Association Jigiya (fictive)",
    "Réseau Hakili du Delta (fictif)",
    "ONG Tilwate Enfance (fictive)",
    "Collectif Danbe du Sahel (fictif)",
    "Comité Sigida Lakana (fictif)",
)

# One sentence per story: what a monitor would write, without a name, a face or a house.
RESTRICTED = {
    "explosive": "Une charrette a déclenché un engin explosif sur la piste du marché hebdomadaire, à {km} km du bourg.",
    "village": "Des hommes armés sont entrés dans le village à l’aube et ont tiré sur des habitants qui fuyaient.",
    "crossfire": "Des tirs ont été échangés près des habitations pendant environ {hours} heures.",
    "recruitment": "Des enfants ont rejoint un campement ; la famille dit qu’ils y portent l’eau et montent la garde.",
    "abduction": "Des enfants qui gardaient le bétail ont été emmenés vers la brousse par des hommes à moto.",
    "abducted_recruited": "Un enfant a été enlevé au point d’eau puis revu en tenue dans un campement.",
    "school": "L’école a été visée ; les enseignants ont été sommés de ne plus faire classe.",
    "hospital": "Le centre de santé a été pillé ; les médicaments et l’ambulance ont été emportés.",
    "denial": "Un convoi d’aide a été arrêté ; le chargement et le véhicule ont été pris.",
    "sexual_violence": "Un service de soins signale des faits liés au conflit ; aucun détail n’a été demandé.",
    "military_use": "Des éléments armés dorment dans les salles de classe depuis plusieurs semaines.",
    "detention": "Des enfants sont retenus pour association présumée avec un groupe armé.",
}
SHAREABLE = {
    "explosive": "Explosion d’un engin sur une piste ; des enfants touchés.",
    "village": "Attaque d’un village ; des enfants tués ou blessés.",
    "crossfire": "Tirs croisés ; des enfants touchés.",
    "recruitment": "Recrutement et utilisation d’enfants signalés.",
    "abduction": "Enlèvement d’enfants signalé.",
    "abducted_recruited": "Enlèvement suivi d’un recrutement.",
    "school": "Attaque ou menace contre une école.",
    "hospital": "Attaque contre un établissement de santé.",
    "denial": "Refus d’accès humanitaire.",
    "sexual_violence": "Violences sexuelles liées au conflit.",
    "military_use": "Utilisation militaire d’une école.",
    "detention": "Privation de liberté pour association présumée.",
}
ALERTS = (
    "Une mère dit que son fils n’est pas rentré du pâturage depuis le marché de lundi.",
    "Le directeur signale des hommes armés dans la cour de l’école hier soir.",
    "Un agent de santé rapporte deux enfants blessés par un engin au bord du fleuve.",
    "Le point focal entend parler de garçons recrutés dans trois hameaux voisins.",
    "Un camion de vivres a été arrêté et vidé sur la route du cercle.",
    "Des tirs près du puits ; on ne sait pas encore s’il y a des enfants touchés.",
)
# Why unidentified perpetrators are held to be a party.
NEXUS = (
    "Armes de guerre et motos sans plaque, mode opératoire connu dans le cercle (inventé).",
    "Zone tenue par un groupe armé depuis plusieurs mois (inventé).",
    "Engin semblable à ceux trouvés sur la même piste (inventé).",
)
