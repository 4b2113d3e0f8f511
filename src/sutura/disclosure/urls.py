"""Addresses of the files that leave."""

from django.urls import path

from sutura.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("<str:product>/<str:period>/note.docx", views.note_docx, name="note_docx"),
    path("<str:product>/<str:period>/note.html", views.note_html, name="note_html"),
    path("<str:product>/<str:period>/figures.xlsx", views.figures_xlsx, name="figures_xlsx"),
    path("<str:product>/<str:period>/figures.json", views.figures_json, name="figures_json"),
    path("<str:product>/<str:period>/incidents.xlsx", views.incidents_xlsx, name="incidents_xlsx"),
    path("<str:product>/<str:period>/lines.xlsx", views.lines_xlsx, name="lines_xlsx"),
]
