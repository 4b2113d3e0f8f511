"""Moving a docket to another region."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.response.asking import asked
from sutura.response.forms.moves import MoveForm
from sutura.response.models import Docket
from sutura.response.pages.dockets import elsewhere
from sutura.response.querysets import KEEP
from sutura.response.services.moving import move_docket


@needs(KEEP)
def docket_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """A child travels: whoever follows children in both regions moves the docket."""
    found = get_object_or_404(Docket.objects.visible_to(request.user), public_id=public_id)
    form = MoveForm(typed(request), regions=elsewhere(request.user, found))
    text = _(
        "The docket, its lines, files and referrals go with the child; this region no longer reads them."
    )
    return asked(
        request, form, partial(move_docket, docket=found), title=_("Move to another region"), back=found, text=text,
        button=_("Move it"),
    )  # fmt: skip
