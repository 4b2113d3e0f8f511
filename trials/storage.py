"""A full disk, a failing one, a clock that jumps, while a person sends a form: never a false "saved".

Each cell sends one form through the whole product, as a browser does, and spoils one moment of it: from some write of
the database on the disk is full or fails, a sync fails, no file may grow any more (the kernel's own refusal), or the
clock leaps within the request. What the answer says must be what is there: "saved" and all of it, or one sentence and
nothing. Then, the fault gone, the same person sends another form, and it is saved.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from trials import records, stage
from trials.disk import OK, Disk, Event
from trials.told import Told

SMALL, GOAL = 20, 500
ROUND = 50  # forms that one database takes before it begins anew
SHAPE = (2, 0)
WHAT = {
    "types": ["killing", "maiming"], "when": "day", "occurred_on": "2025-02-10", "region": "ML05",
    "locality": "Invented", "boys": "2", "girls": "1", "total": "3",
}  # fmt: skip
FULL, WRITE_FAILED, SYNC_FAILED = 13, 10 | 3 << 8, 10 | 4 << 8
WRITES = 130  # a form that opens an incident writes about so often
YEARS = 15 * 365 * 86_400.0
SENTENCES = ("Rien de cette dernière étape n’a été gardé", "Nothing of this last step was kept")
Fault = Callable[[Disk, random.Random], AbstractContextManager[None]]


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """One form, one fault, each kind in turn."""
    from django.db import connection

    chance, told = random.Random(seed), Told()
    with Disk().watched() as disk:
        for cell in range(cells):
            if cell % ROUND == 0:
                connection.close()
                stage.fresh(folder, "storage")
            name = list(FAULTS)[cell % len(FAULTS)]
            told.counts[name] += 1
            form = Opening(cell) if cell // len(FAULTS) % 2 == 0 else Paper(cell)
            found = one_form(form, FAULTS[name](disk, chance), told)
            disk.events.clear()
            told.faults += [f"cell {cell} ({name}): {fault}" for fault in found]
        connection.close()
    return told


class Opening:
    """The form that opens an incident."""

    def __init__(self, cell: int) -> None:
        self.cell = cell

    def send(self, browser: Any, how: str) -> Any:
        return browser.post("/incidents/new/", {**WHAT, "title": f"{how} {self.cell}"})

    def there(self, how: str) -> bool:
        from sutura.incidents.models import Incident

        return Incident.objects.filter(title=f"{how} {self.cell}").exists()


class Paper(Opening):
    """The form that adds a paper to the last incident: a row, and a file beside the database."""

    def send(self, browser: Any, how: str) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from sutura.incidents.models import Incident

        incident = Incident.objects.latest("pk")
        paper = SimpleUploadedFile(f"{how}-{self.cell}.pdf", self.paper(how))
        address = f"/incidents/{incident.public_id}/steps/attachments/"
        return browser.post(address, {"file": paper, "kind": "document", "proves": ""})

    def there(self, how: str) -> bool:
        from sutura.incidents.models import Attachment

        return Attachment.objects.filter(sha256=sha256(self.paper(how)).hexdigest()).exists()

    def paper(self, how: str) -> bytes:
        """A paper which is like no other: its name lies sealed, its fingerprint does not."""
        return records.PAPER + f"{how} {self.cell}".encode()


def one_form(form: Opening, fault: AbstractContextManager[None], told: Told) -> list[str]:
    """Send one form under a fault and another without; what is not as it must be."""
    from django.conf import settings
    from django.db import connection

    browser = signed_in()
    with fault:
        answer = form.send(browser, "spoiled")
    connection.close()
    found = judged(answer, form.there("spoiled"), told)
    answer = form.send(signed_in(), "sound")
    if answer.status_code != 302 or not form.there("sound"):
        found.append(f"the next form is not saved either ({answer.status_code})")
    found += records.faults((), Path(settings.MEDIA_ROOT), SHAPE)
    connection.close()
    return found


def signed_in() -> Any:
    """Awa's browser."""
    from sutura.people.models import Account
    from trials.doors import browser

    return browser(Account.objects.get(username="awa"))


def judged(answer: Any, there: bool, told: Told) -> list[str]:
    """Compare what the answer says with what is there."""
    says = answer.status_code == 302 and answer["Location"].startswith("/incidents/")
    told.counts["said saved"] += says
    told.counts["said not saved"] += not says
    if says != there:
        return [f"says {'saved' if says else 'not saved'}, is {'there' if there else 'not there'}"]
    text = answer.content.decode()
    if answer.status_code >= 500 and not any(sentence in text for sentence in SENTENCES):
        return [f"no clear sentence with {answer.status_code}"]
    return []


def refusing(error: int, kind: str) -> Fault:
    """From some event of a kind on, SQLite's files answer with an error."""

    @contextmanager
    def fault(disk: Disk, chance: random.Random) -> Iterator[None]:
        left = chance.randrange(WRITES) if kind == "write" else 0

        def refuses(event: Event) -> int:
            nonlocal left
            left -= event.kind == kind
            return error if left < 0 and event.kind == kind else OK

        disk.refuses = refuses
        try:
            yield
        finally:
            disk.refuses = None

    return fault


@contextmanager
def no_room(disk: Disk, chance: random.Random) -> Iterator[None]:
    """The kernel lets no file of this process grow beyond a size within the log of the database."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (chance.choice((4096, chance.randrange(4096, 600_000))), before[1])
    )
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def clock(disk: Disk, chance: random.Random) -> Iterator[None]:
    """From some look at the clock on, it is years or minutes later or earlier."""
    from django.utils import timezone

    real_time, real_now = time.time, timezone.now
    leap, looks = chance.choice((1.0, 1 / 5000)) * chance.uniform(-YEARS, YEARS), chance.randrange(40)

    def leaping() -> float:
        nonlocal looks
        looks -= 1
        return real_time() + (leap if looks < 0 else 0)

    time.time = leaping
    timezone.now = lambda: datetime.fromtimestamp(leaping(), tz=UTC)
    try:
        yield
    finally:
        time.time, timezone.now = real_time, real_now


FAULTS: dict[str, Fault] = {
    "full disk": refusing(FULL, "write"),
    "failed write": refusing(WRITE_FAILED, "write"),
    "failed sync": refusing(SYNC_FAILED, "sync"),
    "no room for a file": no_room,
    "clock that leaps": clock,
}
