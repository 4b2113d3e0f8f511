"""Organisations: State services and their hierarchy, United Nations, NGOs, associations, institutes, donors."""
