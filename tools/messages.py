"""The French of each app: extract its English labels, keep what is translated, name what lacks French.

    python -m tools.messages incidents          extract into src/sutura/incidents/locale, list what lacks French
    python -m tools.messages --check [APP…]     change nothing, exit 1 when a catalogue is not complete
    python -m tools.messages --set FILE APP     fill the catalogue from a JSON object {"English": "French"}
                                                ("[context] English" for a label which has a context)

Extraction needs gettext (xgettext); the .mo files are compiled by `sutura.config.catalogues` without it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import string
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "sutura"
METADATA = {
    "Project-Id-Version": "sutura",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    # The plural rule of Django's own French catalogue: catalogues with one rule merge into one.
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
NOT_SOURCE = shutil.ignore_patterns("locale", "__pycache__", "static", "migrations", "data")
# French typography: a narrow no-break space before ; : ! ? » and after «, the curved apostrophe, one ellipsis.
THIN = "\u202f"
BEFORE = re.compile(r"[ \u00a0](?=[;:!?»])")
AFTER = re.compile(r"(?<=«)[ \u00a0]")
PERCENT = re.compile(r"%(?:\((\w+)\))?[#0\-+]?(?:\d+|\*)?(?:\.\d+)?([sdifr])")


class Extractor(makemessages.Command):
    """Django's extraction, without lines of origin and without guesses."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def apps() -> list[str]:
    """The apps which have landed: every folder of the package with an apps.py."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))


def catalogue_path(app: str) -> Path:
    """Where the French of an app is kept."""
    return PACKAGE / app / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def gettext_present() -> bool:
    """Whether xgettext can be run here."""
    return shutil.which("xgettext") is not None


def extract(app: str) -> polib.POFile:
    """Every translatable label of an app's Python and templates, in order of appearance, without French."""
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[], MEDIA_ROOT="", STATIC_ROOT="")
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app
        shutil.copytree(PACKAGE / app, copy, ignore=NOT_SOURCE)
        made = copy / "locale" / "fr" / "LC_MESSAGES" / "django.po"
        made.parent.mkdir(parents=True)
        os.chdir(copy)
        try:
            call_command(Extractor(), locale=["fr"], no_location=True, verbosity=0, domain="django")
        finally:
            os.chdir(here)
        return polib.pofile(str(made)) if made.exists() else polib.POFile()


def kept(app: str) -> polib.POFile:
    """The catalogue as it is in the tree; an empty one when the app has none."""
    path = catalogue_path(app)
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    """What makes a label the same label: context, text, plural."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def merge(found: polib.POFile, old: polib.POFile) -> polib.POFile:
    """The labels found, each with the French it had; labels no longer used go."""
    french = {key(entry): entry for entry in old if not entry.obsolete}
    merged = polib.POFile(wrapwidth=100)
    merged.metadata = METADATA
    for entry in found:
        before = french.get(key(entry))
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        fresh = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, comment=entry.comment, flags=flags)
        if entry.msgid_plural:
            fresh.msgid_plural = entry.msgid_plural
            said = before.msgstr_plural if before else {}
            last = said.get(max(said), "") if said else ""
            fresh.msgstr_plural = {n: typeset(said.get(n) or (last if n else "")) for n in (0, 1)}
        else:
            fresh.msgstr = typeset(before.msgstr) if before else ""
        merged.append(fresh)
    return merged


def typeset(french: str) -> str:
    """French as it is printed: spaces that do not break, apostrophes that curve."""
    return AFTER.sub(THIN, BEFORE.sub(THIN, french)).replace("'", "’").replace("...", "…")


def placeholders(text: str) -> set[str]:
    """The %(name)s and {name} of a label, which its French must hold too."""
    found = {match.group(0) for match in PERCENT.finditer(text.replace("%%", ""))}
    try:
        found |= {"{" + name + "}" for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        pass
    return found


def faults_of(entry: polib.POEntry) -> list[str]:
    """What is wrong with one entry: no French, fuzzy, a placeholder lost or invented."""
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(said):
        return [f"no French: {entry.msgid!r}"]
    if "fuzzy" in entry.flags:
        return [f"fuzzy: {entry.msgid!r}"]
    if said != [typeset(text) for text in said]:
        return [f"typography (python -m tools.messages sets it right): {entry.msgid!r}"]
    faults = []
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    for text in said:
        got = placeholders(text)
        # A plural form may leave its number out ("une victime"), but may not invent a name.
        if got - wanted or (not entry.msgid_plural and wanted - got):
            faults.append(f"placeholders differ: {entry.msgid!r} {sorted(wanted)} / {text!r} {sorted(got)}")
    return faults


def faults(app: str, found: polib.POFile | None = None) -> list[str]:
    """Everything that keeps an app's catalogue from being complete, in sentences."""
    old = kept(app)
    listed = [fault for entry in old if not entry.obsolete for fault in faults_of(entry)]
    if found is not None:
        have = {key(entry) for entry in old if not entry.obsolete}
        want = {key(entry) for entry in found}
        listed += [f"not extracted yet: {msgid!r}" for _, msgid, _ in sorted(want - have)]
        listed += [f"no longer used: {msgid!r}" for _, msgid, _ in sorted(have - want)]
    return [f"{app}: {fault}" for fault in listed]


def save(app: str, catalogue: polib.POFile) -> None:
    """Write the catalogue; an app without labels has none."""
    path = catalogue_path(app)
    if not len(catalogue):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def fill(catalogue: polib.POFile, french: dict[str, str | list[str]]) -> list[str]:
    """Give the labels named in `french` their French ([one, many] for plurals); return the names that match none.

    A label with a context answers to "[context] English"; to the bare English only while it has no French.
    """
    names: set[str] = set()
    for entry in catalogue:
        own = f"[{entry.msgctxt}] {entry.msgid}" if entry.msgctxt else entry.msgid
        names |= {own, entry.msgid}
        said = french.get(own)
        if said is None and not (entry.msgstr or entry.msgstr_plural.get(0)):
            said = french.get(entry.msgid)
        if said is None:
            continue
        one, many = (said, said) if isinstance(said, str) else (said[0], said[-1])
        if entry.msgid_plural:
            entry.msgstr_plural = {n: typeset(many if n else one) for n in entry.msgstr_plural}
        else:
            entry.msgstr = typeset(one)
    return sorted(set(french) - names)


def main(arguments: list[str] | None = None) -> int:
    """Extract, fill or check; print what lacks French; 0 when nothing does."""
    parser = argparse.ArgumentParser(prog="tools.messages", description=__doc__.splitlines()[0])
    parser.add_argument("apps", nargs="*", metavar="APP", help="apps to look at (default: all)")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when not complete")
    parser.add_argument(
        "--set", type=Path, metavar="FILE", help='fill from a JSON object {"English": "French"}'
    )
    options = parser.parse_args(arguments)
    if not gettext_present():
        print("tools.messages: xgettext is missing (Debian: apt-get install gettext)", file=sys.stderr)
        return 2
    wrong: list[str] = []
    for app in options.apps or apps():
        if not (PACKAGE / app).is_dir():
            parser.error(f"no app named {app}")
        found = extract(app)
        if not options.check:
            merged = merge(found, kept(app))
            if options.set:
                unknown = fill(merged, json.loads(options.set.read_text(encoding="utf-8")))
                wrong += [f"{app}: no label says {name!r}" for name in unknown]
            save(app, merged)
            print(f"{app}: {len(merged)} labels, {sum(1 for e in merged if not faults_of(e))} in French")
        wrong += faults(app, found)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
