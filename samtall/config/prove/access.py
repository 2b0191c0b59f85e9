"""Nobody sees or changes what is not theirs: every address, every role, every way, own and others' things (G15)."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from unittest.mock import patch

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from samtall.accounts import operations as accounts
from samtall.accounts import policy
from samtall.accounts.models import User
from samtall.accounts.roles import PUBLIC
from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove import access_to_api, access_to_fields
from samtall.config.prove.addresses import HARMLESS, METHODS, WITH_OPENID, addresses, matrix, seen
from samtall.config.prove.people import Cast, make_cast, user_with
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.config.prove.things import Things, make_things, path_of

#: Whose roles reach only what is their own organisation's or their own.
NARROW = ("partner", "student", "local_administrator")
#: Somebody whose role has been ended, and somebody whose access has been closed: both with a session from before.
FORMER, CLOSED = "former", "closed"


#: What a small trial tries at least.
SMALL = ("inquiry", "activity", "user", "mine-confirm", "contact-case guessed")


@dataclass
class Found:
    """What has been tried, and what was wrong."""

    probes: int = 0
    leaks: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def run(trial: Trial) -> Iterator[Figure]:
    with override_settings(SECOND_FACTOR=False, **WITH_OPENID):
        cast = make_cast()
        own, others = _things(cast)
        visitors = _visitors(cast)
        rows = matrix()
        if trial.size == "small":
            visitors = {name: visitors[name] for name in ("reader", "partner")}
            rows = {name: row for number, (name, row) in enumerate(rows.items()) if name in SMALL or number % 12 == 0}
        yield from _figures(_walked(rows, visitors, own, others))
        yield from access_to_api.figures(cast, own)
        yield from access_to_fields.figures(rows, cast, visitors, own)


def _things(cast: Cast) -> tuple[Things, Things]:
    """What is the cast's own company's, and the same of another."""
    by: dict[str, Any] = {"reader": cast.users["reader"], "administrator": cast.users["administrator"]}
    own = make_things(partner=cast.users["partner"], company=cast.company, **by)
    return own, make_things(partner=cast.other_partner, company=cast.other_company, mark="2", **by)


def _visitors(cast: Cast) -> dict[str, Client]:
    """A browser of each; who signs in has second factors, so that those pages are there."""
    users: dict[str, User | None] = {"public": None, **cast.users}
    users[FORMER], users[CLOSED] = user_with("coordinator", name=FORMER), user_with("coordinator", name=CLOSED)
    clients = {name: _client(user) for name, user in users.items()}
    accounts.end_role(users[FORMER], "coordinator", by=None, at=clock.now())  # type: ignore[arg-type]
    User.objects.filter(email__startswith=CLOSED).update(is_active=False)
    return clients


def _client(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        TOTP.activate(user, "A" * 32)
        RecoveryCodes.activate(user)
        client.force_login(user)
    return client


def _walked(rows: dict[str, dict[str, str]], visitors: dict[str, Client], own: Things, others: Things) -> Found:
    found = Found()
    by_name = {address.name: address for address in addresses()}
    absent = {visitor: _main(client.get("/finnes-ikke/")) for visitor, client in visitors.items()}
    for name, row in rows.items():
        permission = getattr(by_name[name.split()[0]].view, "permission", None)
        path, path_of_others = path_of(name, own), path_of(name, others)
        for visitor, client in visitors.items():
            expected = _expected(row, visitor, permission)
            _probe(found, client, visitor, path, expected, _ways(name, expected), absent[visitor])
            if path_of_others != path:
                expected = _expected(row, visitor, permission, own=False)
                _probe(found, client, visitor, path_of_others, expected, _ways(name, expected), absent[visitor])
    return found


def _expected(row: dict[str, str], visitor: str, permission: str | None, *, own: bool = True) -> str:
    """What the matrix says; for who is narrowed to their own, what is others' is hidden."""
    if visitor == CLOSED or row["public"] != "sign-in":
        return row["public"] if visitor in (CLOSED, FORMER) else row[visitor]
    everybodys = permission is None and "hidden" not in row.values()
    if visitor == FORMER:
        return "ok" if everybodys else "hidden"
    if not own and visitor in NARROW and not everybodys and permission not in PUBLIC:
        return "hidden"
    return row[visitor]


def _ways(name: str, expected: str) -> tuple[str, ...]:
    """Who is let in asks without changing anything; who is not tries everything, also as a part of a page."""
    if name.endswith(" guessed"):  # of something public: 405 tells nothing
        return ("GET", "HEAD")
    return (*HARMLESS, "PART") if expected == "ok" else (*METHODS, "TRACE", "PART")


def _probe(
    found: Found, client: Client, visitor: str, path: str, expected: str, ways: Iterable[str], absent: str
) -> None:
    for way in ways:
        headers = {"HX-Request": "true"} if way == "PART" else {}
        response = client.generic("GET" if way == "PART" else way, path, headers=headers)
        met, told = seen(response), f"{visitor}: {way} {path} → {response.status_code}"
        found.probes += 1
        if response.status_code >= 500:
            found.failed.append(told)
        elif response.status_code == 405 and visitor in NARROW and expected == "hidden":
            continue  # they have pages of this sort: that none of them takes this method tells nothing of one
        elif expected != "ok" and met != expected:
            found.leaks.append(told)
        elif expected == "ok" and met != "ok" and way == "GET":
            found.closed.append(told)
        elif expected == "hidden" and way == "GET" and _main(response) != absent:
            found.differing.append(told)


def _main(response: Any) -> str:
    """A page without what differs between any two: the address, the reader's name and menu, the form's key."""
    main = re.search(r"<main.*</main>", response.content.decode(errors="replace"), re.DOTALL)
    return main[0] if main else ""


def _figures(found: Found) -> Iterator[Figure]:
    tried = Words(*(f"{found.probes} {word}" for word in ("forsøk", "forsøk", "probes")))
    for what, wrong in (
        (Words("lekkasjer", "lekkasjar", "leaks"), found.leaks),
        (
            Words(
                "skjulte sider som ser annerledes ut enn det som ikke finnes",
                "skjulte sider som ser annleis ut enn det som ikkje finst",
                "hidden pages that look different from what does not exist",
            ),
            found.differing,
        ),
        (
            Words(
                "sider som er stengt for dem de er til for",
                "sider som er stengde for dei dei er til for",
                "pages closed to those they are for",
            ),
            found.closed,
        ),
        (Words("feil hos oss", "feil hos oss", "faults of ours"), found.failed),
    ):
        yield Figure(what, len(wrong), tried, examples=wrong)


def _everybody_may() -> AbstractContextManager[object]:
    return patch.object(policy, "scope", lambda user, permission: policy.EVERYTHING)


@contextmanager
def _one_page_without_its_decorator() -> Iterator[None]:
    pattern = next(pattern for pattern in _patterns(get_resolver()) if pattern.name == "inquiry")
    guarded = pattern.callback
    unguarded: Callable[..., Any] = partial(guarded.__wrapped__)  # type: ignore[attr-defined]
    unguarded.permission = guarded.permission  # type: ignore[attr-defined]
    pattern.callback = unguarded
    yield
    pattern.callback = guarded


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern)


PROOF = Proof(
    name="access",
    promise=Words(
        "Ingen ser eller endrer det som ikke er deres.",
        "Ingen ser eller endrar det som ikkje er deira.",
        "Nobody sees or changes what is not theirs.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "policy",
            Words(
                "tilgangsreglene (alle slipper til)", "tilgangsreglane (alle slepp til)", "the policy (everybody may)"
            ),
            _everybody_may,
        ),
        Weakness(
            "decorator",
            Words("vakten foran én side", "vakta framfor éi side", "the guard in front of one page"),
            _one_page_without_its_decorator,
        ),
        access_to_api.WEAKNESS,
        access_to_fields.WEAKNESS,
    ],
)
