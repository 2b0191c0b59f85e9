"""What ties an edition to the books: a signed checkpoint that names it and its checksum."""

from dataclasses import replace

from samtall.ledger import checkpoints
from samtall.publications.models import Edition


def checkpoint_of(edition: Edition) -> str:
    """A signed note that ties what is published to where the books stood."""
    stood = checkpoints.at(edition.position or 0)
    return checkpoints.sign(replace(stood, extensions=(extension(edition),)))


def extension(edition: Edition) -> str:
    """The line of a checkpoint that names an edition and what it says to the byte."""
    return f"publication {edition.publication.slug}/{edition.number} sha256:{edition.checksum}"
