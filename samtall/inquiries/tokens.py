"""What we sign: the forms we have shown, the work a browser has done, and the links we have sent.

A form's key is its idempotency key and the salt of its proof of work. One key becomes one inquiry, so that a proof can
be used once, whoever copies it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

#: How long a form may lie open before it is sent.
LONGEST_OPEN = timedelta(hours=24)
#: Nobody reads and fills in the form in less time than this.
SHORTEST_OPEN = timedelta(seconds=2)
#: A browser tries at most so many numbers: some tenths of a second on a phone.
WORK = 30_000

_FORM, _PROOF, _LINK, _CONFIRM = "inquiries.form", "inquiries.proof", "inquiries.link", "inquiries.confirm"


@dataclass(frozen=True)
class FormToken:
    """A form that we have shown: which, by what key, when."""

    slug: str
    key: str
    shown_at: datetime

    @classmethod
    def new(cls, slug: str, at: datetime, key: str = "") -> "FormToken":
        """A token with a new key; give the key of a token that has grown old to keep what it stands for."""
        return cls(slug, key or secrets.token_hex(16), at)

    def signed(self) -> str:
        return signing.dumps([self.slug, self.key, round(self.shown_at.timestamp() * 1000)], salt=_FORM)

    @property
    def challenge(self) -> str:
        """What the browser looks for the number of: SHA-256 of the key, a full stop and the number."""
        return hashlib.sha256(f"{self.key}.{_number(self.key)}".encode()).hexdigest()

    def proven_by(self, proof: str) -> bool:
        return constant_time_compare(proof, str(_number(self.key)))


def read_form_token(text: str) -> FormToken | None:
    """The token that we signed; None when we did not."""
    try:
        slug, key, shown = signing.loads(text, salt=_FORM)
    except (signing.BadSignature, ValueError):
        return None
    return FormToken(slug, key, datetime.fromtimestamp(shown / 1000, tz=UTC))


def _number(key: str) -> int:
    return int.from_bytes(salted_hmac(_PROOF, key, algorithm="sha256").digest()[:8]) % WORK


def link_token(pk: int, link: int) -> str:
    """The secret part of the address of the sender's page: made of our key each time, and kept nowhere."""
    return salted_hmac(_LINK, f"{pk}.{link}", algorithm="sha256").hexdigest()[:40]


def opens(token: str, pk: int, link: int) -> bool:
    return constant_time_compare(token, link_token(pk, link))


def confirm_token(key: str) -> str:
    """The secret part of the address in a letter that asks whether it was really they who wrote."""
    return salted_hmac(_CONFIRM, key, algorithm="sha256").hexdigest()[:40]


def confirms(token: str, key: str) -> bool:
    return constant_time_compare(token, confirm_token(key))
