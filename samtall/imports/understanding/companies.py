"""Two companies in one cell: Bø Bygg og Nome Elektro, Rema/Kiwi."""

import re

_BREAKS = re.compile(r"\s*(?:[\n\r;/+]|\s&\s|\s(?:og|samt|and|m/)\s|,\s)\s*", re.IGNORECASE)
MOST = 6


def names_in(text: str) -> list[str]:
    """The names that a cell may list; empty where it can only be one."""
    names = [name.strip(" ,.&") for name in _BREAKS.split(text)]
    names = [name for name in names if name]
    return names if 2 <= len(names) <= MOST and all(len(name) > 1 for name in names) else []
