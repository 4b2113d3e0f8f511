"""A visit: since when somebody is in, how she came in, when she was last seen, when she last proved who she is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sutura.audit.models import Entry
from sutura.people import factors
from sutura.people.models import Account
from sutura.people.rules import browser_of
from sutura.vault import session as vault

View = Callable[..., HttpResponse]
KEY = "visit"
STEP = 60  # seconds: when somebody was last seen is written once a minute, not at every page
NEW_DEVICE = "people.sign_in_new_device"
ALARM, MOST = timedelta(days=7), 20
IDLE, LONG, UNKNOWN = "idle", "long", "unknown"


@dataclass(frozen=True)
class Visit:
    """Moments in seconds since 1970; `factor`: the second factor that was shown, if one was.

    `own`: the line of the log that tells of this browser when it was new; `told`: the last such line she was shown.
    """

    opened: float
    seen: float
    proved: float
    factor: str = ""
    own: int = 0
    told: int = 0

    def over(self, now: float) -> str:
        """Why the visit is over at a moment; empty while it is not."""
        if not self.opened <= self.seen <= now + STEP:
            return UNKNOWN
        if now - self.opened >= settings.SUTURA_SESSION_HOURS * 3600:
            return LONG
        return IDLE if now - self.seen >= settings.SUTURA_IDLE_MINUTES * 60 else ""

    def fresh(self, now: float) -> bool:
        """Whether she proved who she is a moment ago."""
        return 0 <= now - self.proved < settings.SUTURA_FRESH_MINUTES * 60


def clock() -> float:
    """Now, in seconds."""
    return timezone.now().timestamp()


def visitor(request: HttpRequest) -> Account:
    """Who is in; behind the door there is always somebody."""
    assert isinstance(request.user, Account)
    return request.user


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit of this session; None when nobody came in by the door."""
    kept = request.session.get(KEY)
    return Visit(**kept) if kept else None


def write(request: HttpRequest, **changes: object) -> None:
    """Change what is known of the visit."""
    visit = visit_of(request)
    assert visit is not None
    request.session[KEY] = asdict(replace(visit, **changes))  # type: ignore[arg-type]


def begin(request: HttpRequest, account: Account, *, factor: str = "", own: int = 0) -> None:
    """Let somebody in: a new session, that she can see and end from elsewhere."""
    # What is over is forgotten: who came from where is nobody's business longer than needed.
    UserSession.objects.purge_and_list(account)
    request.session.clear_expired()
    login(request, account)
    mark(request, factor=factor, own=own)
    UserSession.objects.create_from_request(request)


def mark(request: HttpRequest, *, factor: str, own: int = 0) -> None:
    """Write into the session that a visit begins now."""
    now = clock()
    request.session[KEY] = asdict(Visit(now, now, now, factor, own))


def armed(request: HttpRequest, factor: str) -> HttpResponse:
    """A second factor was added and shown: the visit counts as such; the recovery codes come next."""
    request.session.pop(factors.OFFER, None)
    write(request, factor=str(factor), proved=clock())
    return redirect("people:codes")


def see(request: HttpRequest) -> str:
    """Note that she is here; why her visit is over if it is."""
    visit, now = visit_of(request), clock()
    if visit is None:
        return UNKNOWN
    why = visit.over(now)
    if not why and now - visit.seen >= STEP:
        write(request, seen=now)
    return why


def write_now(request: HttpRequest) -> None:
    """Write the session before anything is done: a disk that fails after an act would call unsaved what is saved."""
    try:
        request.session.save()
    except UpdateError:  # ended elsewhere since this request began
        raise SessionInterrupted from None
    request.session.modified = False


def new_devices(request: HttpRequest) -> list[Entry]:
    """The sign-ins of the last days from a browser never seen before, that she was not shown yet in this visit."""
    account, visit = visitor(request), visit_of(request)
    own, told = (visit.own, visit.told) if visit else (0, 0)
    found = Entry.objects.filter(actor_id=account.pk, act=NEW_DEVICE, at__gte=timezone.now() - ALARM)
    return list(found.filter(pk__gt=told).exclude(pk=own).order_by("-pk")[:MOST])


@dataclass(frozen=True)
class Elsewhere:
    """One session of an account, as its owner knows it again."""

    browser: str
    network: str
    since: datetime
    here: bool


def of(request: HttpRequest) -> list[Elsewhere]:
    """Every open session of who asks, the newest first."""
    found = UserSession.objects.purge_and_list(visitor(request))
    told = [
        Elsewhere(
            browser_of(one.user_agent), one.ip, one.created_at, one.session_key == request.session.session_key
        )
        for one in found
    ]
    return sorted(told, key=lambda one: one.since, reverse=True)


def end(request: HttpRequest) -> None:
    """Let her out: nothing of the session stays, nor of her open vault."""
    vault.close(request)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def before_ready(view: View) -> View:
    """Mark a view which also opens to whoever still lacks a password of her own or a second factor."""
    view.before_ready = True  # type: ignore[attr-defined]
    return view
