"""The picture of the README: the note of the last quarter, as the demonstration shows it.

    python -m tools.photograph [FILE]      docs/pictures/note.png unless another file is named

Pours the invented data into a throw-away folder, serves it on a free port, signs in and photographs. Needs Chromium.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import numpy as np
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "note.png"
WIDTH = 1280
MOST = 120_000
"""Bytes: a README opens on slow lines too."""
PATIENCE = 180
WHO = "moussa"
FOLD = """
    () => {
        const charts = document.querySelector("main .grid figure").closest(".grid");
        for (let one = charts.previousElementSibling; one && !one.matches(".stats, .figures");) {
            const above = one.previousElementSibling;
            one.style.display = "none";
            one = above;
        }
        return charts.getBoundingClientRect().bottom + window.scrollY + 28;
    }
"""
"""Fold away what stands between the figures and the charts; the height to keep."""


PIXELS = """
    async (told) => {
        const answer = await fetch("data:image/png;base64," + told);
        const image = await createImageBitmap(await answer.blob());
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas.drawImage(image, 0, 0);
        const data = canvas.getImageData(0, 0, image.width, image.height).data;
        let text = "";
        for (let at = 0; at < data.length; at += 32768) {
            text += String.fromCharCode(...data.subarray(at, at + 32768));
        }
        return {width: image.width, height: image.height, data: btoa(text)};
    }
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of its own, served until the end of the block; yields its address."""
    with tempfile.TemporaryDirectory(prefix="sutura-photograph-") as folder:
        port = free_port()
        environment = {**os.environ, "SUTURA_DATA": folder, "SUTURA_LANG": "fr"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-P", "-m", "sutura", "demo", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, server: subprocess.Popen) -> None:
    """Until the first page answers."""
    end = monotonic() + PATIENCE
    while monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, TimeoutError):
            sleep(0.5)
    raise SystemExit("the demonstration does not answer")


def password() -> str:
    """The one word of the invented accounts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sutura.config.settings")
    from django.conf import settings

    return str(settings.SUTURA_DEMO_PASSWORD)


def photograph(page: Page, address: str, file: Path) -> None:
    """Sign in, open the newest edition of the last closed quarter, keep its head, its figures, charts and map."""
    page.goto(address)
    page.fill("[name=username]", WHO)
    page.fill("[name=password]", password())
    page.click("main button.button-primary")
    page.goto(f"{address}/reporting/notes/")
    page.locator("tbody a[href*='/editions/']").first.click()
    page.wait_for_load_state("networkidle")
    file.parent.mkdir(parents=True, exist_ok=True)
    height = page.evaluate(FOLD)
    whole = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    page.screenshot(path=file, full_page=True, clip=whole)  # type: ignore[arg-type]


def lighten(page: Page, file: Path) -> None:
    """Write the picture again with a palette of 256 colours: less than half the weight, no difference to the eye."""
    page.goto("about:blank")
    told = page.evaluate(PIXELS, base64.b64encode(file.read_bytes()).decode())
    pixels = np.frombuffer(base64.b64decode(told["data"]), np.uint8).reshape(-1, 4)[:, :3]
    colours, which, often = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-often)[:256]]
    near = [int(np.abs(palette.astype(int) - colour).sum(axis=1).argmin()) for colour in colours.astype(int)]
    rows = np.array(near, np.uint8)[which.ravel()].reshape(told["height"], told["width"])
    raw = np.hstack([np.zeros((told["height"], 1), np.uint8), rows]).tobytes()
    head = struct.pack(">IIBBBBB", told["width"], told["height"], 8, 3, 0, 0, 0)
    chunks = (b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")
    with file.open("wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        for name, data in chunks:
            out.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))


def main(arguments: list[str]) -> int:
    """Make the picture; 1 when it is too heavy."""
    file = Path(arguments[0]) if arguments else PICTURE
    chromium = (
        os.environ.get("SUTURA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    with demonstration() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, locale="fr-FR")
        photograph(page, address, file)
        lighten(page, file)
        browser.close()
    weight = file.stat().st_size
    print(f"{file}: {weight} bytes")
    return 0 if weight < MOST else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
