"""What a person typed about an incident, valid in shape: the steps of entry, the acts, the filters."""

from sutura.incidents.forms.acts import (
    CloseForm,
    DuplicateForm,
    KeepForm,
    ListFilter,
    NameForm,
    OpeningForm,
    ReasonForm,
)
from sutura.incidents.forms.columns import PartForm
from sutura.incidents.forms.evidence import AccountsForm, AttachmentForm, ResponseForm, SourceForm
from sutura.incidents.forms.people import FateForm, PerpetratorForm, VictimForm
from sutura.incidents.forms.sheet import Sheet
from sutura.incidents.forms.violations import DetailForm, ViolationForm
from sutura.incidents.forms.what import WhatForm, placed

__all__ = [
    "AccountsForm",
    "AttachmentForm",
    "CloseForm",
    "DetailForm",
    "DuplicateForm",
    "KeepForm",
    "FateForm",
    "ListFilter",
    "NameForm",
    "OpeningForm",
    "PartForm",
    "PerpetratorForm",
    "ReasonForm",
    "ResponseForm",
    "Sheet",
    "SourceForm",
    "ViolationForm",
    "VictimForm",
    "WhatForm",
    "placed",
]
