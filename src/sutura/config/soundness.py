"""Whether the database keeps what it has acknowledged: a weaker setting is one sentence, and no server starts on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from sutura.access.errors import DomainError
from sutura.config.language import say
from sutura.config.postgresql import policies, rights

Found = Mapping[str, Any]
# setting → what it must be, and the sentence when it is not (English, French)
Wanted = Mapping[str, tuple[Callable[[Any], bool], str, str]]

FULL = 2
PATIENCE = 5_000
OLDEST_POSTGRES = 140_000


def one_of(*values: Any) -> Callable[[Any], bool]:
    """Whether a setting is one of these."""
    return values.__contains__


SQLITE: Wanted = {
    "journal_mode": (
        one_of("wal"),
        "SQLite journal_mode must be WAL: a reader would stop a writer, or the disk is a network share",
        "SQLite : journal_mode doit être WAL ; sinon qui lit arrête qui écrit, ou le disque est un partage réseau",
    ),
    "synchronous": (
        lambda value: value >= FULL,
        "SQLite synchronous must be FULL: a power cut would lose what was said to be saved",
        "SQLite : synchronous doit être FULL ; sinon une coupure perd ce qui a été dit enregistré",
    ),
    "foreign_keys": (
        one_of(True),
        "SQLite foreign_keys must be ON: a record could point to nothing",
        "SQLite : foreign_keys doit être ON ; sinon une fiche peut renvoyer à rien",
    ),
    "busy_timeout": (
        lambda value: value >= PATIENCE,
        "SQLite busy_timeout must be 5 seconds or more: two people at once would be refused",
        "SQLite : busy_timeout doit être d’au moins 5 secondes ; sinon deux personnes à la fois sont refusées",
    ),
    "transaction_mode": (
        one_of("IMMEDIATE"),
        "SQLite transactions must be IMMEDIATE: two people who save at once could fail half-way",
        "SQLite : les transactions doivent être IMMEDIATE ; sinon deux enregistrements à la fois peuvent échouer",
    ),
    "secure_delete": (
        one_of(1),
        "SQLite secure_delete must be ON: what was taken away would stay in the file",
        "SQLite : secure_delete doit être ON ; sinon ce qui a été retiré reste dans le fichier",
    ),
    "trusted_schema": (
        one_of(0),
        "SQLite trusted_schema must be OFF: a tampered file could run functions",
        "SQLite : trusted_schema doit être OFF ; sinon un fichier piégé peut lancer des fonctions",
    ),
    "mode": (
        lambda value: value & 0o077 == 0,
        "other accounts of this machine can read the database file: chmod 600",
        "d’autres comptes de cette machine peuvent lire le fichier de la base : chmod 600",
    ),
}
POSTGRES: Wanted = {
    "server_version_num": (
        lambda value: int(value) >= OLDEST_POSTGRES,
        "PostgreSQL 14 or newer is needed",
        "il faut PostgreSQL 14 ou plus récent",
    ),
    "synchronous_commit": (
        one_of("on", "remote_apply"),
        "PostgreSQL synchronous_commit must be on: a power cut would lose what was said to be saved",
        "PostgreSQL : synchronous_commit doit être on ; sinon une coupure perd ce qui a été dit enregistré",
    ),
    "fsync": (
        one_of("on"),
        "PostgreSQL fsync must be on: a power cut would break the database",
        "PostgreSQL : fsync doit être on ; sinon une coupure casse la base",
    ),
    "full_page_writes": (
        one_of("on"),
        "PostgreSQL full_page_writes must be on: a power cut could tear a page",
        "PostgreSQL : full_page_writes doit être on ; sinon une coupure peut déchirer une page",
    ),
    "session_replication_role": (
        one_of("origin"),
        "PostgreSQL session_replication_role must be origin: the guards against rewriting would sleep",
        "PostgreSQL : session_replication_role doit être origin ; sinon les gardes contre la réécriture dorment",
    ),
    "above_the_law": (
        one_of(False),
        "the PostgreSQL role of Sutura must not be a superuser, nor bypass row security",
        "le rôle PostgreSQL de Sutura ne doit pas être superutilisateur, ni passer outre la sécurité des lignes",
    ),
    "owns": (
        one_of(False),
        "the role of the server owns tables: give the owner's role to ./sutura init alone (guide 9)",
        "le rôle du serveur possède des tables : réservez le rôle propriétaire à ./sutura init (guide 9)",
    ),
    "rewrites": (
        one_of(False),
        "the role of the server may empty a table or rewrite what only grows: run ./sutura init",
        "le rôle du serveur peut vider une table ou réécrire ce qui ne fait que croître : lancez ./sutura init",
    ),
    "walls": (
        one_of(True),
        "the policies of PostgreSQL are not those of the law of roles: run ./sutura init",
        "les politiques de PostgreSQL ne sont pas celles de la loi des rôles : lancez ./sutura init",
    ),
    "private": (
        one_of(True),
        "the way to PostgreSQL leaves this machine in clear: add ?sslmode=verify-full to DATABASE_URL",
        "le chemin vers PostgreSQL quitte cette machine en clair : ajoutez ?sslmode=verify-full à DATABASE_URL",
    ),
}
ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
PRIVATE = """SELECT inet_client_addr() IS NULL OR inet_client_addr() = inet_server_addr()
    OR EXISTS (SELECT FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl)"""


class Unsound(DomainError):
    """The database would not keep what it acknowledges."""


def require() -> None:
    """Refuse to serve on a database with a weaker setting; the first one is the sentence."""
    for fault in faults():
        raise Unsound(fault)


def faults() -> list[str]:
    """What is weaker than it must be in the connection as Sutura opens it, one sentence each."""
    if connection.vendor == "sqlite":
        return list(weaker(sqlite(), SQLITE))
    return list(weaker(postgres(), POSTGRES))


def weaker(found: Found, wanted: Wanted) -> Iterator[str]:
    """The sentence of each setting that is not as it must be."""
    for name, (holds, en, fr) in wanted.items():
        if not holds(found[name]):
            yield say(en, fr)


def sqlite() -> dict[str, Any]:
    """The settings in force on this connection, asked of SQLite itself: some are ignored without a word when set."""
    asked = set(SQLITE) - {"transaction_mode", "mode"}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
    path = Path(str(connection.settings_dict["NAME"]))
    found["mode"] = path.stat().st_mode if path.is_file() else 0
    found["transaction_mode"] = getattr(connection, "transaction_mode", None)
    return found


def postgres() -> dict[str, Any]:
    """The settings in force in this session, what the role may do, and whether strangers can listen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(POSTGRES)])
        found: dict[str, Any] = dict(cursor.fetchall())
        cursor.execute(ROLE)
        found["above_the_law"] = cursor.fetchone()[0]
        cursor.execute(PRIVATE)
        found["private"] = cursor.fetchone()[0]
    found |= {"owns": rights.owns(), "rewrites": rights.rewrites(), "walls": policies.stand()}
    return found
