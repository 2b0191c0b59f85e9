"""A small OpenID provider on loopback: real signatures, PKCE, both ways for a client to show who it is."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "samtall", "a secret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OpenIDServer:
    """Says of everybody who comes that they are `person`. `spoil` changes a token before it is signed."""

    def __init__(self) -> None:
        self.key = KEY
        self.signing_key = self.key
        self.client_key: rsa.RSAPublicKey | None = None
        self.person: dict[str, Any] = {"sub": "kari"}
        self.userinfo: dict[str, Any] = {}
        self.spoil: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.refuse = False
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        assert (query["client_id"], query["code_challenge_method"]) == (CLIENT, "S256")
        assert query["response_type"] == "code"
        if self.refuse:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe(16)
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.asked.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        if not self._is_client(form):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claims = {**claims, **self.person, **self.spoil}
        id_token = jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "access", "token_type": "Bearer", "id_token": id_token}

    def _is_client(self, form: dict[str, str]) -> bool:
        if self.client_key is None:
            return form.get("client_secret") == SECRET
        claims = jwt.decode(form["client_assertion"], self.client_key, algorithms=["RS256"], audience=self.issuer)
        return claims["iss"] == claims["sub"] == CLIENT and "client_secret" not in form

    def documents(self, path: str) -> dict[str, Any] | None:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        documents: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            },
            "/jwks": {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]},
            "/userinfo": {**self.person, **self.userinfo},
        }
        return documents.get(path)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                at = urlsplit(self.path)
                if at.path == "/authorize":
                    query = {name: values[0] for name, values in parse_qs(at.query).items()}
                    self.send_response(302)
                    self.send_header("Location", server.authorize(query))
                    self.end_headers()
                else:
                    self._answer(server.documents(at.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._answer(server.token({name: values[0] for name, values in parse_qs(body).items()}))

            def _answer(self, document: dict[str, Any] | None) -> None:
                self.send_response(200 if document else 400)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(document or {"error": "invalid_request"}).encode())

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
