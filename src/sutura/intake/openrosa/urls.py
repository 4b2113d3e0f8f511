"""What a phone asks, under its own address; none ends with a stroke, since phones would follow no redirection."""

from django.urls import path

from sutura.intake.views import openrosa

app_name = "openrosa"
urlpatterns = [
    path("formList", openrosa.form_list, name="form_list"),
    path("forms/<str:form_id>.xml", openrosa.form, name="form"),
    path("forms/<str:form_id>/manifest", openrosa.manifest, name="manifest"),
    path("forms/<str:form_id>/media/<str:name>", openrosa.media, name="media"),
    path("submission", openrosa.submission, name="submission"),
]
