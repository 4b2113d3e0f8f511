"""The small matrix; `./sutura matrix --cells N` asks as many cells as one likes."""

from __future__ import annotations

import ast
import csv

import pytest

from sutura.access.roles import MACHINE, ROLES
from tests.laws.test_addresses import addresses
from tests.matrix import oracle, stage
from tests.matrix.breaking import parsed
from tests.matrix.mutants import every
from tests.matrix.walk import Walk, cells

CELLS = 600


def test_the_tables_are_those_somebody_signed() -> None:
    assert oracle.unsigned() == []


def test_the_tables_name_every_address_once_and_only_roles_that_exist() -> None:
    with (oracle.FOLDER / "routes.csv").open(encoding="utf-8", newline="") as file:
        names = [told["route"] for told in csv.DictReader(file, delimiter=";")]
    assert sorted(names) == sorted({name for name, _address, _view in addresses()})
    told = oracle.read()
    roles = {role for row in (*told.routes.values(), *told.fields.values()) for role in row.who}
    # The group opens nothing alone.
    assert roles - {"*"} == set(ROLES) - {MACHINE, oracle.GROUP}


def test_each_page_that_opens_anywhere_is_declared_for_just_the_roles_that_hold_its_right() -> None:
    """The walk asks a sample; a role that was given a right must not wait for its cell to be drawn."""
    told = oracle.read().routes
    for name, _address, view in addresses():
        if (rights := getattr(view, "needs", None)) and told[name].where == "somewhere":
            holders = {code for code, role in ROLES.items() if role.permissions & set(rights)}
            assert (name, set(told[name].who)) == (name, holders - {MACHINE})


@pytest.mark.django_db
def test_no_cell_leaks_and_none_is_closed_to_who_may() -> None:
    plan = stage.build()
    walk = Walk(plan, oracle.read())
    assert walk.undeclared(name for name, _address, _view in addresses()) == []
    found = walk.walk(cells(plan, CELLS))
    assert (found.leaks, found.closed) == ([], [])
    assert found.cells == CELLS


def test_every_mutant_breaks_something() -> None:
    """A page that moved must not leave a mutant without its line: it would count as killed by nothing."""
    whole = {mutant.path: ast.unparse(parsed(mutant.path)) for mutant in every()}
    assert [mutant.what for mutant in every() if mutant.source() == whole[mutant.path]] == []
