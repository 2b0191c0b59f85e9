"""Calls of the API: every operation, with every sort of key."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.test import Client

from samtall.accounts import operations as accounts
from samtall.accounts.roles import PUBLIC
from samtall.api.callers import Caller
from samtall.api.operations import make_key, revoke_key
from samtall.api.scopes import SCOPES
from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove.addresses import METHODS
from samtall.config.prove.people import Cast, user_with
from samtall.config.prove.proof import Figure, Weakness
from samtall.config.prove.things import Things, path_of

READ_FIGURES = "figures.read"
#: What each operation takes: by address and, for those that differ, by method.
NEEDS = {
    "api-figures": {"GET": READ_FIGURES},
    "api-figure": {"GET": READ_FIGURES},
    "api-kinds": {"GET": READ_FIGURES},
    "api-figure-list": {"GET": "figures.list"},
    "api-organisations": {"GET": "organisations.read"},
    "api-organisation": {"GET": "organisations.read"},
    "api-activities": {"GET": "activities.read", "POST": "activities.record"},
    "api-activity": {"GET": "activities.read", "PUT": "activities.record"},
    "api-posting": {"GET": "figures.list"},
}


#: What is sent along, so that it is the permission that decides.
SAID: dict[str, dict[str, Any]] = {
    "POST": {"kind": "course", "title": "Regnskap", "from_day": "2017-01-10", "details": {"hours": 8}},
    "PUT": {"title": "Noe annet"},
}


def figures(cast: Cast, things: Things) -> Iterator[Figure]:
    leaks, probes = [], 0
    client, keys = Client(raise_request_exception=False), list(_keys(cast))
    for name, needs in NEEDS.items():
        path = path_of(name, things)
        for sort, secret, scopes in keys:
            for method in METHODS:
                response = client.generic(
                    method,
                    path,
                    json.dumps(SAID.get(method, {})),
                    content_type="application/json",
                    headers={"Authorization": f"Bearer {secret}"} if secret else {},
                )
                probes += 1
                needed = needs.get(method, "")
                refused = response.status_code in (401, 403, 404, 405, *([] if needed else [409]))
                if response.status_code >= 500 or not (refused or needed in scopes or _is_open(needed, secret, scopes)):
                    leaks.append(f"{sort}: {method} {path} → {response.status_code}")
    tried = Words(*(f"{probes} {word}" for word in ("kall til API-et", "kall til API-et", "calls of the API")))
    yield Figure(Words("lekkasjer", "lekkasjar", "leaks"), len(leaks), tried, examples=leaks)


def _is_open(needed: str, secret: str, scopes: frozenset[str]) -> bool:
    """What everybody may read; but who shows a key that does not work is told so."""
    return needed in PUBLIC and (not secret or bool(scopes))


def _keys(cast: Cast) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each sort of key: its name, its secret, and what it may do now."""
    coordinator, now = cast.users["coordinator"], clock.now()
    last_day = clock.today() + timedelta(days=30)
    yield "no key", "", frozenset()
    yield "invented key", "samtall_" + "x" * 40, frozenset()
    for scope in SCOPES:
        yield scope, make_key(scope, scopes=[scope], last_day=last_day, by=coordinator, at=now)[1], frozenset({scope})
    revoked, secret = make_key("revoked", scopes=SCOPES, last_day=last_day, by=coordinator, at=now)
    revoke_key(revoked, by=coordinator, at=now)
    yield "revoked", secret, frozenset()
    long_ago = now - timedelta(days=40)
    over = (long_ago + timedelta(days=9)).date()
    yield "over", make_key("over", scopes=SCOPES, last_day=over, by=coordinator, at=long_ago)[1], frozenset()
    leaving = user_with("coordinator", name="leaving")
    secret = make_key("left", scopes=SCOPES, last_day=last_day, by=leaving, at=now)[1]
    accounts.end_role(leaving, "coordinator", by=None, at=now)
    # it works, for what everybody may
    yield "of somebody whose role has ended", secret, frozenset({READ_FIGURES})


def _every_key_opens_everything() -> AbstractContextManager[object]:
    return patch.object(Caller, "may", lambda caller, permission: caller.key is not None)


WEAKNESS = Weakness(
    "scopes",
    Words("det en nøkkel er begrenset til", "det ein nøkkel er avgrensa til", "what a key is limited to"),
    _every_key_opens_everything,
)
