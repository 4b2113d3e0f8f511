"""The disk as SQLite sees it, watched and spoiled: every write and every sync of the very library that Python uses.

The table of functions by which SQLite reaches its files is replaced by one that tells us first; what it does is still
done by the real one. So nothing of Sutura, of Django or of SQLite knows of the trial, and no other SQLite is needed.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

OK = 0
POINTER, INT, LONG, TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p
OPEN = ctypes.CFUNCTYPE(INT, POINTER, POINTER, POINTER, INT, POINTER)
CLOSE = ctypes.CFUNCTYPE(INT, POINTER)
WRITE = ctypes.CFUNCTYPE(INT, POINTER, POINTER, INT, LONG)
TRUNCATE = ctypes.CFUNCTYPE(INT, POINTER, LONG)
SYNC = ctypes.CFUNCTYPE(INT, POINTER, INT)


class Methods(ctypes.Structure):
    """sqlite3_io_methods: what one may do with an open file."""

    _fields_ = (
        ("version", INT), ("close", CLOSE), ("read", POINTER), ("write", WRITE), ("truncate", TRUNCATE), ("sync", SYNC),
        ("rest", POINTER * 13),
    )  # fmt: skip


class File(ctypes.Structure):
    """sqlite3_file: begins with its methods."""

    _fields_ = (("methods", ctypes.POINTER(Methods)),)


class System(ctypes.Structure):
    """sqlite3_vfs, as far as its way to open a file."""

    _fields_ = (
        ("version", INT), ("size", INT), ("longest", INT), ("next", POINTER), ("name", TEXT), ("data", POINTER),
        ("open", OPEN),
    )  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One thing that was asked of the disk, or a word of ours between two of them."""

    kind: str  # write, truncate, sync, said
    name: str
    at: int = 0
    data: bytes = b""


Refuses = Callable[[Event], int]


class Disk:
    """Watches every file that SQLite opens; `refuses` may answer an event with an error of SQLite."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.refuses: Refuses | None = None
        self.names: dict[int, str] = {}
        self.tables: dict[int, Methods] = {}
        self.kept: list[Any] = []  # what C holds must not be forgotten by Python

    def say(self, word: str) -> None:
        """Put a word of ours in the order of events: it was said after all that stands before."""
        self.events.append(Event("said", word))

    @contextmanager
    def watched(self) -> Iterator[Disk]:
        """From here on, files that are opened are watched; close every connection before leaving."""
        system = System.from_address(default_system())
        real = OPEN(ctypes.cast(system.open, POINTER).value or 0)
        system.open = self.opening(real)
        try:
            yield self
        finally:
            system.open = real
            self.kept.append(real)

    def opening(self, real: Callable[..., int]) -> Any:
        """The way to open a file, which then gets our table of methods."""

        def opened(system: int, name: int | None, file: int, flags: int, told: int) -> int:
            # SQLite keeps the address of the name: it is handed on as it is.
            done = real(system, name, file, flags, told)
            opened_file = File.from_address(file)
            if done == OK and name and opened_file.methods:
                self.names[file] = os.fsdecode(ctypes.string_at(name))
                opened_file.methods = ctypes.pointer(self.table(opened_file.methods.contents))
            return done

        return self.keep(OPEN(opened))

    def keep(self, made: Any) -> Any:
        """Remember what only C holds otherwise."""
        self.kept.append(made)
        return made

    def table(self, real: Methods) -> Methods:
        """Our methods around the real ones, made once for each table of SQLite."""
        address = ctypes.addressof(real)
        if address not in self.tables:
            ours = Methods.from_buffer_copy(real)
            ours.close = CLOSE(lambda file: (self.names.pop(file, None), real.close(file))[1])
            ours.write = WRITE(
                lambda file, data, size, at: self.asked(
                    Event("write", self.names.get(file, ""), at, ctypes.string_at(data, size)),
                    lambda: real.write(file, data, size, at),
                )
            )
            ours.truncate = TRUNCATE(
                lambda file, size: self.asked(
                    Event("truncate", self.names.get(file, ""), size), lambda: real.truncate(file, size)
                )
            )
            ours.sync = SYNC(
                lambda file, flags: self.asked(
                    Event("sync", self.names.get(file, "")), lambda: real.sync(file, flags)
                )
            )
            self.tables[address] = ours
        return self.tables[address]

    def asked(self, event: Event, really: Callable[[], int]) -> int:
        """Refuse an event, or let it be done and remember it."""
        error = self.refuses(event) if self.refuses else OK
        if error:
            return error
        self.events.append(event)
        return really()


def default_system() -> int:
    """Where SQLite keeps the table of the file system that it uses unless told otherwise."""
    import _sqlite3

    find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    find.restype, find.argtypes = POINTER, [TEXT]
    address: int = find(None)
    return address
