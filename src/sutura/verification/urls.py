"""Addresses of the bench, of judgements and of sittings."""

from django.urls import path

from sutura.verification import views

app_name = "verification"
urlpatterns = [
    path("", views.bench, name="bench"),
    path("<uuid:public_id>/", views.violation, name="violation"),
    path("<uuid:public_id>/opinions/<slug:level>/", views.opinion, name="opinion"),
    path("sittings/", views.sittings, name="sittings"),
    path("sittings/new/", views.sitting_new, name="sitting_new"),
    path("sittings/<uuid:public_id>/", views.sitting, name="sitting"),
    path("sittings/<uuid:public_id>/edit/", views.sitting_edit, name="sitting_edit"),
    path("sittings/<uuid:public_id>/agenda/", views.agenda_edit, name="agenda"),
    path("sittings/<uuid:public_id>/items/<uuid:item_id>/decide/", views.item_decide, name="item_decide"),
    path("sittings/<uuid:public_id>/items/<uuid:item_id>/remove/", views.item_remove, name="item_remove"),
    path("sittings/<uuid:public_id>/close/", views.sitting_close, name="sitting_close"),
    path("sittings/<uuid:public_id>/minutes/", views.minutes, name="minutes"),
]
