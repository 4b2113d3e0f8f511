"""Where the pages of accounts are."""

from django.urls import path

from sutura.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("me/", views.me, name="me"),
    path("roles/", views.law, name="law"),
    path("accounts/", views.account_list, name="accounts"),
    path("accounts/new/", views.account_new, name="account_new"),
    path("accounts/<uuid:public_id>/", views.account_detail, name="account"),
    path("grants/<uuid:public_id>/withdraw/", views.grant_withdraw, name="grant_withdraw"),
]
