"""Records from phones: sixteen at once on PostgreSQL by the whole road, against bare rows; then one by 32 at once.

The whole road: the phone known again, the bytes kept sealed, the record made of them with its version, three lines of
the log in their chain, all of it on the disk before the answer. Nothing waits afterwards; what was made is counted at
the end. Another server is measured by its OpenRosa address (`--url`, `--form`), with its first process (`--pid`).
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench import sending, server, stage, wall
from bench.measure import Result, Side, Skip
from sutura.config.language import say
from tools import postgres

FORM = "sutura_alert"
SECONDS, SMALL = 20, 3
FLOOR = 0.2
"""Of what bare rows reach, each on the disk before the next: a fifth, with all that they are not."""
PEER = ((3.0, True), (1 / 3, False), (1 / 3, False), (1 / 3, False))
"""Against another server: three times the rate, a third of processor, of the slow answers, of memory."""
AT_ONCE, ROUNDS = 32, 50
PHONES = 16
# On the disk before it answers, as in life; memory as small as the server's own, since it is counted.
SETTINGS = ("listen_addresses=", "shared_buffers=32MB", "max_connections=60")
BARE = "CREATE TABLE bench_bare (id bigserial PRIMARY KEY, number text UNIQUE, body bytea, at timestamptz)"
INSERT = "INSERT INTO bench_bare (number, body, at) VALUES (%s, %s, now())"


def run(folder: Path, small: bool) -> list[Result]:
    """Ours on a database of its own, or the server that was named."""
    if server.wrk() is None:
        raise Skip(say("wrk is not installed", "wrk n’est pas installé"))
    other = json.loads(os.environ.get("SUTURA_BENCH_SERVER") or "{}")
    seconds = SMALL if small else SECONDS
    if other.get("url"):
        found = measured(folder, [other["url"]], other["form"] or FORM, seconds, watched(other["pid"] or []))
        return [*against(found, other["peer"]), once(other["url"], other["form"] or FORM, small)]
    if postgres.programs() is None:
        raise Skip(say("no PostgreSQL server programs", "pas de programmes serveur PostgreSQL"))
    with postgres.cluster(SETTINGS) as owner:
        wall.settle(folder, owner)
        keys = phones()
        bare = rows(owner, seconds / 4)
        with server.serving(folder, os.environ["DATABASE_URL"]) as running:
            urls = [f"{running.address}/or/key/{key}" for key in keys]
            sending.send(folder, urls, sending.body_of(urls[0], FORM), 2)
            found = measured(folder, urls, FORM, seconds, [running, database(owner)])
            replayed = once(urls[0], FORM, small)
        return [floor(found, bare), *against(found, other.get("peer")), replayed, made()]


def phones() -> list[str]:
    """The words of their addresses; one account answers for them."""
    from django.db import connections

    from sutura.access.acting import beyond
    from sutura.intake.services.phones import create_phone

    with beyond("the bench"):
        stage.open_cast()
        three = stage.account("three")
        keys = [create_phone(label=f"Banc {at}", region="ML05", by=three).key for at in range(PHONES)]
    connections.close_all()
    return keys


class Measured:
    """What a server did: records a second, milliseconds of processor for each, slow answers, megabytes at most."""

    def __init__(self, sent: sending.Sent, cpu: float | None, memory: float | None) -> None:
        good = max(sent.good, 1)
        self.sent, self.rate, self.p95 = sent, sent.good / sent.seconds, sent.p95
        self.cpu_ms = None if cpu is None else cpu * 1000 / good
        self.memory = memory

    @property
    def figures(self) -> tuple[float, float | None, float, float | None]:
        """In the order of `--peer`."""
        return self.rate, self.cpu_ms, self.p95, self.memory


def measured(
    folder: Path, urls: list[str], form: str, seconds: int, running: list[server.Running]
) -> Measured:
    """Send without pause, and watch the processes until they rest: what is put off is counted too."""
    body = sending.body_of(urls[0], form)
    burnt = sum(one.cpu() for one in running)
    with watching(running) as most:
        sent = sending.send(folder, urls, body, seconds)
        rest(running)
    burnt = sum(one.cpu() for one in running) - burnt
    assert set(sent.statuses) <= {"201", "202"}, sent.statuses
    return Measured(sent, burnt if running else None, most[0] if running else None)


def rest(running: list[server.Running]) -> None:
    """Until they have used less than a twentieth of a processor for a second."""
    before, end = sum(one.cpu() for one in running), time.monotonic() + 120
    while running and time.monotonic() < end:
        time.sleep(1)
        now = sum(one.cpu() for one in running)
        if now - before < 0.05:
            return
        before = now


@contextmanager
def watching(running: list[server.Running]) -> Iterator[list[float]]:
    """The most megabytes that the processes hold at one moment, looked at twice a second."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], sum(one.memory() for one in running))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def watched(pids: list[int]) -> list[server.Running]:
    """Processes that somebody else has started."""
    return [server.Running("", pid) for pid in pids]


def database(owner: str) -> server.Running:
    """The processes of the database."""
    folder = Path(parse_qs(urlsplit(owner).query)["host"][0])
    return server.Running("", int((folder / "data" / "postmaster.pid").read_text().split()[0]))


def rows(owner: str, seconds: float) -> Side:
    """What the machine can: rows of the same size, by sixteen connections, each on the disk before the next."""
    import psycopg

    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(BARE)
    counts = [0] * sending.CONNECTIONS
    end = time.monotonic() + seconds

    def write(at: int) -> None:
        with psycopg.connect(owner, autocommit=True) as connection:
            while time.monotonic() < end:
                connection.execute(INSERT, (f"{at}-{counts[at]}", b"x" * 1200))
                counts[at] += 1

    writers = [threading.Thread(target=write, args=[at]) for at in range(sending.CONNECTIONS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return Side(say("bare rows", "lignes nues"), sum(counts) / seconds, "/s")


def floor(found: Measured, bare: Side) -> Result:
    """Ours against bare rows."""
    what = say(
        "records from phones, 16 at once, PostgreSQL", "fiches de téléphones, 16 à la fois, PostgreSQL"
    )
    ours = Side(say("the whole road", "le chemin entier"), found.rate, "/s", found.cpu_ms)
    note = f"p50 {found.sent.p50:.0f} ms, p95 {found.p95:.0f} ms, {found.memory or 0:.0f} MB"
    return Result("receiving", what, ours, bare, found.rate / bare.value, FLOOR, at_least=True, note=note)


def against(found: Measured, peer: str | None) -> list[Result]:
    """Each figure against what another server did; without one the figures alone."""
    whats = (
        (say("records a second", "fiches par seconde"), "/s"),
        (say("processor for each", "processeur pour chacune"), "ms"),
        (say("95 of 100 within", "95 sur 100 en"), "ms"), (say("memory, at most", "mémoire, au plus"), "MB"),
    )  # fmt: skip
    theirs = [float(figure) for figure in peer.split(",")] if peer else []
    results = []
    for (what, unit), ours, figure, (goal, at_least) in zip(whats, found.figures, theirs, PEER, strict=False):
        if ours is not None:
            told = Side(say("the other", "l’autre"), figure, unit)
            mine = Side(say("this one", "celui-ci"), ours, unit)
            results.append(Result("receiving", what, mine, told, ours / figure, goal, at_least=at_least))
    return results


def once(url: str, form: str, small: bool) -> Result:
    """One record, by 32 at once, for some rounds: every answer says that it is here."""
    body, rounds = sending.body_of(url, form), 2 if small else ROUNDS
    answers = [status for _round in range(rounds) for status in sending.at_once(url, body, AT_ONCE)]
    refused = sum(status not in (201, 202) for status in answers)
    what = say(
        f"one record sent by {AT_ONCE} at once, {rounds} times",
        f"une fiche envoyée par {AT_ONCE} à la fois, {rounds} fois",
    )
    ours = Side(say("refused answers", "réponses de refus"), refused, "")
    return Result(
        "receiving", what, ours, Side(say("of", "sur"), len(answers), ""), refused / len(answers), 0.0
    )


def made() -> Result:
    """Every record is here once, and something was made of each."""
    from django.db.models import Count

    from sutura.access.acting import beyond
    from sutura.alerts.models import Alert
    from sutura.intake.models import Submission

    with beyond("the bench"):
        kept, alerts = Submission.objects.count(), Alert.objects.count()
        several = Submission.objects.values("instance_id").annotate(n=Count("pk")).filter(n__gt=1).count()
    lacking = kept - alerts + several
    what = say("alerts made of the records", "alertes faites des fiches")
    return Result(
        "receiving", what, Side(what, alerts, ""), Side(say("records", "fiches"), kept, ""), lacking, 0.0
    )
