"""The ways in which the law of access is broken: each one edit of the syntax tree of one file of the product."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.matrix.oracle import GROUP

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "sutura"
TIERS = ("S1", "S2", "S3", "S4")
Edit = Callable[[ast.Module], None]


@dataclass(frozen=True)
class Mutant:
    """One edit: what it breaks, where, and the words of the cells most likely to notice (asked first)."""

    kind: str
    what: str
    path: Path
    edit: Edit
    prefer: tuple[str, ...] = ()

    def source(self) -> str:
        """The broken file."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        self.edit(tree)
        return ast.unparse(ast.fix_missing_locations(tree))


def parsed(path: Path) -> ast.Module:
    """A file of the product."""
    return ast.parse(path.read_text(encoding="utf-8"))


def function(tree: ast.AST, name: str, within: str = "") -> ast.FunctionDef:
    """A function by its name, of a class if one is named."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == within:
            return function(node, name)
        if not within and isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    raise LookupError(f"{within} {name}")


def body(name: str, statement: str, within: str = "") -> Edit:
    """Replace the whole of a function by one statement."""

    def edit(tree: ast.Module) -> None:
        function(tree, name, within).body = ast.parse(statement).body

    return edit


def swap(name: str, old: str, new: str, within: str = "") -> Edit:
    """Replace an expression inside a function, wherever it stands there."""

    class Swap(ast.NodeTransformer):
        done = False

        def visit(self, node: ast.AST) -> ast.AST:
            if isinstance(node, ast.expr) and ast.unparse(node) == old:
                self.done = True
                return ast.parse(new, mode="eval").body
            return super().generic_visit(node)

    def edit(tree: ast.Module) -> None:
        swapper = Swap()
        swapper.visit(function(tree, name, within))
        if not swapper.done:
            raise LookupError(f"{name}: {old}")

    return edit


# What an address names besides a record; behind a record's own scope a missing guard changes nothing.
NO_RECORD = {"request", "period", "product", "language", "name"}


def guards() -> Iterator[Mutant]:
    """Each view that no scope stands behind, without its guard."""
    for path in sorted([*PRODUCT.glob("*/views.py"), *PRODUCT.glob("*/views/*.py")]):
        for node in parsed(path).body:
            if not isinstance(node, ast.FunctionDef) or not any(is_guard(one) for one in node.decorator_list):
                continue
            if {one.arg for one in node.args.args} <= NO_RECORD:
                app = path.relative_to(PRODUCT).parts[0]
                said = f"{app}.{node.name} without its guard"
                yield Mutant("guard", said, path, unguarded(node.name), (f"{app}:",))


def is_guard(node: ast.expr) -> bool:
    """Whether a decorator is `needs(…)`."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "needs"


def unguarded(name: str) -> Edit:
    """Take the guard off a view."""

    def edit(tree: ast.Module) -> None:
        view = function(tree, name)
        view.decorator_list = [one for one in view.decorator_list if not is_guard(one)]

    return edit


# Rows whose scope is the only wall before words of a record; the others stand behind a second one.
SCOPES = (
    ("alerts", "AlertQuerySet", "visible_to"),
    ("alerts", "AccessNoteQuerySet", "visible_to"), ("incidents", "IncidentQuerySet", "visible_to"),
    ("incidents", "IncidentQuerySet", "told_apart_to"), ("incidents", "ViolationQuerySet", "visible_to"),
    ("verification", "SittingQuerySet", "visible_to"),
    ("verification", "SittingItemQuerySet", "visible_to"), ("reporting", "EditionQuerySet", "visible_to"),
    ("intake", "StagedFileQuerySet", "visible_to"), ("intake", "RunQuerySet", "visible_to"),
    ("people", "AccountQuerySet", "visible_to"), ("people", "GrantQuerySet", "visible_to"),
)  # fmt: skip


def scopes() -> Iterator[Mutant]:
    """Each queryset which hands out every row."""
    for app, within, name in SCOPES:
        path = PRODUCT / app / "querysets.py"
        edit = body(name, "return self.all()", within)
        # Pages of incidents show violations with their file; by themselves they are found by their code.
        shown = "desk:" if within == "ViolationQuerySet" else f"{app}:"
        yield Mutant("scope", f"{within}.{name} hands out everything", path, edit, (shown, "other region"))


def tiers() -> Iterator[Mutant]:
    """Each permission one tier lower, and one higher."""
    path = PRODUCT / "access" / "roles.py"
    for name, tier in permissions().items():
        for other in TIERS:
            if abs(int(other[1]) - int(tier[1])) == 1:
                lower = other < tier
                # A higher tier is felt by whoever stands just at the old one: in her natural tier, or below it.
                prefer = (
                    f"{namespace(name)}:",
                    "lower tier" if lower else "own",
                    "" if lower else f"lower tier {tier[1]}",
                    "group" if "sexual" in name else "named" if "evidence" in name else "",
                )
                yield Mutant(
                    "tier", f"{name} at {other} instead of {tier}", path, retiered(name, other), prefer
                )


def namespace(permission: str) -> str:
    """Whose addresses a permission opens."""
    app = permission.partition(".")[0]
    return {"audit": "desk"}.get(app, app)


def permissions() -> dict[str, str]:
    """Permission → tier, as the law says."""
    node = assigned(parsed(PRODUCT / "access" / "roles.py"), "PERMISSIONS")
    return {ast.literal_eval(key): value.args[0].id for key, value in pairs(node)}  # type: ignore[attr-defined,arg-type]


def assigned(tree: ast.Module, name: str) -> ast.Dict:
    """The dictionary which a name stands for."""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            assert isinstance(node.value, ast.Dict)
            return node.value
    raise LookupError(name)


def pairs(node: ast.Dict) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    """Keys with their values."""
    return zip(node.keys, node.values, strict=True)


def retiered(name: str, tier: str) -> Edit:
    """Give a permission another tier."""

    def edit(tree: ast.Module) -> None:
        node = assigned(tree, "PERMISSIONS")
        for key, value in pairs(node):
            if isinstance(key, ast.Constant) and key.value == name:
                value.args[0].id = tier  # type: ignore[attr-defined]

    return edit


def roles() -> Iterator[Mutant]:
    """Each permission given to a role which has it not, and taken from one which has it."""
    path = PRODUCT / "access" / "roles.py"
    held = {
        ast.literal_eval(key): set(ast.literal_eval(value.args[2]).split())  # type: ignore[attr-defined,arg-type]
        for key, value in pairs(assigned(parsed(path), "ROLES"))
        if isinstance(key, ast.Constant)
    }
    for number, name in enumerate(permissions()):
        lacking = [role for role in sorted(held) if name not in held[role] and role != GROUP]
        # One who may read the records first: nobody acts upon what she does not see.
        reads = f"{namespace(name)}.read"
        lacking = [role for role in lacking if reads in held[role]] or lacking
        having = [role for role in sorted(held) if name in held[role]]
        for kind, among in (("widen", lacking), ("narrow", having)):
            if among:
                role = among[number % len(among)]
                said = f"{role} {'gains' if kind == 'widen' else 'loses'} {name}"
                yield Mutant(kind, said, path, regranted(role, name), (f"{namespace(name)}:", role))


def regranted(role: str, name: str) -> Edit:
    """Give a role a permission, or take it away."""

    def edit(tree: ast.Module) -> None:
        for key, value in pairs(assigned(tree, "ROLES")):
            if isinstance(key, ast.Constant) and key.value == role:
                words = ast.literal_eval(value.args[2]).split()  # type: ignore[attr-defined]
                kept = [word for word in words if word != name] if name in words else [*words, name]
                value.args[2] = ast.Constant(" ".join(kept))  # type: ignore[attr-defined]

    return edit


ACCESS, PEOPLE, INCIDENTS = PRODUCT / "access", PRODUCT / "people" / "querysets.py", PRODUCT / "incidents"
HELD = "permission in permissions_of(grant.role, grant.tier)"
WHOLE = "scope(user, 'incidents.read', f'{path}region') & ~apart(user, path)"
FORCE = "self.standing(today).filter(starts_on__lte=today, approved_at__isnull=False)"
STANDING = "self.filter(ends_on__gte=today, withdrawn_at=None)"
RESTRICTED = "not may(user, 'incidents.restricted', incident.region)"
# The few lines on which everything rests: what it breaks, the file, the edit, who notices first.
RULES: tuple[tuple[str, Path, Edit, tuple[str, ...]], ...] = (
    ("a role gives every permission", ACCESS / "rules.py", swap("regions", HELD, "True"), ()),
    (
        "every grant holds everywhere",
        ACCESS / "rules.py",
        swap("regions", "grant.everywhere", "True"),
        ("other region",),
    ),
    (
        "a region opens every region",
        ACCESS / "rules.py",
        swap("may", "region in held", "bool(held)"),
        ("other region",),
    ),
    ("no scope on rows", ACCESS / "rules.py", body("scope", "return Q()"), ("other region",)),
    ("no row is in scope", ACCESS / "rules.py", body("scope", "return Q(pk__in=[])"), ("own",)),
    (
        "a guard lets everybody pass",
        ACCESS / "views.py",
        swap("needs", "any((may(request.user, permission) for permission in permissions))", "True"),
        (),
    ),
    (
        "a grant gives every tier",
        ACCESS / "roles.py",
        swap("permissions_of", "PERMISSIONS[name].tier <= tier", "True"),
        ("lower tier",),
    ),
    (
        "a grant stops below its tier",
        ACCESS / "roles.py",
        swap("permissions_of", "PERMISSIONS[name].tier <= tier", "PERMISSIONS[name].tier < tier"),
        ("national",),
    ),
    (
        "a proposal holds",
        PEOPLE,
        swap("in_force", FORCE, "self.standing(today).filter(starts_on__lte=today)", "GrantQuerySet"),
        ("waiting",),
    ),
    (
        "a grant holds before it starts",
        PEOPLE,
        swap("in_force", FORCE, "self.standing(today).filter(approved_at__isnull=False)", "GrantQuerySet"),
        ("not begun",),
    ),
    (
        "a grant holds after its end",
        PEOPLE,
        swap("standing", STANDING, "self.filter(withdrawn_at=None)", "GrantQuerySet"),
        ("expired",),
    ),
    (
        "a withdrawn grant holds",
        PEOPLE,
        swap("standing", STANDING, "self.filter(ends_on__gte=today)", "GrantQuerySet"),
        ("withdrawn",),
    ),
    ("any grant makes a keeper", PEOPLE, body("keeps", "return bool(user.is_active)"), ("people:",)),
    (
        "a regional keeper keeps all",
        PEOPLE,
        swap("keeps", "may(user, 'people.manage', '')", "may(user, 'people.manage')"),
        ("people:", "own"),
    ),
    (
        "sexual violence is like all else",
        INCIDENTS / "querysets.py",
        body("apart_beyond", "return Q(pk__in=[])"),
        ("incidents:", "national"),
    ),
    (
        "the group of a region is of all",
        INCIDENTS / "querysets.py",
        swap("group", "held is EVERYWHERE", "held"),
        ("incidents:", "in another group"),
    ),
    (
        "parts are read without their group",
        INCIDENTS / "querysets.py",
        swap("seen", WHOLE, "scope(user, 'incidents.read', f'{path}region')"),
        ("incidents:", "national"),
    ),
    (
        "parts are read in every region",
        INCIDENTS / "querysets.py",
        swap("seen", WHOLE, "~apart(user, path)"),
        ("incidents:", "other region"),
    ),
    (
        "the blurred copy keeps its place",
        INCIDENTS / "apart.py",
        swap("blurred", "KEPT", "KEPT | {'title', 'locality', 'account_shareable'}"),
        ("verification:", "national"),
    ),
    (
        "no copy is blurred",
        INCIDENTS / "apart.py",
        body("shown", "return list(violations)"),
        ("verification:", "national"),
    ),
    (
        "alerts of sexual violence are like all",
        PRODUCT / "alerts" / "querysets.py",
        body("readable_to", "return scope(user, 'alerts.read')"),
        ("alerts:", "national"),
    ),
    (
        "nobody empties identifying fields",
        INCIDENTS / "chronicle.py",
        swap("file_as_at", RESTRICTED, "False"),
        ("incidents:", "national", "ctfmr_principal"),
    ),
    (
        "the story tells identifying fields",
        INCIDENTS / "chronicle.py",
        swap("timeline", RESTRICTED, "False"),
        ("incidents:", "national", "ctfmr_principal"),
    ),
    (
        "who only follows an alert reads it",
        PRODUCT / "alerts" / "views.py",
        swap("detail", "visible.readable_by(request.user)", "visible"),
        ("alerts:", "own", "alert_partner"),
    ),
    (
        "documenting elsewhere documents here",
        INCIDENTS / "views" / "entry.py",
        swap("documented", "may(user, 'incidents.document', incident.region)", "True"),
        ("incidents:", "mixed"),
    ),
    (
        "voiding elsewhere voids here",
        INCIDENTS / "views" / "acts.py",
        swap("held", "may(user, permission, incident.region)", "True"),
        ("incidents:", "mixed"),
    ),
    (
        "a sitting is for every region",
        PRODUCT / "verification" / "querysets.py",
        swap(
            "visible_to",
            "may(user, f'verification.{act}', '')",
            "may(user, f'verification.{act}')",
            "SittingQuerySet",
        ),
        ("verification:", "own"),
    ),
    (
        "an edition is for every region",
        PRODUCT / "reporting" / "querysets.py",
        swap(
            "visible_to", "may(user, 'reporting.read', '')", "may(user, 'reporting.read')", "EditionQuerySet"
        ),
        ("reporting:", "own"),
    ),
)


def rules() -> Iterator[Mutant]:
    """The few lines on which everything rests."""
    for what, path, edit, prefer in RULES:
        yield Mutant("rule", what, path, edit, prefer)
