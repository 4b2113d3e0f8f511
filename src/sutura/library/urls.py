"""Where the pages of the library are."""

from django.urls import path

from sutura.library import views

app_name = "library"
urlpatterns = [
    path("", views.document_list, name="list"),
    path("new/", views.document_new, name="new"),
    path("<uuid:public_id>/", views.document, name="document"),
    path("<uuid:public_id>/change/", views.document_change, name="change"),
    path("<uuid:public_id>/versions/new/", views.version_new, name="version_new"),
    path("<uuid:public_id>/uses/new/", views.use_new, name="use_new"),
    path("versions/<uuid:public_id>/validate/", views.validate, name="validate"),
    path("versions/<uuid:public_id>/disseminate/", views.disseminate, name="disseminate"),
    path("versions/<uuid:public_id>/file/", views.version_file, name="version_file"),
    path("disseminations/<uuid:public_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("uses/<uuid:public_id>/file/", views.use_file, name="use_file"),
]
