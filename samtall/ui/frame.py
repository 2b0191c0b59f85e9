"""What stands around every page: filled in by `home.context`, shown by ui/base.html."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A place to go. `current` is true for the part of the house that the reader is in."""

    url: str
    label: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """Navigation and account, as this reader may see them; empty addresses are left out of the page."""

    home: str
    set_language: str
    here: str
    languages: tuple[tuple[str, str], ...] = ()
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    signed_in_as: str = ""
    search: str = ""
    account: str = ""
    sign_in: str = ""
    sign_out: str = ""
    demonstration: bool = False
