"""The product's addresses, and the bare page behind the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sutura.config.urls import urlpatterns as addresses


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    """No session, no database, no template."""
    return HttpResponse("hello")


urlpatterns = [path("bare/", hello), *addresses]
