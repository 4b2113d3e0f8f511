"""Pages as they come out of an office printer: PDF by Chromium, pictures in black and white, and what is on them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops
from playwright.sync_api import Page

DOTS = 60  # for each inch
A4 = (496, 702)  # in these dots
EDGE = 10  # dots, about four millimetres: what most printers cannot reach
WHITE, BLACK = 245, 100
PLAINLY = 0.03  # share of the dots of two signs that differ
PAPER = {"width": 718, "height": 1000}  # of the screen: the width of A4 within its margins


class Sheet(NamedTuple):
    """One printed page: its size in dots, the share of it that carries ink, its darkest dot, ink at its edges."""

    size: tuple[int, int]
    ink: float
    darkest: int
    edge: bool


def printed(page: Page, pdf: Path) -> list[Sheet]:
    """The pages of what is open, printed without colours; the pictures stand beside the PDF."""
    page.pdf(path=pdf, prefer_css_page_size=True)
    stem = pdf.with_suffix("")
    for old in stem.parent.glob(f"{stem.name}-page-*.png"):
        old.unlink()  # of another walk with the same album
    subprocess.run(["pdftoppm", "-gray", "-r", str(DOTS), "-png", str(pdf), f"{stem}-page"], check=True)
    return [
        _sheet(Image.open(each).convert("L")) for each in sorted(stem.parent.glob(f"{stem.name}-page-*.png"))
    ]


def _sheet(picture: Image.Image) -> Sheet:
    wide, high = picture.size
    inked = picture.point(lambda shade: 0 if shade >= WHITE else 255)
    inside = Image.new("L", picture.size, 255)
    inside.paste(0, (EDGE, EDGE, wide - EDGE, high - EDGE))
    return Sheet(
        picture.size, inked.histogram()[255] / (wide * high), min(picture.tobytes()),
        ImageChops.multiply(inked, inside).getbbox() is not None,
    )  # fmt: skip


def cut_off(page: Page, selector: str) -> list[str]:
    """Words of the parts of a page which hold more than they show, on paper."""
    page.emulate_media(media="print")
    size = page.viewport_size
    page.set_viewport_size(PAPER)  # type: ignore[arg-type]
    found: list[str] = page.eval_on_selector_all(
        selector,
        "all => all.filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)"
        ".map(one => one.innerText.slice(0, 60))",
    )
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(media="null")
    return found


def told_apart(page: Page, selector: str, folder: Path) -> int:
    """How many of the signs differ plainly from every other in grey."""
    pictures = []
    for number, sign in enumerate(page.locator(selector).all()):
        sign.screenshot(path=folder / f"sign-{number}.png")
        pictures.append(Image.open(folder / f"sign-{number}.png").convert("L").resize((40, 37)))
    return sum(
        all(_difference(one, other) > PLAINLY for other in pictures if other is not one) for one in pictures
    )


def _difference(one: Image.Image, other: Image.Image) -> float:
    apart = ImageChops.difference(one, other).point(lambda shade: 255 if shade > BLACK else 0)
    return apart.histogram()[255] / (one.width * one.height)
