"""Attachments and lists made to crash, fill, run or tell where they were taken."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from random import Random

from PIL import Image

from trials.bad_archives import packed

Maker = Callable[[Random], bytes]
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG, its checksum right."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def taken(chance: Random) -> bytes:
    """A photograph with its place, device and hour, as phones write them."""
    kind = chance.choice(("JPEG", "PNG", "WEBP"))
    picture = Image.new(chance.choice(("RGB", "L")), (chance.randint(1, 60), chance.randint(1, 60)), 90)
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "zqGPS phone", "2026:02:10 10:00:00"
    exif[0x0112] = chance.randint(1, 8)
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 29.0, 7.0), 3: "W", 4: (4.0, 11.0, 30.0)})
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def large(chance: Random) -> bytes:
    width, height = chance.choice(((60_000, 60_000), (2**31 - 1, 1), (8_000, 8_000), (1, 50_000_001), (0, 0)))
    rows = zlib.compress(bytes(5_000_000), 9)
    return PNG + header(width, height) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def large_jpeg(chance: Random) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", progressive=chance.random() < 0.5)
    content = bytearray(out.getvalue())
    for mark in (b"\xff\xc0", b"\xff\xc2"):
        at = content.find(mark)
        if at >= 0:
            struct.pack_into(
                ">HH", content, at + 5, *chance.choice(((65_535, 65_535), (65_535, 700), (0, 0)))
            )
    return bytes(content)


def large_webp(chance: Random) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "WEBP", lossless=True)
    content = bytearray(out.getvalue())
    content[21:25] = chance.randbytes(4)
    return bytes(content)


def text_bomb(chance: Random) -> bytes:
    data = zlib.compress(bytes(100_000_000), 9)
    kind, head = chance.choice(((b"zTXt", b"k\0\0"), (b"iCCP", b"p\0\0"), (b"iTXt", b"k\0\1\0\0\0")))
    return (
        PNG
        + header(1, 1)
        + chunk(kind, head + data)
        + chunk(b"IDAT", zlib.compress(b"\0abc"))
        + chunk(b"IEND", b"")
    )


def many_chunks(chance: Random) -> bytes:
    return PNG + header(1, 1) + chunk(b"tEXt", b"a\0b") * chance.choice((10, 200_000)) + chunk(b"IEND", b"")


def animated(chance: Random) -> bytes:
    frames = [Image.new("RGB", (400, 400), (n % 255, 0, 0)) for n in range(40)]
    out = io.BytesIO()
    frames[0].save(out, chance.choice(("PNG", "WEBP")), save_all=True, append_images=frames[1:])
    return out.getvalue()


def behind(chance: Random) -> bytes:
    """A true picture, and something else behind it."""
    tail = chance.choice(
        (b"<script>alert(1)</script>", packed({"x.html": b"<script>"}), b"%PDF-1.7\n", b"<?php ?>")
    )
    return taken(chance) + tail


def two_kinds(chance: Random) -> bytes:
    return chance.choice(
        (
            b"GIF89a/*" + bytes(10) + b"*/=1;alert(1)//",
            b"%PDF-1.7\n<script>alert(1)</script>\n" + packed({"x": b"y"}),
            packed({"[Content_Types].xml": b"<x/>", "word/vbaProject.bin": b"\xd0\xcf"}) + b"%PDF-1.7",
            b"\xff\xd8\xff\xe0/*" + b"x" * 50 + b"*/=alert(1);/*" + b"\xff\xd9",
            b"RIFF\x00\x00\x00\x00WAVE<script>", b"<svg onload='alert(1)'/>", b"BM" + bytes(60),
            b"\x00\x00\x00\x18ftypheic" + bytes(40), b"\x00\x00\x00\x18ftypM4A " + bytes(40), b"MZ" + bytes(99),
            b"#!/bin/sh\nid\n", b"<html><script>alert(1)</script>", b"II*\x00" + bytes(99),
        )
    )  # fmt: skip


def cut(chance: Random) -> bytes:
    whole = taken(chance)
    return whole[: chance.randint(1, len(whole) - 1)]


def flipped(chance: Random) -> bytes:
    content = bytearray(taken(chance))
    for _number in range(chance.randint(1, 30)):
        content[chance.randrange(3, len(content))] = chance.randrange(256)
    return bytes(content)


def noise(chance: Random) -> bytes:
    return chance.choice((PNG, b"\xff\xd8\xff\xe1", b"RIFF\xff\xff\xff\x7fWEBPVP8L")) + chance.randbytes(
        5_000
    )


PICTURES: tuple[Maker, ...] = (
    taken, large, large_jpeg, large_webp, text_bomb, many_chunks, animated, behind, two_kinds, cut, flipped, noise,
)  # fmt: skip
HEADS = b"id,year,active_year,type_of_violence,conflict_name\n"
LISTS: tuple[Maker, ...] = (
    lambda chance: HEADS + b"1," * 400 * 5_000,
    lambda chance: HEADS + b'"' + b"x" * 10_000_000,
    lambda chance: HEADS + b"," * chance.choice((500, 9_000_000)),
    lambda chance: b"\xff\xfe" + chance.randbytes(999),
    lambda chance: HEADS + "1,é😀\n".encode() * 500_000,
    lambda chance: HEADS + b"=1+1,@x,-1,+1\n" * 100,
    lambda chance: chance.randbytes(100_000),
    lambda chance: b"\n" * 3_000_000,
)
