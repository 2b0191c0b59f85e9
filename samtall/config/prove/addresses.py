"""Every address of the house, what samtall/accounts/matrix.csv says of it, and what a visitor meets there."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samtall.accounts import openid
from samtall.accounts.roles import ROLES

MATRIX = Path(settings.PACKAGE) / "accounts" / "matrix.csv"

#: Somebody not signed in, one user of each role, and an administrator of one organisation.
VISITORS = ("public", *(role.code for role in ROLES), "local_administrator")

#: Settings with an OpenID provider, without which there are no addresses for one.
FEIDE = openid.Provider(id="feide", brand="Feide", issuer="http://127.0.0.1:9", client_id="x", client_secret="x")
WITH_OPENID: dict[str, Any] = {
    "OPENID": (FEIDE,),
    "SOCIALACCOUNT_PROVIDERS": {"openid": {"APPS": openid.as_apps((FEIDE,))}},
}

#: Every way of asking. Where a visitor is refused, all are tried and all are refused alike.
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
HARMLESS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Callable[..., HttpResponse]


def walk(resolver: URLResolver, before: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(pattern.name or "", route, pattern.callback)
        else:
            yield from walk(pattern, route)


def addresses() -> list[Address]:
    """Every address once, by its first name (allauth knows some of ours by names of its own)."""
    by_route: dict[str, Address] = {}
    for address in walk(get_resolver()):
        by_route.setdefault(address.route, address)
    return list(by_route.values())


def matrix() -> dict[str, dict[str, str]]:
    with MATRIX.open(newline="", encoding="utf-8") as file:
        return {row.pop("address"): row for row in csv.DictReader(file, restval="hidden")}


def seen(response: Any) -> str:
    """What a visitor meets: the sign-in page, nothing ("hidden"), or the view itself, whatever it answers."""
    if response.status_code == 302 and response["Location"].startswith(reverse("sign-in") + "?"):
        return "sign-in"
    return "hidden" if response.status_code == 404 else "ok"
