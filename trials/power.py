"""Power cuts: what the disk may hold afterwards is rebuilt from what was written and what was synced, and read again.

What is simulated. SQLite's writes, truncations and syncs of the database and its log are recorded in order while people
save. A cut at any point leaves, for each file by itself: all that was there at its last sync; and of the later writes
none, all in order, or any of them, in any order, some of them torn at a sector of 512 bytes. A file that was never
synced may be missing. An acknowledgement counts when its word stands before the cut.

What is not. A disk that says "synced" and lies, sectors that rot, a sector torn within; a folder that forgets a file
which was synced (SQLite syncs the folder when it makes one). Attachments are files beside the database, synced with
their folders before the record which names them is written (`security.storage`): their loss is not drawn here.
"""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from trials import records, stage
from trials.disk import Disk, Event
from trials.told import Told

SMALL, GOAL = 12, 1000
CUTS = 100  # cuts of one recorded day
ACTS = 90  # thirty incidents: the log is folded into the database several times
SECTOR = 512
Files = dict[str, bytearray]


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Days of work, each cut many times. `weaker`: `synchronous=NORMAL`, which must lose."""
    from django.conf import settings

    chance, told = random.Random(seed), Told()
    path = stage.database(folder, "power")
    for start in range(0, cells, CUTS):
        cuts = min(CUTS, cells - start)
        stage.fresh(folder, "power")
        before = {str(path): bytearray(path.read_bytes())}
        events = a_day(ACTS if cells > SMALL else ACTS // 3, weaker)
        moments = sorted(chance.choices(range(len(events) + 1), k=cuts))
        told.counts.update(
            {"power cuts": cuts, "recorded writes": sum(one.kind == "write" for one in events)}
        )
        for number, (left, said) in enumerate(cut(before, events, moments, chance)):
            found = read_again(left, said, Path(settings.MEDIA_ROOT))
            told.faults += [
                f"cut {start + number} at {moments[number]} of {len(events)}: {fault}" for fault in found
            ]
            told.counts["cuts that lost"] += any("lost" in fault for fault in found)
            told.counts["acknowledged before the cuts"] += len(said)
    return told


def a_day(acts: int, weaker: bool) -> list[Event]:
    """All that was asked of the disk while a monitor saved, each acknowledgement in its place."""
    from django.db import connection

    with Disk().watched() as disk:
        if weaker:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=NORMAL")
        work = records.Monitor().acts()
        for _number in range(acts):
            disk.say(next(work))
        events = list(disk.events)
        connection.close()
    assert {Path(one.name).suffix for one in events if one.kind != "said"} == {".sqlite3", ".sqlite3-wal"}
    return events


def cut(
    before: Files, events: list[Event], moments: list[int], chance: random.Random
) -> Iterator[tuple[Files, set[str]]]:
    """For each moment, in their order: what the disk may hold, and what had been acknowledged."""
    synced: Files = defaultdict(bytearray, {name: bytearray(data) for name, data in before.items()})
    pending: dict[str, list[Event]] = defaultdict(list)
    said: set[str] = set()
    done = 0
    for moment in moments:
        for event in events[done:moment]:
            if event.kind == "said":
                said.add(event.name)
            elif event.kind == "sync":
                for one in pending.pop(event.name, ()):
                    apply(synced[event.name], one)
                synced[event.name]  # it exists from now on
            else:
                pending[event.name].append(event)
        done = moment
        yield survivors(synced, pending, chance), set(said)


def survivors(synced: Files, pending: dict[str, list[Event]], chance: random.Random) -> Files:
    """One of the states that a cut may leave."""
    left = {name: bytearray(data) for name, data in synced.items()}
    for name, later in pending.items():
        kept = list(later)
        how = chance.choice(("none", "all", "some", "some"))
        if how == "none":
            continue
        if how == "some":
            kept = [torn(one, chance) for one in later if chance.random() < 0.5]
            if chance.random() < 0.5:
                chance.shuffle(kept)
        for event in kept:
            apply(left.setdefault(name, bytearray()), event)
    return left


def torn(event: Event, chance: random.Random) -> Event:
    """Of some writes only the first sectors arrive."""
    if event.kind == "write" and chance.random() < 0.25:
        return Event(
            "write", event.name, event.at, event.data[: chance.randrange(0, len(event.data) + 1, SECTOR)]
        )
    return event


def apply(data: bytearray, event: Event) -> None:
    """Do to the bytes of a file what was done to the file."""
    if event.kind == "truncate":
        del data[event.at :]
        return
    if len(data) < event.at:
        data.extend(bytes(event.at - len(data)))
    data[event.at : event.at + len(event.data)] = event.data


def read_again(left: Files, said: set[str], files: Path) -> list[str]:
    """Put the bytes in place as the next start finds them, and check everything."""
    from django.db import DatabaseError, connection

    path = Path(str(connection.settings_dict["NAME"]))
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    for name, data in left.items():
        Path(name).write_bytes(data)
    try:
        return records.faults(said, files)
    except (sqlite3.DatabaseError, DatabaseError) as error:  # as SQLite says it, and as Django does
        return [f"lost: the database cannot be read ({error})"]
    finally:
        connection.close()
