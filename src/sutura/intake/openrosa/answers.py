"""Answers as phones understand them: success is 201 or 202; a refusal is one sentence, shown as it stands."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

XML = "text/xml; charset=utf-8"


class Refusal(Exception):
    """What a phone asked cannot be; `sentence` is shown to whoever holds it."""

    def __init__(self, status: int, sentence: object) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def envelope(sentence: object, status: int) -> HttpResponse:
    """One sentence in the envelope that phones open."""
    nature = "submit_success" if status < 300 else "error"
    shown = {"sentence": sentence, "nature": nature}
    return HttpResponse(
        render_to_string("intake/openrosa/answer.xml", shown), status=status, content_type=XML
    )


def marked(answer: HttpResponse) -> HttpResponse:
    """The headers without which a phone says that this is no server for it."""
    answer["X-OpenRosa-Version"] = "1.0"
    answer["X-OpenRosa-Accept-Content-Length"] = str(settings.SUTURA_PHONE_BYTES)
    answer["Content-Language"] = "fr"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
