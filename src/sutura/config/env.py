"""What the environment says, read with the standard library and typed once."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# The policies make our short questions look long; compiling their plans took longer than answering them.
POSTGRES_OPTIONS = "-c jit=off"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"
)


class BadSetting(ValueError):
    """A value in the environment cannot be understood; the message names the variable."""


def flag(name: str, default: bool) -> bool:
    """Read yes/no from the environment."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "yes", "true", "on", "oui"}:
        return True
    if value in {"0", "no", "false", "off", "non"}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {value!r}")


def number(name: str, default: int) -> int:
    """Read a whole number from the environment."""
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        raise BadSetting(f"{name} must be a whole number, not {value!r}")
    return int(value) if value else default


def data_folder() -> Path:
    """The user's data folder: SUTURA_DATA, else XDG_DATA_HOME/sutura, else ~/.local/share/sutura."""
    named = os.environ.get("SUTURA_DATA")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "sutura"


def secret_key(folder: Path) -> str:
    """The signing key: SUTURA_SECRET_KEY, else one made at first use and kept readable by its owner alone."""
    given = os.environ.get("SUTURA_SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


@dataclass(frozen=True)
class Mail:
    """The server that takes our mail; without a host nothing is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = "sutura@localhost"


def mail(url: str | None) -> Mail:
    """Read SUTURA_MAIL: smtps://user:pass@host?from=address (TLS), smtp:// (STARTTLS; in clear to this machine)."""
    if not url:
        return Mail()
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting("SUTURA_MAIL must begin with smtp:// or smtps:// and name a host")
    tls, here = parts.scheme == "smtps", parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return Mail(
        host=parts.hostname,
        port=parts.port or (465 if tls else 25 if here else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not tls and not here,
        tls=tls,
        sender=dict(parse_qsl(parts.query)).get("from", Mail.sender),
    )


def database(url: str | None, folder: Path) -> dict[str, object]:
    """Django's database settings from DATABASE_URL (sqlite:///path or postgresql://user:pass@host/name?key=value)."""
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return sqlite(str(folder / "sutura.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        path = unquote(parts.path)[1:] if parts.path.startswith("/") else unquote(parts.path)
        return sqlite(path or ":memory:")
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", "") or unquote(parts.hostname or "")
        options["options"] = f"{POSTGRES_OPTIONS} {options.get('options', '')}".strip()
        return {
            "ENGINE": "sutura.config.postgresql",
            "NAME": unquote(parts.path).lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or options.pop("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")


def sqlite(path: str) -> dict[str, object]:
    """SQLite kept safe: write-ahead log with full synchronisation (NORMAL loses acknowledged writes at power cuts)."""
    return {
        "ENGINE": "sutura.config.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }
