"""A script which does what a hostile file would like; run by `security.limited` in the tests."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path


def main(words: list[str]) -> int:
    content = sys.stdin.buffer.read()
    act = words[0]
    if act == "tell":
        sys.stdout.write(f"{len(content)} {sorted(os.environ)}")
    elif act == "memory":
        bytearray(700 * 1024**2)
    elif act == "hang":
        time.sleep(60)
    elif act == "spin":
        while True:
            pass
    elif act == "connect":
        socket.socket()
    elif act == "start":
        subprocess.run(["/bin/true"], check=True)
    elif act == "fork":
        os.fork()
    elif act == "write":
        Path(words[1]).write_text("x")
    elif act == "network":
        sys.stdout.write(Path("/proc/self/net/dev").read_text())
    return 0
