"""What may happen to an incident and all that belongs to it: the only writers of these tables.

Every verb asks for the permission first, writes the records with their history, books what counts in the
ledger, and records the act, all in one transaction.
"""

from sutura.incidents.services.applying import apply_changes
from sutura.incidents.services.attachments import add_attachment, change_attachment, void_attachment
from sutura.incidents.services.incidents import (
    change_incident,
    close_incident,
    mark_duplicate,
    reopen_incident,
    take_back_incident,
    void_incident,
)
from sutura.incidents.services.opening import open_incident, open_incidents
from sutura.incidents.services.perpetrators import (
    add_perpetrator,
    change_perpetrator,
    link_perpetrator,
    unlink_perpetrator,
    void_perpetrator,
)
from sutura.incidents.services.responses import add_response, change_response, void_response
from sutura.incidents.services.retention import hold_file, keep_file, release_file
from sutura.incidents.services.sources import (
    add_source,
    change_source,
    link_source,
    unlink_source,
    void_source,
)
from sutura.incidents.services.statuses import Decision, set_status, set_statuses
from sutura.incidents.services.victims import (
    add_victim,
    change_victim,
    change_victim_link,
    link_victim,
    unlink_victim,
    void_victim,
)
from sutura.incidents.services.violations import (
    add_violation,
    change_detail,
    change_violation,
    set_parties,
    void_violation,
)

__all__ = [
    "Decision",
    "add_attachment",
    "add_perpetrator",
    "add_response",
    "add_source",
    "add_victim",
    "add_violation",
    "apply_changes",
    "change_attachment",
    "change_detail",
    "change_incident",
    "change_perpetrator",
    "change_response",
    "change_source",
    "change_victim",
    "change_victim_link",
    "change_violation",
    "close_incident",
    "hold_file",
    "keep_file",
    "link_perpetrator",
    "link_source",
    "link_victim",
    "mark_duplicate",
    "open_incident",
    "open_incidents",
    "release_file",
    "reopen_incident",
    "set_parties",
    "set_status",
    "set_statuses",
    "take_back_incident",
    "unlink_perpetrator",
    "unlink_source",
    "unlink_victim",
    "void_attachment",
    "void_incident",
    "void_perpetrator",
    "void_response",
    "void_source",
    "void_victim",
    "void_violation",
]
