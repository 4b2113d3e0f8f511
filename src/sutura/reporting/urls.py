"""Addresses of the reports."""

from django.urls import path

from sutura.reporting import views

app_name = "reporting"
urlpatterns = [
    path("notes/", views.notes, name="notes"),
    path("notes/<str:period>/", views.note, name="note"),
    path("editions/<uuid:public_id>/", views.edition, name="edition"),
    path("editions/<uuid:public_id>/clear/<str:level>/", views.clear, name="clear"),
    path("freeze/<str:product>/<str:period>/", views.freeze, name="freeze"),
    path("compare/", views.compare, name="compare"),
    path("figures/", views.figures, name="figures"),
    path("records/", views.records, name="records"),
    path("trends/", views.trends, name="trends"),
    path("published/", views.published, name="published"),
]
