"""Where a Kobo server tells of a new record: an address that it alone knows."""

from django.urls import path

from sutura.intake.views import hook

app_name = "kobo"
urlpatterns = [path("<str:key>", hook.hook, name="hook")]
