"""Keys are made, opened, shared, destroyed and recovered here, and every opening of a record is written down."""

from sutura.vault.services.opening import note_opening
from sutura.vault.services.own import begin, change_password, forget, report_loss
from sutura.vault.services.recovering import agree_escrow, agree_recovery, contribute, set_up_escrow
from sutura.vault.services.sharing import leave, move, settle
from sutura.vault.services.shredding import agree_shredding, ask_shredding

__all__ = [
    "agree_escrow",
    "agree_recovery",
    "agree_shredding",
    "ask_shredding",
    "begin",
    "change_password",
    "contribute",
    "forget",
    "leave",
    "move",
    "note_opening",
    "report_loss",
    "set_up_escrow",
    "settle",
]
