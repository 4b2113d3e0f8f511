"""Where the gallery is, and the choice of language."""

from django.urls import path

from sutura.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/confirm/", views.gallery_confirm, name="gallery_confirm"),
    path("language/", views.set_language, name="set_language"),
]
