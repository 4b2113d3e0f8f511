"""Where the pages of parties are."""

from django.urls import path

from sutura.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.party_list, name="list"),
    path("new/", views.party_new, name="new"),
    path("<uuid:public_id>/", views.party_detail, name="detail"),
    path("<uuid:public_id>/change/", views.party_change, name="change"),
    path("<uuid:public_id>/names/new/", views.name_new, name="name_new"),
    path("<uuid:public_id>/listings/new/", views.listing_new, name="listing_new"),
    path("<uuid:public_id>/plans/new/", views.plan_new, name="plan_new"),
    path("listings/<uuid:public_id>/drop/", views.listing_drop, name="listing_drop"),
]
