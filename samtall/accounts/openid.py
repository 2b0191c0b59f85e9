"""Which OpenID providers people sign in with: read from one file in TOML, with what is known of the Norwegian ones.

[feide]
client_id = "…"
client_secret = "…"

[nome]
like = "entra"
name = "Nome kommune"
tenant = "…"
client_id = "…"
client_secret = "…"

[idporten]
client_id = "…"
private_key = "/etc/samtall/idporten.pem"
key_id = "…"
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Provider:
    """An OpenID provider.

    `key_claims` say who somebody is for good, and are never an e-mail address or a national identity number. `acr` are
    the levels of assurance that are good enough, weakest first; `second_factor` says that the provider asks for two.
    """

    id: str
    brand: str
    issuer: str
    client_id: str
    name: str = ""
    client_secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    key_id: str = ""
    scope: tuple[str, ...] = ("openid", "profile", "email")
    key_claims: tuple[str, ...] = ("iss", "sub")
    acr: tuple[str, ...] = ()
    ui_locales: bool = False
    userinfo: bool = True
    second_factor: bool = False

    @property
    def label(self) -> str:
        """What the button names."""
        return f"{self.brand} ({self.name})" if self.name and self.brand else self.name or self.brand or self.id


_DIGDIR = {
    "acr": ("idporten-loa-substantial", "idporten-loa-high"),
    "scope": ("openid",),
    "ui_locales": True,
    "userinfo": False,
    "second_factor": True,
}

#: What is known of some, in the order of their buttons.
KNOWN: dict[str, dict[str, Any]] = {
    "feide": {
        "brand": "Feide",
        "issuer": "https://auth.dataporten.no",
        "scope": ("openid", "userid", "userinfo-name", "email"),
    },
    "entra": {"brand": "Microsoft", "key_claims": ("tid", "oid"), "userinfo": False},
    "idporten": {"brand": "ID-porten", "issuer": "https://idporten.no", **_DIGDIR},
    "ansattporten": {"brand": "Ansattporten", "issuer": "https://ansattporten.no", **_DIGDIR},
}


class Misconfigured(Exception):
    """The file of providers cannot be used; the message says why."""


def read(path: Path | None) -> tuple[Provider, ...]:
    """The providers in a file, in the order of their buttons; none without a file. Raises Misconfigured."""
    if path is None:
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        providers = [_provider(name, dict(table)) for name, table in tables.items()]
    except (OSError, tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise Misconfigured(f"{path}: {error}") from error
    order = [str(known["brand"]) for known in KNOWN.values()]
    return tuple(sorted(providers, key=lambda one: order.index(one.brand) if one.brand in order else len(order)))


def _provider(name: str, said: dict[str, Any]) -> Provider:
    known = KNOWN.get(said.pop("like", name), {"brand": ""})
    if tenant := said.pop("tenant", ""):
        said["issuer"] = f"https://login.microsoftonline.com/{tenant}/v2.0"
    if key := said.pop("private_key", ""):
        said["private_key"] = Path(key).read_text()
    for many in {"scope", "acr", "key_claims"} & said.keys():
        said[many] = tuple(said[many])
    provider = Provider(**{"id": name, **known, **said})
    if not provider.client_secret and not provider.private_key:
        raise ValueError(f"[{name}] needs client_secret or private_key")
    if {"pid", "email"} & set(provider.key_claims):
        raise ValueError(f"[{name}] key_claims must not be a national identity number or an address")
    return provider


def as_apps(providers: tuple[Provider, ...]) -> list[dict[str, Any]]:
    """The same as allauth wants to read it."""
    return [
        {
            "provider_id": one.id,
            "name": one.label,
            "client_id": one.client_id,
            "secret": one.client_secret,
            "settings": {
                "server_url": one.issuer,
                "scope": list(one.scope),
                "fetch_userinfo": one.userinfo,
                "auth_params": {"acr_values": one.acr[0]} if one.acr else {},
                "samtall": one,
            },
        }
        for one in providers
    ]
