"""Addresses of home, search and the log."""

from django.urls import path

from sutura.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.find, name="search"),
    path("audit/", views.audit, name="audit"),
    path("audit/anchor/", views.anchor, name="anchor"),
]
