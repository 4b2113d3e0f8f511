"""Where the pages of the directory are."""

from django.urls import path

from sutura.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.organisation_list, name="list"),
    path("new/", views.organisation_new, name="new"),
    path("<uuid:public_id>/", views.organisation_detail, name="detail"),
    path("<uuid:public_id>/change/", views.organisation_change, name="change"),
]
