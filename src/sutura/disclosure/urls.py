"""Addresses of the files that leave."""

from django.urls import path

from sutura.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("tables/", views.tables, name="tables"),
    path("tables/new/", views.prepare, name="prepare"),
    path("tables/<uuid:public_id>/", views.table, name="table"),
    path("tables/<uuid:public_id>/decide/", views.decide, name="decide"),
    path("public/", views.public_tables, name="public_tables"),
    path("public/<uuid:public_id>/", views.public_table, name="public_table"),
    path("public/<uuid:public_id>/table.<str:ending>", views.public_file, name="public_file"),
    path("<str:product>/<str:period>/note.docx", views.note_docx, name="note_docx"),
    path("<str:product>/<str:period>/note.html", views.note_html, name="note_html"),
    path("<str:product>/<str:period>/figures.xlsx", views.figures_xlsx, name="figures_xlsx"),
    path("<str:product>/<str:period>/figures.json", views.figures_json, name="figures_json"),
    path("<str:product>/<str:period>/incidents.xlsx", views.incidents_xlsx, name="incidents_xlsx"),
    path("<str:product>/<str:period>/lines.xlsx", views.lines_xlsx, name="lines_xlsx"),
]
