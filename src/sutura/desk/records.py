"""Words for what was done with phones, their forms, and records that came from outside."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_RECORDS: dict[str, str | Promise] = {
    "intake.add_kobo_files": _("Fetched files of a record from Kobo"),
    "intake.close_form": _("Closed a form of phones"),
    "intake.connect_kobo": _("Connected a form on a Kobo server"),
    "intake.create_phone": _("Gave a phone an address"),
    "intake.decrypt": _("Decrypted a record from a phone"),
    "intake.note_kobo_words": _("Noted the words of a form on a Kobo server"),
    "intake.open_encrypted": _("Opened an encrypted record for its key"),
    "intake.publish_form": _("Published a form of phones"),
    "intake.receive_conflict": _("Kept another text under the number of a record"),
    "intake.receive_kobo": _("Received a record from Kobo"),
    "intake.receive_submission": _("Received a record from a phone"),
    "intake.revoke_phone": _("Revoked a phone"),
    "intake.set_aside": _("Set a record from a phone aside"),
    "intake.settle_conflict": _("Chose which of two records from phones holds"),
    "intake.take_encrypted": _("Took an encrypted record away"),
    "intake.take_over": _("Took a record from a phone over"),
}
