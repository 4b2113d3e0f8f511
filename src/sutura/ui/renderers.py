"""How Django forms are drawn: our field group, and large touch targets for choices."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template

OURS = {
    f"django/forms/widgets/{name}.html": f"ui/forms/widgets/{name}.html"
    for name in ("radio", "checkbox_select", "number")
}


class Renderer(TemplatesSetting):
    """The project's `FORM_RENDERER`: Django's widgets but for the few which we draw ourselves."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Our own drawing of a widget where there is one."""
        return get_template(OURS.get(template_name, template_name))
