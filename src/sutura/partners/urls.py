"""Where the pages of the directory are."""

from django.urls import path

from sutura.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.organisation_list, name="list"),
    path("new/", views.organisation_new, name="new"),
    path("<uuid:public_id>/", views.organisation_detail, name="detail"),
    path("<uuid:public_id>/change/", views.organisation_change, name="change"),
    path("<uuid:public_id>/members/", views.consortium, name="consortium"),
    path("projects/", views.project_list, name="projects"),
    path("projects/new/", views.project_new, name="project_new"),
    path("projects/<uuid:public_id>/", views.project, name="project"),
    path("projects/<uuid:public_id>/change/", views.project_change, name="project_change"),
    path("visits/", views.visit_list, name="visits"),
    path("visits/new/", views.visit_new, name="visit_new"),
    path("visits/<uuid:public_id>/", views.visit, name="visit"),
]
