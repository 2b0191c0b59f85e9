"""A file that goes with a letter, before there is a letter."""

from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """`type` is a media type such as application/pdf; the name is shown to the receiver."""

    name: str
    content: bytes
    type: str
