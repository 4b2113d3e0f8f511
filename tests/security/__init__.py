"""Attacks: what a partner of another region, a coordinator, a principal, a stranger or a hostile file may try."""
