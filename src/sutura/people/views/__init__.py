"""Pages of the door, of one's own account and vault, and of the accounts one keeps."""

from sutura.people.views import vault
from sutura.people.views.accounts import (
    account_detail,
    account_list,
    account_new,
    account_password,
    account_state,
    grant_judge,
    grant_list,
    grant_renew,
    grant_withdraw,
    law,
)
from sutura.people.views.door import second_factor, sign_in, sign_out
from sutura.people.views.own import (
    codes,
    codes_file,
    factor_app,
    factor_passkey,
    factor_remove,
    factors_page,
    me,
    password,
    sessions_page,
)

__all__ = [
    "account_detail",
    "account_list",
    "account_new",
    "account_password",
    "account_state",
    "codes",
    "codes_file",
    "factor_app",
    "factor_passkey",
    "factor_remove",
    "factors_page",
    "grant_judge",
    "grant_list",
    "grant_renew",
    "grant_withdraw",
    "law",
    "me",
    "password",
    "second_factor",
    "sessions_page",
    "sign_in",
    "sign_out",
    "vault",
]
