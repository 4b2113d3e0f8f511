"""Where the door, one's own account and the pages of accounts are."""

from django.urls import path

from sutura.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/second-factor/", views.second_factor, name="second_factor"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("me/", views.me, name="me"),
    path("me/password/", views.password, name="password"),
    path("me/second-factor/", views.factors_page, name="factors"),
    path("me/second-factor/application/", views.factor_app, name="factor_app"),
    path("me/second-factor/passkey/", views.factor_passkey, name="factor_passkey"),
    path("me/second-factor/<int:number>/remove/", views.factor_remove, name="factor_remove"),
    path("me/second-factor/codes/", views.codes, name="codes"),
    path("me/second-factor/codes/file/", views.codes_file, name="codes_file"),
    path("me/sessions/", views.sessions_page, name="sessions"),
    path("vault/", views.vault.home, name="vault"),
    path("vault/unlock/", views.vault.unlock, name="vault_unlock"),
    path("vault/settle/", views.vault.settle, name="vault_settle"),
    path("vault/lost/", views.vault.lost, name="vault_lost"),
    path("vault/escrow/", views.vault.escrow, name="vault_escrow"),
    path("vault/escrow/agree/", views.vault.escrow_agree, name="vault_escrow_agree"),
    path("vault/recoveries/<uuid:public_id>/agree/", views.vault.agree, name="vault_agree"),
    path("vault/recoveries/<uuid:public_id>/give/", views.vault.contribute, name="vault_contribute"),
    path("roles/", views.law, name="law"),
    path("accounts/", views.account_list, name="accounts"),
    path("accounts/new/", views.account_new, name="account_new"),
    path("accounts/<uuid:public_id>/", views.account_detail, name="account"),
    path("accounts/<uuid:public_id>/password/", views.account_password, name="account_password"),
    path("accounts/<uuid:public_id>/state/", views.account_state, name="account_state"),
    path("grants/", views.grant_list, name="grants"),
    path("grants/<uuid:public_id>/judge/", views.grant_judge, name="grant_judge"),
    path("grants/<uuid:public_id>/renew/", views.grant_renew, name="grant_renew"),
    path("grants/<uuid:public_id>/withdraw/", views.grant_withdraw, name="grant_withdraw"),
]
