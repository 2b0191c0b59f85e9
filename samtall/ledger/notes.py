"""Signed notes as C2SP describes them (c2sp.org/signed-note), with Ed25519: text, a blank line, lines of signatures.

Keys and notes are written as golang.org/x/mod/sumdb/note writes them, so that its tools and Sigstore's read ours.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_KEY_BYTES = 32
_ID_BYTES = 4


@dataclass(frozen=True)
class Verifier:
    """A name and a public key, written `name+id+key`: what is published."""

    name: str
    public: bytes

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """Raises ValueError for what is not the verifier key of an Ed25519 signer."""
        verifier = cls(*_name_and_key(text))
        if str(verifier) != text:
            raise ValueError(text)
        return verifier

    @cached_property
    def id(self) -> bytes:
        """The four bytes that name the key in signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID_BYTES]

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key made a signature of a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"


@dataclass(frozen=True)
class Signer:
    """A name and a private key, written `PRIVATE+KEY+name+id+key`: a secret."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> "Signer":
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, text: str) -> "Signer":
        """Raises ValueError for what is not an Ed25519 signer; the text is not in the message."""
        if not text.startswith(_PRIVATE):
            raise ValueError
        signer = cls(*_name_and_key(text.removeprefix(_PRIVATE)))
        if str(signer) != text:
            raise ValueError
        return signer

    @cached_property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signed note of a text that ends in a newline."""
        signature = self.verifier.id + self._key.sign(text.encode())
        return f"{text}\n— {self.name} {_base64(signature)}\n"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def __str__(self) -> str:
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{_base64(_ED25519 + self.seed)}"

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"


@dataclass(frozen=True)
class Signature:
    """A line of signature, not yet checked: whose it says it is."""

    name: str
    id: bytes
    bytes: bytes

    @classmethod
    def read(cls, line: str) -> "Signature":
        """Raises ValueError for what is not a line of signature."""
        dash, name, signature = line.split(" ")
        raw = _bytes(signature)
        if dash != "—" or not name or len(raw) <= _ID_BYTES:
            raise ValueError(line)
        return cls(name, raw[:_ID_BYTES], raw[_ID_BYTES:])

    def is_by(self, verifier: Verifier) -> bool:
        """Whether it says that it is by this key."""
        return (self.name, self.id) == (verifier.name, verifier.id)


def _name_and_key(text: str) -> tuple[str, bytes]:
    name, _id, key = text.split("+", 2)
    raw = _bytes(key)
    if not name or " " in name or raw[:1] != _ED25519 or len(raw) != 1 + _KEY_BYTES:
        raise ValueError
    return name, raw[1:]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    """The bytes that are written so and in no other way: base64 alone lets the last character vary."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError from error
    if _base64(raw) != text:
        raise ValueError
    return raw
