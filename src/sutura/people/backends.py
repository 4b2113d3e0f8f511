"""Who may come in by name and password: people with an open account, never a machine."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from sutura.people.choices import Kind


class PeopleBackend(ModelBackend):
    """Django's own check of the password; asked again at each request, so a closed account is out at the next one."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and a person's."""
        return super().user_can_authenticate(user) and user.kind == Kind.PERSON
