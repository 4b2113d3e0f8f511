"""A road between a device and the server that loses, doubles, delays and slows what is sent: each fault by chance."""

from __future__ import annotations

import random
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

FAULTS = ("none", "cut before", "cut in the middle", "cut after", "twice", "later", "slow")
BYTES = 8000
"""Of a slow road in a second: 64 kbit."""
LATEST = 0.5


class Road(socketserver.ThreadingTCPServer):
    """Listens before the server; a request that posts meets a fault, any other goes through."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), Passage)
        self.port, self.chance, self.met = port, random.Random(seed), Counter[str]()
        self.late: list[threading.Timer] = []
        self.open = True
        """Once closed it lets everything through."""

    def fault(self) -> str:
        """What happens to the next one: the weights make most of them meet something."""
        found = self.chance.choice(FAULTS) if self.open else "none"
        self.met[found] += 1
        return found

    def handle_error(self, *_about: object) -> None:
        """A device that went away is what is tried here."""


class Passage(socketserver.BaseRequestHandler):
    """One request, one answer, one connection."""

    server: Road

    def handle(self) -> None:
        """Read the request whole, then let its fault happen."""
        head, body = whole(self.request)
        if not head:
            return
        sent = closed(head) + body
        fault = self.server.fault() if head.startswith(b"POST") else "none"
        if fault == "cut before":
            return
        if fault == "cut in the middle":
            with closing(self.upstream()) as road:
                road.sendall(sent[: len(sent) // 2])
            return
        if fault == "later":
            timer = threading.Timer(self.server.chance.uniform(0, LATEST), self.carried, [sent])
            self.server.late.append(timer)
            timer.start()
            return
        if fault == "twice":
            threading.Thread(target=self.carried, args=[sent]).start()
        answer = self.carried(sent, slow=fault == "slow")
        if fault != "cut after":
            with suppress(OSError):
                self.request.sendall(answer)

    def carried(self, sent: bytes, *, slow: bool = False) -> bytes:
        """To the server and back; nothing when it does not answer."""
        answer = b""
        with suppress(OSError), closing(self.upstream()) as road:
            for at in range(0, len(sent), BYTES // 10) if slow else (0,):
                road.sendall(sent[at : at + BYTES // 10] if slow else sent)
                time.sleep(0.1 * slow)
            while piece := road.recv(65536):
                answer += piece
        return answer

    def upstream(self) -> socket.socket:
        """The server itself."""
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=60)


def whole(device: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of one request; nothing from a device that goes away."""
    device.settimeout(60)
    read = b""
    with suppress(OSError):
        while b"\r\n\r\n" not in read:
            piece = device.recv(65536)
            if not piece:
                return b"", b""
            read += piece
        head, _, body = read.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length:
            piece = device.recv(65536)
            if not piece:
                return b"", b""
            body += piece
        return head + b"\r\n\r\n", body
    return b"", b""


def closed(head: bytes) -> bytes:
    """The same head, after whose answer the connection ends."""
    lines = [line for line in head.rstrip().split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n"


@contextmanager
def faulty(port: int, seed: int) -> Iterator[Road]:
    """A road to the server behind this port; what is late has arrived when it closes."""
    with Road(port, seed) as road:
        thread = threading.Thread(target=road.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield road
            for timer in road.late:
                timer.join()
        finally:
            road.shutdown()
            thread.join()
