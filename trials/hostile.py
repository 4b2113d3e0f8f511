"""`./sutura trial hostile --cells 300`: files made to harm are given at every door that takes one.

Looked for: an answer after more than ten seconds, a process of more than 512 MB, an error of the server, a photograph
handed out with its place. `--weaker` hands photographs out as they came.
"""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import redirect
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from sutura.intake import staging
from sutura.intake.models import StagedFile
from sutura.intake.views.progress import CUT
from sutura.people.models import Account
from trials import doors
from trials.hostile_files import File, draw
from trials.told import Told

SMALL, GOAL = 48, 300
LONGEST, LARGEST = 10.0, 512 * 1024
ROOM = 256 * 1024
"""What the files may add to a process that held more before them, such as one which has run a thousand tests: half of
the limit, since a server that has just begun holds less than the other half."""


def files(cells: int, seed: int) -> Iterator[File]:
    """Each maker in turn; made elsewhere, since to make a bomb takes memory too."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as maker:
        for number in range(cells):
            yield maker.submit(draw, number, seed).result()


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Give every file at its door."""
    told = Told()
    with override_settings(MEDIA_ROOT=folder / "files"), doors.quiet(), doors.open_pictures(weaker):
        world, before = doors.people_and_incident(), most_held()
        for file in files(cells, seed):
            told.counts["files"] += 1
            started = time.monotonic()
            try:
                given(world, file, told)
            except Exception as error:
                told.faults.append(f"{file.name}: {type(error).__name__}")
            lasted = time.monotonic() - started
            told.counts["slowest ms"] = max(told.counts["slowest ms"], round(lasted * 1000))
            if lasted > LONGEST:
                told.faults.append(f"{file.name}: {lasted:.1f} s")
            check_memory(before, told)
    return told


def most_held() -> dict[str, int]:
    """What one process ever held at most, in kB: our own, and the largest of the children that ended."""
    whose = {"server": resource.RUSAGE_SELF, "reader": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(who).ru_maxrss for name, who in whose.items()}


def check_memory(before: dict[str, int], told: Told) -> None:
    """Note the most that was held, and whether a file made it too much."""
    # The system counts for a new process what its parent held when it was born, also for a reader.
    limit = max(LARGEST, max(before.values()) + ROOM)
    for name, most in most_held().items():
        told.counts[f"{name} MB"] = most // 1024
        if most > limit:
            told.faults.append(f"{name}: {most // 1024} MB")


def given(world: doors.World, file: File, told: Told) -> None:
    """One file at its door; what was taken is asked back."""
    sent: dict[str, Any] = {"file": SimpleUploadedFile(file.called or "x", file.content, "image/png")}
    if file.door == "picture":
        client, there = (
            world.monitor,
            reverse("incidents:step", args=[world.incident.public_id, "attachments"]),
        )
        sent |= {"kind": "photo"}
    else:
        client = world.keeper
        there = reverse("intake:incidents" if file.door == "workbook" else "intake:leads")
        sent |= {"source": "ucdp-ged"} if file.door == "list" else {}
    answer = client.post(there, sent)
    if answer.streaming:
        told.counts["long"] += 1
        if broken(doors.read(answer).decode()):
            told.faults.append(f"{file.name}: its trial broke")
        answer = redirect(StagedFile.objects.latest("id"))
    told.counts[verdict(file, answer, world.clerk)] += 1
    if answer.status_code >= 500 or answer.status_code in (400, 403) or doors.turned_away(answer):
        told.faults.append(f"{file.name}: {answer.status_code} {answer.get('Location', '')}")
    elif answer.status_code == 302:
        asked_back(client, world, file, answer["Location"], told)


def broken(page: str) -> bool:
    """Whether the work on a long file ended by a fault of ours, which its page tells in one sentence."""
    said = []
    for language in ("fr", "en"):
        with override(language):
            said.append(str(CUT))
    return any(sentence in page for sentence in said)


def verdict(file: File, answer: Any, clerk: Account) -> str:
    """What became of a file; a workbook waits with its faults, and is taken by nobody while it has some."""
    if answer.status_code == 302 and file.door == "workbook":
        return "taken" if staging.trial(StagedFile.objects.latest("id"), clerk).good else "refused"
    return {302: "taken", 422: "refused"}.get(answer.status_code, "other")


def asked_back(client: Client, world: doors.World, file: File, there: str, told: Told) -> None:
    """The page of what was taken; a photograph as it is handed out."""
    if file.door != "picture":
        if client.get(there).status_code >= 500:
            told.faults.append(f"{file.name}: its page fails")
        return
    kept = world.incident.attachments.latest("id")
    address = reverse("incidents:attachment", args=[world.incident.public_id, kept.public_id])
    back = client.post(address, {"why": "essai"})
    told.counts["handed out"] += 1
    if back["Content-Security-Policy"] != "default-src 'none'; sandbox" or "nosniff" not in back.headers.get(
        "X-Content-Type-Options", ""
    ):
        told.faults.append(f"{file.name}: headers")
    if kept.is_picture and tells_place(back.content):
        told.faults.append(f"{file.name}: handed out with its place")


def tells_place(content: bytes) -> bool:
    """Whether a picture says where and by what it was taken."""
    with Image.open(io.BytesIO(content)) as picture:
        return bool(picture.getexif()) or b"zqGPS" in content
