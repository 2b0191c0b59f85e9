"""OpenID Connect as ID-porten asks for it: allauth's, with PKCE always, a nonce, checked signatures and signed clients.

allauth finds this module by its name. From a provider we keep who somebody is (`key_claims`), and nothing else.
"""

import base64
import hashlib
import hmac
import time
import uuid
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from samtall.accounts.openid import Provider

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
CLOCKS_DIFFER_BY_SECONDS = 60


def nonce_of(code_verifier: str) -> str:
    """The nonce that goes with a sign-in: made of its PKCE secret, which stays in the session."""
    digest = hashlib.sha256(b"nonce\n" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Client(OAuth2Client):  # type: ignore[misc]
    """Asks for tokens; where there is a private key, signed with it instead of a secret (RFC 7523)."""

    provider: Provider

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: dict[str, str] | None = None
    ) -> dict[str, Any]:
        extra = dict(extra_data or {})
        if self.provider.private_key:
            extra["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            extra["client_assertion"] = self._assertion()
        return super().get_access_token(code, pkce_code_verifier, extra)  # type: ignore[no-any-return]

    def _assertion(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.provider.client_id,
            "sub": self.provider.client_id,
            "aud": self.provider.issuer,
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid.uuid4()),
        }
        headers = {"kid": self.provider.key_id} if self.provider.key_id else None
        return jwt.encode(claims, self.provider.private_key, algorithm="RS256", headers=headers)


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    client_class = Client
    _nonce = ""

    def get_callback_url(self, request: HttpRequest, _app: Any) -> str:
        return request.build_absolute_uri(reverse("openid_callback", args=[self.provider_id]))

    def get_client(self, request: HttpRequest, app: Any) -> Client:
        client: Client = super().get_client(request, app)
        client.provider = app.settings["samtall"]
        return client

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        self._nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)  # type: ignore[no-any-return]

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **said: Any) -> SocialLogin:
        """Who has signed in, or OAuth2Error where anything is not as it must be."""
        known: Provider = app.settings["samtall"]
        try:
            claims = self._claims(known, said["response"]["id_token"])
            about = self._fetch_user_info(token.token) if known.userinfo else claims
            if about["sub"] != claims["sub"]:
                raise OAuth2Error("userinfo is about somebody else")
            login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        except (KeyError, TypeError, ValueError, jwt.PyJWTError) as error:
            raise OAuth2Error(f"{known.id}: {error}") from error
        login.verified_email = str(about.get("email", "")).lower() if about.get("email_verified") is True else ""
        return login

    def _claims(self, known: Provider, id_token: str) -> dict[str, Any]:
        if self.openid_config["issuer"] != known.issuer:
            raise ValueError("the provider says that it is another")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json())
        claims: dict[str, Any] = jwt.decode(
            id_token,
            keys[jwt.get_unverified_header(id_token)["kid"]].key,
            algorithms=ALGORITHMS,
            audience=known.client_id,
            issuer=known.issuer,
            leeway=CLOCKS_DIFFER_BY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
        if not hmac.compare_digest(str(claims["nonce"]), self._nonce):
            raise ValueError("the nonce is not ours")
        if claims.get("azp", known.client_id) != known.client_id:
            raise ValueError("the token is for another")
        if known.acr and claims["acr"] not in known.acr:
            raise ValueError("the level of assurance is too low")
        return claims


class OpenIDProvider(OpenIDConnectProvider):  # type: ignore[misc]
    id = "openid"
    oauth2_adapter_class = Adapter

    def get_pkce_params(self) -> dict[str, Any]:
        params: dict[str, Any] = generate_code_challenge()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def get_auth_params(self) -> dict[str, Any]:
        languages = {"ui_locales": get_language() or "nb"} if self.app.settings["samtall"].ui_locales else {}
        return {**super().get_auth_params(), **languages}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return "|".join(str(data["id_token"][claim]) for claim in self.app.settings["samtall"].key_claims)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - allauth gives it
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - allauth gives it
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:  # noqa: ARG002 - allauth gives it
        return []


provider_classes = [OpenIDProvider]
