"""Checkpoints: where the books stood, signed, to be kept by others and compared with the books later.

A checkpoint has the form of C2SP's (c2sp.org/tlog-checkpoint): whose books, how many postings, and a hash. The hash is
that of the last posting in the chain and no root of a Merkle tree (ADR 0026).
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.ledger import signing
from samtall.ledger.canonical import GENESIS
from samtall.ledger.models import NEVER, Posting
from samtall.ledger.notes import Signature, Verifier

_NOTE = re.compile(
    r"^(?P<body>(?P<origin>\S+)\n(?P<position>0|[1-9][0-9]{0,18})\n(?P<hash>[A-Za-z0-9+/]{43}=)\n"
    r"(?P<extensions>(?:[^\n—][^\n]*\n)*))\n"
    r"(?P<signatures>(?:— .+\n)+)",
    re.MULTILINE,
)


class NotACheckpoint(Refusal):
    """There is no checkpoint where one was expected, or its lines are not as they should be."""


class UnknownSigner(Refusal):
    """The checkpoint is signed by none of the keys that it may be signed by."""


class BadSignature(Refusal):
    """The checkpoint was changed after it was signed, or the signature was."""


class NoSuchPosition(Refusal):
    """The books have not come that far."""


@dataclass(frozen=True)
class Checkpoint:
    """Where the books stood: the last position, and the hash of its posting, which all before it is part of.

    `extensions` are further lines that are signed with it, such as the checksum of what was published then.
    """

    origin: str
    position: int
    hash: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is signed: three lines, and the extensions."""
        lines = (self.origin, str(self.position), base64.b64encode(self.hash).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def current(origin: str = "") -> Checkpoint:
    """Where the books stand now; `origin` is the name of the key unless another is given."""
    last = Posting.objects.order_by("-position").values_list("position", "hash").first()
    position, hash_ = last or (0, GENESIS)
    return Checkpoint(origin or signing.signer().name, position, bytes(hash_))


def at(position: int, origin: str = "") -> Checkpoint:
    """Where the books stood after a posting. Raises NoSuchPosition."""
    hash_ = _hash_at(position)
    if hash_ is None:
        raise NoSuchPosition(_("The books have no position %(position)s.") % {"position": position})
    return Checkpoint(origin or signing.signer().name, position, hash_)


def sign(checkpoint: Checkpoint) -> str:
    """The checkpoint as a signed note, with the key in use."""
    return signing.signer().sign(checkpoint.text)


def verifier_key() -> str:
    """What is published, so that others can tell our signatures from others'."""
    return str(signing.signer().verifier)


def find(text: str) -> list[str]:
    """The signed checkpoints in a text, such as a letter, as they were written; quoted lines ("> ") too."""
    return [match.group() for match in _NOTE.finditer(_unquoted(text))]


def read(note: str, key: str | None = None) -> Checkpoint:
    """The one checkpoint in a note, or in a text with one in it, when its signature holds.

    `key` is the verifier key that it must be signed with; without one, any that this installation has or had will do.
    Raises NotACheckpoint, UnknownSigner and BadSignature, which say what is wrong.
    """
    found = list(_NOTE.finditer(_unquoted(note)))
    if len(found) != 1:
        raise NotACheckpoint(
            _("There is not one checkpoint here, but several. Check them one by one.")
            if found
            else _(
                "There is no checkpoint here. It is three lines (name, position, hash), a blank line, and a line of "
                "signature that begins with “—”. Copy all of them."
            )
        )
    body, origin, position, hash_, signatures = found[0].group("body", "origin", "position", "hash", "signatures")
    extensions = tuple(found[0].group("extensions").splitlines())
    checkpoint = Checkpoint(origin, int(position), base64.b64decode(hash_), extensions)
    if body != checkpoint.text or checkpoint.position >= NEVER:
        raise NotACheckpoint(_("The position or the hash of the checkpoint is not written as it should be."))
    _check(checkpoint, signatures.splitlines(), _allowed(key))
    return checkpoint


def compare(checkpoint: Checkpoint) -> list[str]:
    """What shows that the books no longer pass through a checkpoint: nothing, when they do.

    It compares with the hash that the posting has now; that this is also the right one, `verify` finds out.
    """
    if checkpoint.origin not in {verifier.name for verifier in signing.verifiers()}:
        return [
            _("The checkpoint is of the books “%(theirs)s”, and these are “%(ours)s”.")
            % {"theirs": checkpoint.origin, "ours": signing.signer().name}
        ]
    found = _hash_at(checkpoint.position)
    if found is None:
        return [
            _("The checkpoint knows position %(position)s, which the books no longer have: the end was cut off.")
            % {"position": checkpoint.position}
        ]
    if found != checkpoint.hash:
        return [
            _("At position %(position)s the books have another hash than the checkpoint: what was there was rewritten.")
            % {"position": checkpoint.position}
        ]
    return []


def _unquoted(text: str) -> str:
    """A text with plain ends of lines, and without the marks that mail programs put before what is answered."""
    lines = (line.rstrip().removeprefix("> ").removeprefix(">") for line in text.lstrip("\ufeff").splitlines())
    return "\n".join([*lines, ""])


def _hash_at(position: int) -> bytes | None:
    if position == 0:
        return GENESIS
    found = Posting.objects.filter(position=position).values_list("hash", flat=True).first()
    return None if found is None else bytes(found)


def _allowed(key: str | None) -> list[Verifier]:
    if key is None:
        return signing.verifiers()
    try:
        return [Verifier.read(key.strip())]
    except ValueError as error:
        raise UnknownSigner(
            _("This is no verifier key: it is written name+8 characters+44 characters. Copy all of it.")
        ) from error


def _check(checkpoint: Checkpoint, lines: Sequence[str], allowed: Sequence[Verifier]) -> None:
    """At least one signature is by an allowed key, and all that are hold; others are no concern of ours."""
    try:
        signatures = [Signature.read(line) for line in lines]
    except ValueError as error:
        raise NotACheckpoint(_("The line of signature is not whole. Copy all of it.")) from error
    ours = [(one, key) for one in signatures for key in allowed if one.is_by(key)]
    if not ours:
        raise UnknownSigner(
            _("The checkpoint is signed by %(theirs)s, and not by %(ours)s.")
            % {
                "theirs": ", ".join(f"{one.name}+{one.id.hex()}" for one in signatures),
                "ours": ", ".join(f"{key.name}+{key.id.hex()}" for key in allowed),
            }
        )
    if not all(key.signed(checkpoint.text, one.bytes) for one, key in ours):
        raise BadSignature(
            _("The signature does not fit: the checkpoint is not as it was when it was signed by %(name)s.")
            % {"name": ours[0][1].name}
        )
