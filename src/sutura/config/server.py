"""gunicorn with threads, the application loaded once before its processes part."""

from __future__ import annotations

import gc
import time
from typing import Any

from django.db import connections
from django.test import RequestFactory
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from sutura.config.language import say
from sutura.security.reporting_filter import BareFormatter


class BareLogger(Logger):
    """The server's own log: of an exception its class and its place in the code, never its text."""

    def setup(self, cfg: Any) -> None:
        """As the server sets it up, in our words."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(BareFormatter())


STEP, STEPS = 0.0005, 8
"""Seconds, for each connection that one has already."""


class Worker(ThreadWorker):
    """Of the processes that a knock wakes, the one with the fewest connections opens: else the first takes them all,
    and the others stand idle beside it."""

    def accept(self, listener: Any) -> None:
        """Take a connection, if nobody was quicker."""
        time.sleep(min(self.nr_conns, STEPS) * STEP)
        super().accept(listener)


class Server(BaseApplication):
    """Serves Sutura on one address; says so on standard output once it answers."""

    def __init__(self, host: str, port: int, *, workers: int, threads: int) -> None:
        self.address = f"{host}:{port}"
        self.options = {
            "bind": [self.address],
            "workers": workers,
            "threads": threads,
            "worker_class": Worker,
            "preload_app": True,
            # gunicorn would otherwise open a control socket in the home folder.
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": BareLogger,
            "timeout": 120,
            "keepalive": 5,
            "when_ready": self.ready,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, its addresses and templates already read: the first page waits for nothing."""
        from sutura.config.wsgi import application, pages

        pages.get_response(RequestFactory().get("/", headers={"host": "localhost"}))
        # A connection must not be shared by the processes that part after this.
        connections.close_all()
        # What is here now stays: looked at no more by who collects what is left over, its pages of memory stay shared.
        gc.collect()
        gc.freeze()
        return application

    def ready(self, arbiter: Any) -> None:
        """Tell where to look."""
        stop = say("Ctrl+C to stop", "Ctrl+C pour arrêter")
        print(f"Sutura → http://{self.address}/  ({stop})", flush=True)
