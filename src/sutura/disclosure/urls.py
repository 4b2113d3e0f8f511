"""Addresses of the files that leave, of the tables for the public, and of the requests for coded data."""

from django.urls import path

from sutura.disclosure.views import exports, files, tables

app_name = "disclosure"
urlpatterns = [
    path("exports/", exports.mine, name="exports"),
    path("exports/to-approve/", exports.to_approve, name="to_approve"),
    path("exports/new/", exports.new, name="export_new"),
    path("exports/key/", exports.key, name="key"),
    path("exports/<uuid:public_id>/", exports.detail, name="export"),
    path("exports/<uuid:public_id>/approve/", exports.approve, name="approve"),
    path("exports/<uuid:public_id>/refuse/", exports.refuse, name="refuse"),
    path("exports/<uuid:public_id>/withdraw/", exports.withdraw, name="withdraw"),
    path("exports/<uuid:public_id>/file/", exports.take, name="take"),
    path("tables/", tables.tables, name="tables"),
    path("tables/new/", tables.prepare, name="prepare"),
    path("tables/<uuid:public_id>/", tables.table, name="table"),
    path("tables/<uuid:public_id>/decide/", tables.decide, name="decide"),
    path("public/", tables.public_tables, name="public_tables"),
    path("public/<uuid:public_id>/", tables.public_table, name="public_table"),
    path("public/<uuid:public_id>/table.<str:ending>", tables.public_file, name="public_file"),
    path("<str:product>/<str:period>/note.docx", files.note_docx, name="note_docx"),
    path("<str:product>/<str:period>/note.html", files.note_html, name="note_html"),
    path("<str:product>/<str:period>/figures.xlsx", files.figures_xlsx, name="figures_xlsx"),
    path("<str:product>/<str:period>/figures.json", files.figures_json, name="figures_json"),
]
