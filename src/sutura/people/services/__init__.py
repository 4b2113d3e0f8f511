"""What can be done with accounts: open them, grant, close; one's own password, second factors and sessions."""

from sutura.people.services.accounts import (
    approve_grant,
    give_grant,
    machine,
    open_account,
    refuse_grant,
    renew_grant,
    set_active,
    withdraw_grant,
)
from sutura.people.services.factors import add_app, add_passkey, remove_factor, renew_codes
from sutura.people.services.passwords import change_password, give_temporary_password
from sutura.people.services.sessions import end_sessions, report_loss

__all__ = [
    "add_app",
    "add_passkey",
    "approve_grant",
    "change_password",
    "end_sessions",
    "give_grant",
    "give_temporary_password",
    "machine",
    "open_account",
    "refuse_grant",
    "remove_factor",
    "renew_codes",
    "renew_grant",
    "report_loss",
    "set_active",
    "withdraw_grant",
]
