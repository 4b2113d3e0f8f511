"""Where the pages of places are."""

from django.urls import path

from sutura.places import views

app_name = "places"
urlpatterns = [
    path("", views.unit_list, name="list"),
    path("<str:code>/", views.unit_detail, name="detail"),
    path("<str:code>/names/", views.name_add, name="name_add"),
]
