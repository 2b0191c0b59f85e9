"""Showing that an address is one's own, by a code that was sent to it: for those who have no account.

What was sent is kept hashed in the visitor's session, and the address that it proved for half an hour.
"""

import secrets
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare, salted_hmac

from samtall.accounts import limits

HOLDS = timedelta(minutes=15)
PROVEN_FOR = timedelta(minutes=30)
MOST_GUESSES = 3
#: Letters and digits that cannot be taken for each other.
_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
_ASKED, _PROVEN = "privacy_asked", "privacy_proven"


def begin(session: SessionBase, email: str, *, at: datetime) -> str:
    """Remember that this visitor says that an address is theirs; gives the code that shows it."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    session[_ASKED] = {"email": email.lower(), "code": _hash(code), "until": (at + HOLDS).isoformat()}
    return code


def is_asked(session: SessionBase, *, at: datetime) -> bool:
    return _ASKED in session and datetime.fromisoformat(session[_ASKED]["until"]) > at


def accept(session: SessionBase, code: str, *, at: datetime) -> bool:
    """Whether a code is the one that was sent; each may be guessed at three times."""
    if not is_asked(session, at=at):
        return False
    asked = session[_ASKED]
    if not limits.take("privacy-guess", asked["code"], most=MOST_GUESSES, per=HOLDS, at=at):
        return False
    if not constant_time_compare(_hash("".join(code.split()).upper()), asked["code"]):
        return False
    del session[_ASKED]
    session.cycle_key()
    session[_PROVEN] = {"email": asked["email"], "until": (at + PROVEN_FOR).isoformat()}
    return True


def proven(session: SessionBase, *, at: datetime) -> str:
    """The address that this visitor has shown to be theirs; empty when there is none."""
    shown = session.get(_PROVEN)
    return str(shown["email"]) if shown and datetime.fromisoformat(shown["until"]) > at else ""


def _hash(code: str) -> str:
    return salted_hmac("samtall.privacy.codes", code, algorithm="sha256").hexdigest()
