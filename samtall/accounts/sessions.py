"""Signed-in browsers: kept in the database with whose they are, so that they can be shown and ended.

A session ends when it has been idle for SESSION_IDLE or has lasted for SESSION_COOKIE_AGE, whichever comes first.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from samtall.accounts.models import Session, User
from samtall.base import clock

#: How exactly we know when a session was last used: writing at every request would cost more than it tells.
GRAIN = timedelta(minutes=5)

_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """What settings.SESSION_ENGINE asks for."""

    row: Session | None = None
    rotate_due = False

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if row is None:
            return None
        now = clock.now()
        if row.user_id is not None and not _alive(row, now):
            row.delete()
            self._session_key = None
            return None
        if row.user_id is not None and now - row.seen_at > GRAIN:
            Session.objects.filter(pk=row.pk).update(seen_at=now)
            row.seen_at = now
        self.row, self.rotate_due = row, row.rotate
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        whose = data.get("_auth_user_id")
        session.user_id = int(whose) if whose else None
        session.browser = data.get("browser", "")
        now = clock.now()
        same = self.row is not None and self.row.user_id == session.user_id
        session.started_at = self.row.started_at if self.row and same else now
        session.seen_at = now
        self.row = session
        return session


def _alive(session: Session, now: datetime) -> bool:
    lasted, idle = now - session.started_at, now - session.seen_at
    return lasted < timedelta(seconds=settings.SESSION_COOKIE_AGE) and idle < settings.SESSION_IDLE


def live_sessions(user: User, *, at: datetime) -> QuerySet[Session]:
    """Where a user is signed in now, last used first."""
    return user.sessions.filter(
        started_at__gt=at - timedelta(seconds=settings.SESSION_COOKIE_AGE), seen_at__gt=at - settings.SESSION_IDLE
    ).order_by("-seen_at")


def forget(*, at: datetime) -> None:
    """Delete the sessions that are over."""
    too_old = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.filter(
        Q(started_at__lte=too_old) | Q(user__isnull=False, seen_at__lte=at - settings.SESSION_IDLE)
    ).delete()


def rotate(user: User) -> None:
    """Let every session of a user get a new key at its next request, as after a change of roles."""
    user.sessions.update(rotate=True)


def remember_browser(request: HttpRequest) -> None:
    """Keep what the browser is called, for the one who looks at their sessions."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    names = [next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    request.session["browser"] = ", ".join(filter(None, names))
