"""Law: every act names who does it, is atomic, asks first and records last; only the four kept verbs write."""

from __future__ import annotations

import ast

from tests.laws.exceptions import BARE_WRITES, BELOW_PERMISSION, NOT_AN_ACT, OWN_DOOR
from tests.laws.source import PACKAGE, Function, called, decorators, functions, layer, python_files, unexcused

ATOMIC = {"transaction.atomic", "atomic", "transaction.atomic()", "atomic()"}
WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "_raw_delete",
}
# What holds rows; a dict or a hash also has `update`, but takes no keywords.
QUERY_UPDATES = {"update"}


KEPT_VERBS = {"keep", "keep_all", "keep_changes", "drop", "record", "post"}


def acts() -> list[Function]:
    """Every public function of every services file that writes, itself or through another; the rest only read."""
    everything = [function for path in layer("services") for function in functions(path)]
    writers: set[str] = set()
    while True:
        more = {
            function.plain
            for function in everything
            if bare_writes(function) or (KEPT_VERBS | writers) & {called(call) for call in function.calls()}
        }
        if more <= writers:
            return [function for function in everything if function.public and function.plain in writers]
        writers |= more


def app_of(function: Function) -> str:
    """The app a function belongs to."""
    return function.name.partition(".")[0]


def passes_by(call: ast.Call) -> bool:
    """Whether a call hands on who acts."""
    return any(word.arg == "by" for word in call.keywords)


def guarded(verb: str) -> set[str]:
    """The names of services functions that call `verb` (require, record), themselves or through one that does."""
    everything = [function for path in layer("services") for function in functions(path)]
    known: set[str] = set()
    while True:
        more = {
            function.plain
            for function in everything
            if any(
                called(call) == verb or (called(call) in known and passes_by(call))
                for call in function.calls()
            )
        }
        if more <= known:
            return known
        known |= more


def faults_of(function: Function, asks: set[str], records: set[str]) -> list[str]:
    """What an act lacks."""
    arguments = function.node.args
    faults = []
    if arguments.args or arguments.posonlyargs or arguments.vararg:
        faults.append("takes positional arguments")
    if "by" not in {word.arg for word in arguments.kwonlyargs}:
        faults.append("takes no `by`")
    if not ATOMIC & set(decorators(function)):
        faults.append("is not atomic")
    if app_of(function) not in BELOW_PERMISSION:
        if function.plain not in asks:
            faults.append("requires no permission")
        if function.plain not in records:
            faults.append("records nothing")
    return faults


def test_every_act_is_answered_for():
    # One's own account asks for no permission but that it be one's own.
    asks, records = guarded("require") | guarded("require_own"), guarded("record") | guarded("record_each")
    found = {}
    looked = [function for function in acts() if app_of(function) != "audit"]
    for function in looked:
        faults = faults_of(function, asks, records)
        if faults:
            found[function.name] = ", ".join(faults)
    assert looked
    assert unexcused(found, NOT_AN_ACT) == []


def bare_writes(function: Function) -> list[str]:
    """Calls that write past the kept verbs."""
    found = []
    for call in function.calls():
        verb = called(call)
        if not isinstance(call.func, ast.Attribute):
            continue
        holder = ast.unparse(call.func.value)
        if verb in WRITES and not holder.endswith((".storage", "session")):
            found.append(f"{holder}.{verb}")
        if verb in QUERY_UPDATES and call.keywords and not call.args:
            found.append(f"{holder}.{verb}")
    return found


def test_only_kept_verbs_write():
    """Past them a change would leave no version."""
    found, looked = {}, 0
    for path in python_files():
        if path.relative_to(PACKAGE).parts[0] in OWN_DOOR:
            continue
        for function in functions(path):
            looked += 1
            written = bare_writes(function)
            if written:
                found[function.name] = f"writes by {', '.join(written)}"
    assert looked
    assert unexcused(found, BARE_WRITES) == []
